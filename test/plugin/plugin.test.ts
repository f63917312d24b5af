/**
 * The build plugin inside the real tools: each builds a small project, fails on a broken definition with the finding in
 * its own error, and notices an edit where it watches.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rspack } from "@rspack/core";
import * as esbuild from "esbuild";
import { rolldown } from "rolldown";
import { rollup, watch as rollupWatch } from "rollup";
import { build as viteBuild, createServer } from "vite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import webpack from "webpack";
import esbuildPlugin from "../../src/plugin/esbuild.ts";
import type { PluginOptions } from "../../src/plugin/options.ts";
import rolldownPlugin from "../../src/plugin/rolldown.ts";
import rollupPlugin from "../../src/plugin/rollup.ts";
import { rootOfEntries } from "../../src/plugin/root.ts";
import rspackPlugin from "../../src/plugin/rspack.ts";
import vitePlugin from "../../src/plugin/vite.ts";
import webpackPlugin from "../../src/plugin/webpack.ts";

const good = "export interface Bindings {\n  greet(name: string): string;\n}\n";
const bad = "export interface Bindings {\n  then(name: string): string;\n}\n";

let folder: string;
const at = (name: string): string => join(folder, name);
const declaration = (): string => readFileSync(at("generated/secure-exec.d.ts"), "utf8");

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-plugin-")));
  mkdirSync(at("src"));
  writeFileSync(at("bindings.ts"), good);
  writeFileSync(at("bindings.config.ts"), 'export default { definition: "./bindings.ts" };\n');
  writeFileSync(at("src/main.js"), "export const one = 1;\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Saves a file until the change has been noticed. Nothing says when a tool's watcher has begun to follow a file: an edit before
 * that is lost, on a slow machine as on a fast one, and the next one is not.
 */
async function edit(name: string, text: string, noticed: () => void): Promise<void> {
  for (let times = 1; ; times++) {
    // Another text each time: some tools compare contents.
    writeFileSync(at(name), `${text}// saved ${times} times\n`);
    try {
      return await vi.waitFor(noticed, { timeout: times * 1_000, interval: 50 });
    } catch (error) {
      if (times === 10) throw error;
    }
  }
}

const tools: Readonly<Record<string, () => Promise<unknown>>> = {
  vite: () =>
    viteBuild({
      root: folder,
      logLevel: "silent",
      configFile: false,
      plugins: [vitePlugin({ cwd: folder })],
      build: { lib: { entry: at("src/main.js"), formats: ["es"] }, outDir: at("out") },
    }),
  rollup: async () =>
    (await rollup({ input: at("src/main.js"), plugins: [rollupPlugin({ cwd: folder })] })).close(),
  rolldown: async () => {
    const bundle = await rolldown({ input: at("src/main.js"), plugins: [rolldownPlugin({ cwd: folder })] });
    await bundle.generate({});
    await bundle.close();
  },
  esbuild: () =>
    esbuild.build({
      entryPoints: [at("src/main.js")],
      write: false,
      logLevel: "silent",
      plugins: [esbuildPlugin({ cwd: folder })],
    }),
  webpack: () =>
    new Promise((resolve, reject) => {
      const compiler = webpack({
        mode: "development",
        context: folder,
        entry: "./src/main.js",
        output: { path: at("out") },
        plugins: [webpackPlugin({ cwd: folder })],
      });
      compiler?.run((error, stats) => {
        compiler.close(() => {});
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString()));
        else resolve(undefined);
      });
    }),
  rspack: () =>
    new Promise((resolve, reject) => {
      const compiler = rspack({
        mode: "development",
        context: folder,
        entry: "./src/main.js",
        output: { path: at("out") },
        plugins: [rspackPlugin({ cwd: folder })],
      });
      compiler.run((error, stats) => {
        compiler.close(() => {});
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({})));
        else resolve(undefined);
      });
    }),
};

describe.each(Object.keys(tools))("in %s", (name) => {
  const build = tools[name] as () => Promise<unknown>;

  it("generates before the build", async () => {
    await build();
    expect(declaration()).toContain("greet");
    expect(existsSync(at("generated/registry.ts"))).toBe(true);
  });

  it("fails the build with the finding", async () => {
    writeFileSync(at("bindings.ts"), bad);
    await expect(build()).rejects.toThrow(/binding-name-reserved/);
    expect(existsSync(at("generated"))).toBe(false);
  });
});

