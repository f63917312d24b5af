/** The real executable in a real process: signals, pipes, exit codes, and what it loads. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fileURLToPath } from "node:url";
import { program } from "../built.ts";
import { childrenOf, isAlive } from "../processes.ts";
import { definition, files, project } from "./project.ts";

const main = program("cli/main");
/** For hooks that look at modules: the build joins them. */
const source = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

interface Child {
  readonly process: ReturnType<typeof spawn>;
  out(): string;
  readonly ended: Promise<{ code: number | null; signal: string | null; out: string; err: string }>;
}

function start(
  args: readonly string[],
  cwd: string,
  node: readonly string[] = [],
  env: Record<string, string> = {},
): Child {
  const child = spawn(process.execPath, [...node, node.length > 0 ? source : main, ...args], {
    cwd,
    stdio: "pipe",
    env: { ...process.env, ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>(
    (resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, out, err }));
    },
  );
  return { process: child, out: () => out, ended };
}

const printsLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  const seen = new Set();
  registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); seen.add(found.url); return found; } });
  process.on("exit", () => process.stderr.write("LOADED " + JSON.stringify([...seen]) + "\\n"));
`)}`;

/** Pretends to be another version of Node, without what that one lacks. */
const asNode = (version: string): string =>
  `data:text/javascript,${encodeURIComponent(`
    import module from "node:module";
    Object.defineProperty(process.versions, "node", { value: "${version}" });
    delete module.enableCompileCache;
  `)}`;

