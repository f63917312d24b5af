/**
 * Puts packages into the build that would be too much as dependencies. unplugin's peers are all the build tools there are, optional ones; npm
 * keeps an optional peer that a project has for development when it installs for production, so it would bring a bundler into every image.
 * gpt-tokenizer has thirty megabytes, of which two are the one table that is read.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { licencesOf } from "./licences.ts";

export async function bundlePackages(root: string): Promise<void> {
  await bundle(root, "dist/plugin/plugin.js", [unpluginOwn]);
  await bundle(root, "dist/prompt/o200k.js", []);
}

/** unplugin asks for one of its packages through a function that no bundler looks into. */
const unpluginOwn: Plugin = {
  name: "unplugin",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]unplugin[\\/]dist[\\/].*\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(
        /\b__require\("webpack-virtual-modules"\)/g,
        'require("webpack-virtual-modules")',
      ),
    }));
  },
};

async function bundle(root: string, name: string, plugins: Plugin[]): Promise<void> {
  const entry = join(root, name);
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
    charset: "utf8",
    absWorkingDir: root,
    // Packages of CommonJS ask for built-in modules.
    banner: {
      js: 'import module from "node:module";\nconst require = module.createRequire(import.meta.url);',
    },
    plugins: [
      ...plugins,
      {
        name: "ours",
        setup({ onResolve }) {
          // Our own modules stay where they are.
          onResolve({ filter: /^\./ }, ({ path, importer }) =>
            importer === entry ? { path, external: true } : null,
          );
        },
      },
    ],
  });
  // The map is of the module that was there, and the declaration names what is inside now; neither is asked for by an entry.
  for (const file of [`${basename(entry)}.map`, `${basename(entry, ".js")}.d.ts`])
    rmSync(join(root, dirname(name), file), { force: true });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (input) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? [],
    ),
  );
  writeFileSync(join(root, dirname(name), "LICENSES.txt"), licencesOf(root, [...packages]));
}
