/**
 * A server bundle that contains the runtime: each bundler makes one, the package is taken away, and the bundle runs scripts in
 * workers and in place. isolated-vm alone stays installed.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rspack } from "@rspack/core";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { rollup, type Plugin } from "rollup";
import { build as viteBuild } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";

const project = join(import.meta.dirname, "../..");
let folder: string;
const at = (name: string): string => join(folder, name);

const program = `
import { createSandbox } from "isobind/runtime";
async function main() {
  const registry = { greet: (name) => "Hello, " + name + "!", later: async () => new Map([[1, [2]]]) };
  const sandbox = await createSandbox({ isolation: process.argv[2], registry, limits: { wallMs: 20_000 } });
  const source = "const { greet, later } = SecureExec.bindings; console.log(1); export default [greet(input), (await later()).get(1)]; export const line = \\"a\\\\n    b\\";";
  const result = await sandbox.run(source, { input: "Ada" });
  const failed = await sandbox.run("\\n\\nthrow new TypeError('no')");
  const { name, message, stack } = failed.error;
  console.log(JSON.stringify([result.status, result.exports, name, message, stack.split("\\n")[1]]));
  await sandbox.dispose();
}
main().catch((error) => { console.log("REJECTED", error.code, error.message); process.exitCode = 1; });
`;

/** Rollup alone resolves no packages. */
const packages: Plugin = {
  name: "packages",
  resolveId(id) {
    const known: Record<string, string> = {
      "isobind/runtime": at("node_modules/isobind/dist/runtime/index.js"),
      acorn: at("node_modules/acorn/dist/acorn.mjs"),
    };
    return known[id] ?? null;
  },
};

type Stats = { hasErrors(): boolean; toString(options: object): string };
const packed = (run: (done: (error: Error | null, stats?: Stats) => void) => void): Promise<void> =>
  new Promise((resolve, reject) =>
    run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    }),
  );
const ofWebpack = (filename: string) => ({
  mode: "production" as const,
  target: "node22" as const,
  context: folder,
  entry: "./main.mjs",
  output: { path: at("out"), filename },
});