/** A build of `packages/app` that is started in the folder of the workspace, and told the app's folder in the tool's own way. */
const fromTheWorkspace: Readonly<Record<string, (app: string, options?: PluginOptions) => Promise<unknown>>> =
  {
    vite: (_, options) =>
      viteBuild({
        root: "packages/app",
        logLevel: "silent",
        configFile: false,
        plugins: [vitePlugin(options)],
        build: { lib: { entry: "src/main.js", formats: ["es"] }, outDir: at("out") },
      }),
    rollup: async (app, options) =>
      (await rollup({ input: join(app, "src/main.js"), plugins: [rollupPlugin(options)] })).close(),
    rolldown: async (app, options) => {
      const bundle = await rolldown({ cwd: app, input: "src/main.js", plugins: [rolldownPlugin(options)] });
      await bundle.generate({});
      await bundle.close();
    },
    esbuild: (app, options) =>
      esbuild.build({
        absWorkingDir: app,
        entryPoints: ["src/main.js"],
        write: false,
        logLevel: "silent",
        plugins: [esbuildPlugin(options)],
      }),
    webpack: (app, options) =>
      new Promise((done, reject) => {
        const output = { path: at("out") };
        const config = { mode: "development", context: app, entry: "./src/main.js", output } as const;
        const compiler = webpack({ ...config, plugins: [webpackPlugin(options)] });
        compiler?.run((error, stats) => {
          compiler.close(() => {});
          if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
          else done(undefined);
        });
      }),
    rspack: (app, options) =>
      new Promise((done, reject) => {
        const output = { path: at("out") };
        const config = { mode: "development", context: app, entry: "./src/main.js", output } as const;
        const compiler = rspack({ ...config, plugins: [rspackPlugin(options)] });
        compiler.run((error, stats) => {
          compiler.close(() => {});
          if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats?.toString({})));
          else done(undefined);
        });
      }),
  };

describe.each(Object.keys(fromTheWorkspace))("in a workspace, %s", (name) => {
  const build = fromTheWorkspace[name] as (app: string, options?: PluginOptions) => Promise<unknown>;
  let app: string;
  beforeEach(() => {
    app = at("packages/app");
    mkdirSync(app, { recursive: true });
    for (const name of ["bindings.config.ts", "bindings.ts", "src"])
      cpSync(at(name), join(app, name), { recursive: true });
    writeFileSync(join(app, "bindings.ts"), good.replace("greet", "ofTheApp"));
    const started = process.cwd();
    process.chdir(folder);
    return () => process.chdir(started);
  });
  const made = (): string => readFileSync(join(app, "generated/secure-exec.d.ts"), "utf8");

  it("takes the config of the tool's root, and not of the folder it was started in", async () => {
    await build(app);
    expect(made()).toContain("ofTheApp");
    expect(existsSync(at("generated"))).toBe(false);
  });

  it("needs no config where it was started", async () => {
    rmSync(at("bindings.config.ts"));
    await build(app);
    expect(made()).toContain("ofTheApp");
  });

  it("names the folder in which there is no config", async () => {
    rmSync(at("bindings.config.ts"));
    rmSync(join(app, "bindings.config.ts"));
    await expect(build(app)).rejects.toThrow(/no `bindings\.config\.ts` in `packages\/app(?:\/src)?`/u);
  });

  it("takes a folder that was named, also one that is relative to the root", async () => {
    await build(app, { cwd: name === "rollup" ? "." : "../.." });
    expect(declaration()).toContain("greet");
    expect(existsSync(join(app, "generated"))).toBe(false);
  });
});

it.each([
  ["several entries", ["packages/app/src/main.js", "packages/app/test/it.js"], "packages/app"],
  ["entries by name", { a: "./packages/app/src/main.js", b: "packages/app/src/it/b.js" }, "packages/app/src"],
  ["an entry of another plugin", ["virtual:entry", "\0made", "packages/app/main.js"], "packages/app"],
  ["an entry outside", ["../elsewhere/main.js"], null],
  ["entries on both sides", ["../elsewhere/main.js", "src/main.js"], null],
  ["a package", "some-package", "."],
])("finds the folder that %s of rollup are in", (_, input, entries) => {
  const folder = process.cwd();
  expect(rootOfEntries(input)).toEqual({ folder, entries: entries === null ? null : join(folder, entries) });
});

