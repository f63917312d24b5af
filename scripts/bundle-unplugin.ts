/**
 * Puts unplugin into the build. Its peers are all the build tools there are, optional ones; npm keeps an optional peer that a project has for
 * development when it installs for production, so as a dependency it would bring a bundler into every image.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licencesOf } from "./licences.ts";

export async function bundleUnplugin(root: string): Promise<void> {
  const entry = join(root, "dist/plugin/plugin.js");
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: entry,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    logLevel: "warning",
    metafile: true,
    absWorkingDir: root,
    // Packages of CommonJS ask for built-in modules.
    banner: {
      js: 'import module from "node:module";\nconst require = module.createRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "ours",
        setup({ onLoad, onResolve }) {
          // unplugin asks for one of its packages through a function that no bundler looks into.
          onLoad({ filter: /[\\/]unplugin[\\/]dist[\\/].*\.mjs$/ }, ({ path }) => ({
            contents: readFileSync(path, "utf8").replaceAll(
              /\b__require\("webpack-virtual-modules"\)/g,
              'require("webpack-virtual-modules")',
            ),
          }));
          // Our own modules stay where they are.
          onResolve({ filter: /^\./ }, ({ path, importer }) =>
            importer === entry ? { path, external: true } : null,
          );
        },
      },
    ],
  });
  // The map is of the module that was there, and the declaration names what is inside now; neither is asked for by an entry.
  for (const name of ["plugin.js.map", "plugin.d.ts"])
    rmSync(join(root, "dist/plugin", name), { force: true });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (input) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? [],
    ),
  );
  writeFileSync(join(root, "dist/plugin/LICENSES.txt"), licencesOf(root, [...packages]));
}
