/** The reference of the API, from the TSDoc of the entries that the package exports. */
import { join } from "node:path";
import { Application } from "typedoc";

/** `isobind/runtime` is `src/runtime/index.ts`. */
export async function writeApi(root: string, to: string): Promise<void> {
  const manifest = (await import(join(root, "package.json"), { with: { type: "json" } })) as {
    default: {
      exports: Readonly<Record<string, string | { readonly types?: string; readonly default?: string }>>;
    };
  };
  const entryPoints = Object.values(manifest.default.exports).flatMap((target) =>
    typeof target === "object" && target.default !== undefined
      ? [join(root, target.default.replace(/^\.\/dist\//u, "src/").replace(/\.js$/u, ".ts"))]
      : [],
  );
  const app = await Application.bootstrapWithPlugins({
    entryPoints: entryPoints.filter((file) => !file.includes("/plugin/")),
    plugin: ["typedoc-plugin-markdown"],
    tsconfig: join(root, "tsconfig.json"),
    out: to,
    readme: "none",
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    skipErrorChecking: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: "index",
    logLevel: "Error",
  } as Parameters<typeof Application.bootstrapWithPlugins>[0]);
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the sources.");
  await app.generateOutputs(project);
}