it("shows esbuild a finding at its place, and nothing of its own", async () => {
  writeFileSync(at("bindings.ts"), bad);
  const failed = await esbuild
    .build({
      entryPoints: [at("src/main.js")],
      absWorkingDir: folder,
      write: false,
      logLevel: "silent",
      plugins: [esbuildPlugin({ cwd: folder })],
    })
    .catch((error: unknown) => error as esbuild.BuildFailure);
  const [message, ...more] = failed.errors;
  expect(more).toEqual([]);
  expect(message?.text).toMatch(/^binding-name-reserved: `then` cannot be a binding/);
  expect(message?.location).toMatchObject({
    file: "bindings.ts",
    line: 2,
    column: 2,
    length: 4,
    lineText: "  then(name: string): string;",
  });
  expect(message?.notes.map(({ text }) => text)).toEqual(["Rename the leaf, for example `next`."]);
});

it.each([
  ["an entry", { entryPoints: ["src/main.js"] }],
  ["several entries", { entryPoints: { a: "./src/main.js", b: "./src/other.ts" }, outdir: "out" }],
  ["standard input", { stdin: { contents: `import "./src/main.js";`, resolveDir: "." } }],
])("adds no warning of its own to an esbuild of %s", async (_, input) => {
  writeFileSync(at("src/other.ts"), `import { one } from "./main.js";\nconsole.log(one);\n`);
  const { stdin } = input as { stdin?: esbuild.StdinOptions };
  const made = await esbuild.build({
    ...input,
    ...(stdin === undefined ? {} : { stdin: { ...stdin, resolveDir: folder } }),
    absWorkingDir: folder,
    bundle: true,
    write: false,
    logLevel: "silent",
    plugins: [esbuildPlugin({ cwd: folder })],
  });
  expect(made.warnings).toEqual([]);
  expect(declaration()).toContain("greet");
});

it.each([
  [{ moed: "check" }, "isobind: there is no option `moed`. Did you mean `mode`?"],
  [{ mode: "chek" }, "isobind: `mode` is `write` or `check`, not `chek`. Did you mean `check`?"],
])("refuses the options %j: a build that checks nothing would be green for ever", (options, words) => {
  expect(() => rollupPlugin(options as never)).toThrow(words);
});

it("fails a build on stale output when it only checks", async () => {
  await tools["rollup"]?.();
  writeFileSync(at("bindings.ts"), good.replace("greet", "welcome"));
  const build = rollup({ input: at("src/main.js"), plugins: [rollupPlugin({ cwd: folder, mode: "check" })] });
  await expect(build).rejects.toThrow(/output-stale/);
  expect(declaration()).toContain("greet");
});

it("generates again when rollup sees an edit of the definition", async () => {
  const watcher = rollupWatch({
    input: at("src/main.js"),
    output: { file: at("out/main.js") },
    plugins: [rollupPlugin({ cwd: folder })],
    watch: { clearScreen: false },
  });
  const ended = (): Promise<void> =>
    new Promise((resolve) => {
      watcher.on("event", function once(event) {
        if (event.code !== "END") return;
        watcher.off("event", once);
        resolve();
      });
    });
  try {
    await ended();
    await edit("bindings.ts", good.replace("greet", "welcome"), () =>
      expect(declaration()).toContain("welcome"),
    );
  } finally {
    await watcher.close();
  }
});

it("generates again when esbuild sees an edit of the definition", async () => {
  const context = await esbuild.context({
    entryPoints: [at("src/main.js")],
    write: false,
    logLevel: "silent",
    plugins: [esbuildPlugin({ cwd: folder })],
  });
  try {
    await context.watch();
    await expect.poll(() => existsSync(at("generated/secure-exec.d.ts"))).toBe(true);
    await edit("bindings.ts", good.replace("greet", "welcome"), () =>
      expect(declaration()).toContain("welcome"),
    );
  } finally {
    await context.dispose();
  }
});

it("tells vite's overlay about a broken definition, and recovers", async () => {
  const server = await createServer({
    root: folder,
    logLevel: "silent",
    configFile: false,
    server: { port: 0, host: "127.0.0.1" },
    optimizeDeps: { noDiscovery: true },
    plugins: [vitePlugin({ cwd: folder })],
  });
  const sent: { type?: string; err?: { message: string; loc?: { line: number } } }[] = [];
  const send = server.ws.send.bind(server.ws);
  server.ws.send = ((message: object) => {
    sent.push(message);
    send(message as never);
  }) as typeof server.ws.send;
  try {
    await server.listen();
    expect(declaration()).toContain("greet");
    await edit("bindings.ts", bad, () =>
      expect(sent.find(({ type }) => type === "error")?.err?.message).toMatch(/binding-name-reserved/),
    );
    expect(sent.find(({ type }) => type === "error")?.err?.loc?.line).toBe(2);
    await edit("bindings.ts", good.replace("greet", "welcome"), () =>
      expect(declaration()).toContain("welcome"),
    );
  } finally {
    await server.close();
  }
});
