/**
 * Builds `dist/` with TypeScript 7, then removes what no source stands for any more, so that a package never ships a ghost.
 * At last the modules of a run without changes are joined into one, and so are those that build a contract: finding and
 * linking thirty took longer than all the first do, and for the second there are a hundred.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { askForBuiltIns } from "./built-ins.ts";
import { bundlePackages } from "./bundle-packages.ts";
import { buildPlaygroundPage } from "./playground-page.ts";
import { joinShared } from "./join-shared.ts";
import { makeRuntimePackage } from "./runtime-package.ts";
import { keepLibraries } from "./libraries.ts";
import { stampBuild } from "./stamp.ts";
import { keepPrelude, keepWebUnits, keepWorkerText } from "./worker-text.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

/** Whether a command failed for its user is told by the class of what it threw. */
const classes = "./exit.js";

/**
 * A CommonJS package. Node looks through the text of one that is imported for the names it exports, and this one has ten
 * megabytes; and it would compile much of it again in every run.
 */
const compiler = /^(?:ts-morph|@ts-morph\/common)$/;
const cachedCompiler = join(dist, "read/frontend/ts6/cached-compiler.js");

const { status, error } = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (error) {
  // An npm script finds it; who starts this file by its name may not.
  console.error(
    `tsc cannot be started (${error.message}), so nothing was built. Run \`npm ci\`, then \`npm run build\`.`,
  );
  process.exit(1);
}

for (const entry of existsSync(dist) ? readdirSync(dist, { recursive: true, withFileTypes: true }) : []) {
  if (!entry.isFile()) continue;
  const built = join(entry.parentPath, entry.name);
  const source = join(root, "src", built.slice(dist.length + 1).replace(/\.(js|d\.ts|js\.map)$/, ".ts"));
  if (!existsSync(source)) rmSync(built);
}
process.exitCode = status ?? 1;
if (status === 0) {
  await keepWebUnits(root);
  await keepPrelude(dist);
  await keepWorkerText(dist);
  await keepLibraries(dist);
  await bundlePackages(root);
  await buildPlaygroundPage(root);
  await joinModules("cli/main.js", ["./process-io.js", "./unchanged.js"]);
  await joinModules("cli/process-io.js", []);
  await joinModules("cli/cli.js", ["./generate-once.js", "../generator/generate.js"]);
  const compilers = ["./read.js", "./native.js"];
  const eager = ["../read/configured.js", ...compilers, "../emit/emit.js", "../emit/budget.js"];
  await joinAsScript("generator/build", ["read", "check", "emit", "specifier"], eager);
  await joinModules("generator/write.js", []);
  await joinModules("generator/abandoned.js", []);
  await joinModules("cli/summary.js", []);
  await joinModules("generator/examples.js", []);
  await joinModules("config/load/load.js", []);
  // A package for authors of scripts has it as a file of its own, and nothing else of ours.
  await joinMocks();
  // With the compiler alone instead of the package around it.
  await joinModules("scripts/index.js", []);
  await joinModules("scripts/typecheck/whole.js", []);
  await joinModules("examples/check-examples.js", []);
  // Last: what was joined before has its own copies.
  await joinShared(dist);
  stampBuild(dist);
  makeRuntimePackage(root);
}

/**
 * Replaces a module by itself and all that it imports; of what it loads later, only `eager` comes along. The joined
 * modules stay where they are for everyone else, so they must not hold state or classes that two copies would tell apart;
 * the one that does is not joined.
 */
async function joinModules(name: string, eager: readonly string[]): Promise<void> {
  const entry = join(dist, name);
  await build({ ...joined(entry, eager), entryPoints: [entry], outfile: entry, format: "esm" });
}

/** The mocks of scripts as one module that imports nothing but Node. */
async function joinMocks(): Promise<void> {
  const [, copyright = ""] = /(Copyright[^\n]*)/u.exec(readFileSync(join(root, "LICENSE"), "utf8")) ?? [];
  await build({
    stdin: {
      contents: `export { mockScriptsAs } from "./testing/mock-scripts.js";
export { TestingError, throws } from "./testing/index.js";`,
      resolveDir: dist,
    },
    outfile: join(dist, "pack/mocks.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    charset: "utf8",
    logLevel: "warning",
    external: ["node:*"],
    banner: { js: `// Mocks for tests of scripts, from isobind. MIT License. ${copyright}` },
  });
}

/**
 * The same for modules that are worth the code of an earlier run, which only a CommonJS script can be given. The module that
 * was there requires that script.
 */
async function joinAsScript(
  name: string,
  exports: readonly string[],
  eager: readonly string[],
): Promise<void> {
  const entry = join(dist, `${name}.js`);
  const outfile = join(dist, `${name}.cjs`);
  await build({
    ...joined(entry, eager),
    entryPoints: [entry],
    outfile,
    format: "cjs",
    define: { "import.meta.url": "ownUrl" },
    banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
  const contents = `
    import { requireCached } from "../code-cache/script.js";
    const { fileURLToPath } = process.getBuiltinModule("node:url");
    const script = fileURLToPath(new URL("./${basename(outfile)}", import.meta.url));
    export const { ${exports.join(", ")} } = requireCached(script);
  `;
  await build({
    ...joined(entry, []),
    stdin: { contents, resolveDir: dirname(entry) },
    outfile: entry,
    format: "esm",
  });
}

function joined(entry: string, eager: readonly string[]): BuildOptions {
  return {
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    target: "node22.18",
    sourcemap: true,
    logLevel: "warning",
    plugins: [
      {
        name: "later",
        setup({ onLoad, onResolve }) {
          onLoad({ filter: /\.js$/ }, ({ path }) => ({
            contents: askForBuiltIns(readFileSync(path, "utf8")),
          }));
          onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
            kind === "entry-point"
              ? null
              : compiler.test(path)
                ? { path: cachedCompiler }
                : { path, external: true },
          );
          onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
            const isOwn = path === classes || (kind === "dynamic-import" && !eager.includes(path));
            if (!isOwn) return null;
            const target = relative(dirname(entry), join(resolveDir, path)).replaceAll("\\", "/");
            return { path: target.startsWith(".") ? target : `./${target}`, external: true };
          });
        },
      },
    ],
  };
}
