/**
 * Makes `dist-runtime/`, the package `@isobind/runtime`: the entries a program needs in production and what they import, without the
 * generator and without what it depends on. The files are those of `dist/`, so that both packages are one version of one source.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Subpath -> module of `dist/`. */
const entries: Readonly<Record<string, string>> = {
  ".": "runtime/index",
  "./registry": "registry/index",
  "./declaration": "declaration",
  "./define-bindings": "define-bindings",
  "./json-form": "json-form/index",
  "./secure-exec": "secure-exec/index",
};

/** Loaded by a name that is put together when a worker starts. */
const alsoNeeded = ["runtime/process/worker/watchdog.js"];

/** Packages that the runtime imports; a test imports every file. */
const dependencies = ["acorn"];

/** Peers of the runtime; those of other entries are of no use to it. */
const peers = ["@opentelemetry/api", "isolated-vm"];

export function makeRuntimePackage(root: string): void {
  const dist = join(root, "dist");
  const to = join(root, "dist-runtime");
  rmSync(to, { recursive: true, force: true });
  for (const file of reachable(dist)) {
    const target = join(to, "dist", relative(dist, file));
    mkdirSync(dirname(target), { recursive: true });
    // Source maps stay out: they weigh more than what they explain.
    writeFileSync(target, readFileSync(file, "utf8").replace(/\n\/\/# sourceMappingURL=.*\n?$/u, "\n"));
  }
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifestFrom(own), null, 2)}\n`);
  writeFileSync(join(to, "LICENSE"), readFileSync(join(root, "LICENSE")));
  writeFileSync(join(to, "README.md"), readme);
}

type Manifest = Readonly<Record<string, unknown>> & {
  readonly dependencies: Readonly<Record<string, string>>;
};

function manifestFrom(own: Manifest): object {
  const { version, license, type, engines, peerDependencies, peerDependenciesMeta } = own;
  const exports = Object.entries(entries).map(([subpath, module]) => [
    subpath,
    { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` },
  ]);
  return {
    name: "@isobind/runtime",
    version,
    description: "The runtime of isobind without its generator: what a program needs in production.",
    license,
    type,
    engines,
    files: ["dist", "README.md", "LICENSE"],
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), "./package.json": "./package.json" },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, own.dependencies[name]])),
    peerDependencies: pick(peerDependencies),
    peerDependenciesMeta: pick(peerDependenciesMeta),
  };
}

function pick(of: unknown): object {
  return Object.fromEntries(Object.entries(of as object).filter(([name]) => peers.includes(name)));
}

/** Every module and declaration that the entries lead to. */
function reachable(dist: string): ReadonlySet<string> {
  const waiting = Object.values(entries).flatMap((module) => [`${module}.js`, `${module}.d.ts`]);
  const found = new Set<string>();
  const queue = [...waiting, ...alsoNeeded].map((name) => join(dist, name));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
      /["'](\.{1,2}\/[\w./-]+?)\.[jt]s["']/gu,
    )) {
      const module = join(dirname(file), name);
      const kind = file.endsWith(".d.ts") ? ".d.ts" : ".js";
      // Words in quotes may look like a module, above all in the text of a worker.
      if (existsSync(module + kind)) queue.push(module + kind);
    }
  }
  return found;
}

const readme = `# @isobind/runtime

The runtime of isobind without its generator, for programs in production. Install \`isobind\` for development and this package for the program:

\`\`\`sh
npm i @isobind/runtime isolated-vm
npm i -D isobind
\`\`\`

Say in \`bindings.config.ts\` that generated code imports it:

\`\`\`ts
export default { definition: "./bindings.ts", runtimePackage: "@isobind/runtime" };
\`\`\`

A definition in the implementation style imports \`defineBindings\` from \`@isobind/runtime/define-bindings\`. What \`isobind/runtime\`, \`isobind/registry\`, \`isobind/json-form\` and
\`isobind/secure-exec\` are in the whole package, \`@isobind/runtime\` and its entries \`/registry\`, \`/json-form\` and \`/secure-exec\` are here, in the same version.
`;