describe("the executable", () => {
  it("says which Node it needs, and nothing else, on one that is too old", async () => {
    const { root } = project(files);
    const { code, out, err } = await start(["generate"], root, ["--import", asNode("20.20.2")]).ended;
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toBe(
      "error: Node 20.20.2 is older than 22.18, so it cannot import TypeScript files.\n  help: Install Node 24, or 22.18 and newer.\n",
    );
  });

  it.skipIf(!existsSync("/dev/full"))("says that a full disk has not taken what it prints", async () => {
    const { root } = project(files);
    await start(["generate"], root).ended;
    for (const args of [["generate"], ["check", "--format", "json"], ["--help"]]) {
      const full = openSync("/dev/full", "w");
      const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ["ignore", full, "pipe"] });
      closeSync(full);
      let err = "";
      child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
      const code = await new Promise((resolve) => void child.on("close", resolve));
      expect([code, err]).toEqual([
        2,
        "error: what was to be printed could not be written: the disk is full.\n",
      ]);
    }
  });

  it("exits with 0, 1 and 2", async () => {
    const { root, write } = project(files);
    expect(await start(["generate"], root).ended).toMatchObject({ code: 0, err: "" });
    write("bindings.ts", definition.replace("add:", "then:"));
    expect(await start(["check"], root).ended).toMatchObject({ code: 1, err: "" });
    expect(await start(["chekc"], root).ended).toMatchObject({ code: 2, out: "" });
  });

  it("a generate with nothing to do loads no compiler, no formatter, no engine, and little else", async () => {
    const { root } = project(files);
    await start(["generate"], root, ["--import", printsLoaded]).ended;
    const { code, err } = await start(["generate"], root, ["--import", printsLoaded]).ended;
    expect(code).toBe(0);
    const loaded = JSON.parse(/LOADED (.*)/.exec(err)?.[1] ?? "[]") as string[];
    expect(loaded.length).toBeGreaterThan(10);
    expect(
      loaded.filter((url) =>
        /ts-morph|typescript|prettier|isolated-vm|chokidar|acorn|tinyglobby|node_modules\/diff/.test(url),
      ),
    ).toEqual([]);
    expect(
      loaded.filter((url) =>
        /src\/(generator\/(read|emit|check|diff|typecheck|examples)|examples|runtime|cli\/(watch|run|doctor|init))\//.test(
          url,
        ),
      ),
    ).toEqual([]);
    // It is found out before a command is loaded: what loads one turns the compile cache on, and sets flags of V8.
    expect(loaded.filter((url) => /src\/cli\/(cli|generate-once)\.ts/.test(url))).toEqual([]);
    // Of Node, each of these takes a good part of such a run: what needs one asks for it when it does.
    expect(
      loaded.filter((url) => /^node:(crypto|stream|net|http|child_process|worker_threads|zlib)/.test(url)),
    ).toEqual([]);
  });

  it("loads a formatter only where one has been at the output", async () => {
    const { root, write, path } = project(files);
    const hasLoaded = async (args: readonly string[]): Promise<boolean> => {
      const { code, err } = await start(args, root, ["--import", printsLoaded]).ended;
      expect(code).toBe(0);
      return /node_modules\/prettier\//.test(/LOADED (.*)/.exec(err)?.[1] ?? "");
    };
    expect(await hasLoaded(["generate"])).toBe(false);
    write("bindings.ts", definition.replace("add:", "sum:"));
    expect(await hasLoaded(["generate"])).toBe(false);
    write("generated/registry.ts", readFileSync(path("generated/registry.ts"), "utf8").replaceAll(";", ""));
    expect(await hasLoaded(["check"])).toBe(true);
    // That they are the same is remembered.
    expect(await hasLoaded(["generate"])).toBe(false);
  });

  it.skipIf(process.platform === "win32")("--watch stops cleanly on SIGINT, and on SIGTERM", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { root } = project(files);
      const child = start(["generate", "--watch"], root);
      await expect.poll(child.out).toContain("5 files written");
      child.process.kill(signal);
      const { code, out } = await child.ended;
      expect(code).toBe(0);
      expect(out).not.toContain("defect");
    }
  });

  it.skipIf(process.platform === "win32")("run ends the script on SIGINT, and says so", async () => {
    const { root } = project({
      ...files,
      "script.js": `console.log("waiting"); await SecureExec.bindings.math.later(60_000);`,
    });
    await start(["generate"], root).ended;
    const child = start(["run", "script.js"], root);
    await expect.poll(child.out).toContain("waiting");
    child.process.kill("SIGINT");
    const { code, err } = await child.ended;
    expect(code).toBe(1);
    expect(err).toContain("ERR_SANDBOX_ABORTED");
  });

  // The children of a process are listed by Linux alone.
  it.skipIf(process.platform !== "linux")(
    "leaves no worker process behind, however run is ended",
    async () => {
      const { root } = project({
        ...files,
        "waits.js": `console.log("waiting"); await SecureExec.bindings.math.later(60_000);`,
        "spins.js": `console.log("waiting"); for (;;);`,
      });
      await start(["generate"], root).ended;
      for (const script of ["waits.js", "spins.js"]) {
        for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
          const child = start(["run", script], root);
          await expect.poll(child.out).toContain("waiting");
          const workers = childrenOf(child.process.pid);
          expect(workers.length, `${script}, ${signal}`).toBeGreaterThan(0);
          child.process.kill(signal);
          await child.ended;
          await expect.poll(() => workers.filter(isAlive)).toEqual([]);
        }
      }
    },
  );

  it("prints long JSON whole into a pipe, and ends although the host holds a timer", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `setInterval(() => {}, 1_000);\n${definition}`,
      "script.js": `export default "x".repeat(2_000_000);`,
    });
    await start(["generate"], root).ended;
    const { code, out } = await start(["run", "script.js", "--format", "json"], root).ended;
    expect(code).toBe(0);
    expect((JSON.parse(out) as { exports: { default: string } }).exports.default).toHaveLength(2_000_000);
  });

  it.skipIf(process.platform === "win32")("ends quietly when nobody reads what it prints", async () => {
    const { root } = project({
      ...files,
      "script.js": `for (let i = 0; i < 20_000; i++) console.log("line", i);`,
    });
    await start(["generate"], root).ended;
    for (const args of [
      ["explain"],
      ["doctor"],
      ["check", "--format", "sarif"],
      ["run", "script.js"],
      ["--help"],
    ]) {
      const child = start(args, root);
      child.process.stdout?.destroy();
      const { code, err } = await child.ended;
      expect(err, args.join(" ")).toBe("");
      expect(code, args.join(" ")).toBe(0);
    }
  });

  it("shows no warning of Node that is about how the user's files are loaded", async () => {
    const { root } = project({ ...files, "package.json": "{}", "script.js": "export default 1;" });
    expect((await start(["generate"], root).ended).err).toBe("");
    expect((await start(["run", "script.js"], root).ended).err).toBe("");
  });

  it("names a defect of its own as one, and how to report it", async () => {
    const { root } = project(files);
    const broken = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from "node:module";
      registerHooks({ load(url, context, next) {
        return url.includes("/generator/generate.") ? { format: "module", shortCircuit: true, source: "export function check() { throw new TypeError('broken invariant'); }" } : next(url, context);
      } });
    `)}`;
    const { code, err } = await start(["check"], root, ["--import", broken]).ended;
    expect(code).toBe(2);
    expect(err).toContain("This is a defect of isobind");
    expect(err).toContain("please report it");
    expect(err).toContain("isobind check");
    expect(err).toContain("broken invariant");
  });
});