/** Each returns the file it has written. */
const bundlers: Readonly<Record<string, () => Promise<string>>> = {
  "esbuild, as a module": async () => {
    const outfile = at("out/esbuild.mjs");
    await esbuild.build({ ...forNode(), format: "esm", outfile });
    return outfile;
  },
  "esbuild, as CommonJS": async () => {
    const outfile = at("out/esbuild.cjs");
    await esbuild.build({ ...forNode(), format: "cjs", outfile });
    return outfile;
  },
  "esbuild, minified with names kept": async () => {
    const outfile = at("out/esbuild.min.cjs");
    await esbuild.build({ ...forNode(), format: "cjs", outfile, minify: true, keepNames: true });
    return outfile;
  },
  "esbuild, split": async () => {
    const outdir = at("out/split");
    await esbuild.build({
      ...forNode(),
      format: "esm",
      outdir,
      splitting: true,
      outExtension: { ".js": ".mjs" },
    });
    return join(outdir, "main.mjs");
  },
  "vite, for a server": async () => {
    await viteBuild({
      root: folder,
      configFile: false,
      logLevel: "silent",
      ssr: { noExternal: true },
      build: { ssr: "main.mjs", outDir: at("out/vite"), emptyOutDir: false },
    });
    return at("out/vite/main.mjs");
  },
  rollup: async () => {
    const bundle = await rollup({
      input: at("main.mjs"),
      plugins: [packages],
      external: ["@opentelemetry/api"],
      onwarn: () => {},
    });
    await bundle.write({ dir: at("out/rollup"), entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" });
    return at("out/rollup/main.mjs");
  },
  "rolldown, as CommonJS": async () => {
    const bundle = await rolldown({
      cwd: folder,
      input: "main.mjs",
      platform: "node",
      external: ["@opentelemetry/api"],
      logLevel: "silent",
    });
    await bundle.write({
      dir: at("out/rolldown"),
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
    });
    return at("out/rolldown/main.cjs");
  },
  webpack: async () => {
    const compiler = webpack(ofWebpack("webpack.cjs"));
    await packed((done) => compiler?.run((error, stats) => compiler.close(() => done(error, stats))));
    return at("out/webpack.cjs");
  },
  rspack: async () => {
    const compiler = rspack(ofWebpack("rspack.cjs"));
    await packed((done) => compiler.run((error, stats) => compiler.close(() => done(error, stats as Stats))));
    return at("out/rspack.cjs");
  },
};

function forNode(): esbuild.BuildOptions {
  return { entryPoints: [at("main.mjs")], bundle: true, platform: "node", logLevel: "error" };
}

const made = new Map<string, string>();

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-bundle-")));
  mkdirSync(at("node_modules"));
  cpSync(join(project, "dist"), at("node_modules/isobind/dist"), { recursive: true });
  cpSync(join(project, "package.json"), at("node_modules/isobind/package.json"));
  for (const name of ["acorn", "isolated-vm", "node-gyp-build"])
    cpSync(join(project, "node_modules", name), at(`node_modules/${name}`), { recursive: true });
  writeFileSync(at("main.mjs"), program);
  for (const [name, bundle] of Object.entries(bundlers)) made.set(name, await bundle());
  rmSync(at("node_modules/isobind"), { recursive: true });
  rmSync(at("node_modules/acorn"), { recursive: true });
  // Beside a bundle may lie a worker of the program's own: it is not ours to start.
  for (const place of ["out", "out/split", "out/vite", "out/rollup"]) {
    mkdirSync(at(`${place}/worker`), { recursive: true });
    writeFileSync(at(`${place}/worker/main.js`), `throw new Error("not this one");\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = promisify(execFile);

describe.each(Object.keys(bundlers))("a bundle of %s", (name) => {
  it.each(["process", "none"])("runs scripts with isolation %s", async (isolation) => {
    const cwd = tmpdir();
    const answer = await run(process.execPath, [made.get(name) ?? "", isolation], { cwd }).catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    expect(`${answer.stdout}${answer.stderr}`).toBe(
      '["ok",{"default":["Hello, Ada!",[2]],"line":"a\\\\n    b"},"TypeError","no","    at script.js:3:7"]\n'.replace(
        "\\\\n",
        "\\n",
      ),
    );
  });
});

it("says that a bundle holds no engine, where none is installed", async () => {
  const alone = realpathSync(mkdtempSync(join(tmpdir(), "isobind-alone-")));
  try {
    cpSync(made.get("esbuild, as CommonJS") ?? "", join(alone, "server.cjs"));
    const failed = await run(process.execPath, [join(alone, "server.cjs"), "process"], { cwd: alone }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(failed.stdout).toMatch(/^REJECTED ERR_ENGINE_MISSING .*A bundle does not hold it/u);
  } finally {
    rmSync(alone, { recursive: true });
  }
});

it.each(["process", "none"])(
  "says which package of the engine was not copied with it, isolation %s",
  async (isolation) => {
    const lean = realpathSync(mkdtempSync(join(tmpdir(), "isobind-lean-")));
    try {
      cpSync(made.get("esbuild, as a module") ?? "", join(lean, "server.mjs"));
      cpSync(at("node_modules/isolated-vm"), join(lean, "node_modules/isolated-vm"), { recursive: true });
      const failed = await run(process.execPath, [join(lean, "server.mjs"), isolation], {
        cwd: tmpdir(),
      }).catch((error: unknown) => error as { stdout: string });
      expect(failed.stdout).toMatch(
        /^REJECTED ERR_ENGINE_MISSING isolated-vm \d+\.\d+\.\d+ is installed without node-gyp-build, which it needs/u,
      );
    } finally {
      rmSync(lean, { recursive: true });
    }
  },
);

it("says how large the worker's program is in a bundle", () => {
  const said = /a text of some (\d+) kB/u.exec(readFileSync(join(project, "docs/bundling.md"), "utf8"))?.[1];
  const text = readFileSync(join(project, "dist/runtime/process/worker/text.js"));
  expect(Math.abs(Number(said) - text.length / 1000)).toBeLessThan(50);
});

it("spells the places of the engine and of the worker as tracers follow them", () => {
  const text = (file: string): string => readFileSync(join(project, "dist/runtime", file), "utf8");
  expect(text("engine/load.js")).toMatch(
    /const require = module\.createRequire\(import\.meta\.url\);\s+return require\("isolated-vm"\);/u,
  );
  expect(text("process/worker-program.js")).toMatch(
    /new URL\((?:\s*\/\*[^*]*\*\/\s*)*"\.\/worker\/main\.js", import\.meta\.url\)/u,
  );
});
