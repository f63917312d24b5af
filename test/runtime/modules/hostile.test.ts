/** Workers that lie about modules, modules that tamper, and graphs of any size. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { runId } from "../../../src/runtime/host/run-id.ts";
import { createModuleHost } from "../../../src/runtime/host/module-host.ts";
import type { Death } from "../../../src/runtime/process/death.ts";
import { readRequests } from "../../../src/runtime/process/module-requests.ts";
import { supervise } from "../../../src/runtime/process/supervise.ts";
import { ownFrame } from "../../../src/runtime/process/wire/layout.ts";
import { readWorkerFrame } from "../../../src/runtime/process/wire/worker-frames.ts";
import { readSupervisorFrame } from "../../../src/runtime/process/wire/supervisor-frames.ts";
import type { RunListener, WorkerProcess } from "../../../src/runtime/process/worker-process.ts";
import { createSandbox, type RunResult, type Sandbox } from "../../../src/runtime/index.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";
import type { ModuleAnswers } from "../../../src/runtime/seam.ts";

const told = (result: RunResult): unknown =>
  result.status === "ok"
    ? result.exports["default"]
    : `${result.status} ${result.error.code ?? result.error.name}: ${result.error.message}`;

describe("frames of modules", () => {
  it("carry names one way and texts the other", () => {
    const requests = [{ specifier: "./a.ts", referrer: 0 }];
    const asked = readWorkerFrame(ownFrame("load", requests, 3));
    if (asked.kind !== "load") throw new Error("wrong kind");
    expect([asked.run, readRequests(asked.requests)]).toEqual([3, requests]);
    const answers: ModuleAnswers = {
      answers: [{ kind: "module", index: 1 }],
      modules: [{ filename: "a.ts", source: "export {}", language: "typescript" }],
    };
    expect(readSupervisorFrame(ownFrame("modules", answers, 3))).toEqual({
      kind: "modules",
      run: 3,
      answers,
    });
  });

  it.each([
    1,
    null,
    {},
    [1],
    [{ specifier: 1, referrer: 0 }],
    [{ specifier: "a", referrer: "0" }],
    ["x".repeat(2_000_000)],
  ])("are refused when they ask for what is no name", (content) => {
    expect(() => readRequests(encodeOwn(content))).toThrow(/names? of (?:a )?modules?/);
  });

  /** A worker that says only what the test lets it say. */
  function watch(load?: HostRun["load"]): {
    readonly listener: RunListener;
    readonly killed: Death[];
    readonly sent: Buffer[];
  } {
    const watched: { listener: RunListener | null; killed: Death[]; sent: Buffer[] } = {
      listener: null,
      killed: [],
      sent: [],
    };
    const worker = {
      alive: true,
      runs: 0,
      attach: (run: RunListener | null) => (watched.listener = run ?? watched.listener),
      channel: { send: (frame: Buffer) => void watched.sent.push(frame) },
      kill(death: Death) {
        watched.killed.push(death);
        watched.listener?.died(death);
      },
    } as unknown as WorkerProcess;
    const host = {
      id: "run",
      signal: new AbortController().signal,
      ...(load && { load }),
    } as unknown as HostRun;
    const script = { source: "", filename: "a.js", language: "javascript", globals: null } as const;
    const limits = { memoryMb: 32, payloadBytes: 1024, wallMs: 10_000, consoleBytes: 1024 };
    void supervise(worker, 1, script, host, { leaves: 0, limits, placed: false });
    if (!watched.listener) throw new Error("Nobody listens to the worker.");
    watched.listener.frame({ kind: "started", run: 1 });
    return watched as ReturnType<typeof watch>;
  }
  const load = { kind: "load", run: 1, requests: encodeOwn([{ specifier: "a", referrer: 0 }]) } as const;

  it("end a worker that asks though its script may not import", () => {
    expect(() => watch().listener.frame(load)).toThrow("a load nobody waits for");
  });

  it("end a worker that asks again before it was answered", async () => {
    let answer: (answers: ModuleAnswers) => void = () => {};
    const { listener, sent } = watch(() => new Promise((resolve) => (answer = resolve)));
    listener.frame(load);
    expect(() => listener.frame(load)).toThrow("a load nobody waits for");
    const before = sent.length;
    answer({ answers: [], modules: [] });
    await null;
    await null;
    expect(sent.length).toBe(before + 1);
    listener.frame(load);
  });

  it("end a worker that names what was never sent", async () => {
    const host = createModuleHost({
      modules: {},
      filename: "main.ts",
      limits: { modules: 10, moduleBytes: 10_000 },
      runId: runId("r"),
      context: undefined,
      errors: "show",
      report: () => "",
    });
    const { listener, killed } = watch((requests) => host.load(requests));
    listener.frame({ ...load, requests: encodeOwn([{ specifier: "a", referrer: 7 }]) });
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(killed).toMatchObject([
      { kind: "crashed", detail: "It sent a name in a module that was never sent." },
    ]);
  });

  it("never make a host look for more names than its modules can have", async () => {
    let resolved = 0;
    const host = createModuleHost({
      modules: { resolve: () => (resolved++, null), load: () => null },
      filename: "main.ts",
      limits: { modules: 1, moduleBytes: 10_000 },
      runId: runId("r"),
      context: undefined,
      errors: "show",
      report: () => "",
    });
    for (let n = 0; n < 1_000; n++) {
      const { answers } = await host.load([{ specifier: `./m${n}`, referrer: 0 }]);
      expect(answers[0]).toMatchObject({ kind: "failed" });
    }
    expect(resolved).toBe(512);
    expect((await host.load([{ specifier: "x", referrer: 0 }])).answers).toMatchObject([
      { code: "ERR_MODULE_LIMIT" },
    ]);
  });
});

describe.each(["none", "process"] as const)("hostile modules, isolation %s", (isolation) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({
      isolation,
      limits: { modules: 10_000, moduleBytes: 16 * 2 ** 20, wallMs: 120_000, cpuMs: 120_000 },
    });
  });
  afterAll(() => sandbox.dispose());
  const run = (source: string, modules: Readonly<Record<string, string>>): Promise<RunResult> =>
    sandbox.run(source, { filename: "main.js", modules, dynamicImport: true });

  it("a module that replaces built-ins changes nothing of how the others are linked", async () => {
    const tamper = `
      const loud = () => { throw new Error("tampered"); };
      const replace = (owner, ...names) => { for (let i = 0; i < names.length; i++) owner[names[i]] = loud; };
      replace(Object.getPrototypeOf(function* () {}.prototype), "next");
      replace(Promise.prototype, "then", "catch", "finally");
      replace(Map.prototype, "get", "set", "has");
      replace(Object, "defineProperty", "freeze", "keys", "create", "preventExtensions");
      replace(Reflect, "apply", "get");
      replace(JSON, "parse");
      replace(Function.prototype, "call", "apply", "bind");
      replace(Array.prototype, "push", "pop", "map", "forEach", Symbol.iterator);
      Object.prototype.get = loud; Object.prototype.set = loud; Object.prototype.value = 1;
      globalThis.Proxy = loud; globalThis.Promise = loud;
      export const done = true;`;
    const modules = {
      "./tamper.js": tamper,
      "./a.js": `import "./b.js"; export const a = 1; export function early() { return 2; }`,
      "./b.js": `import { early } from "./a.js"; export const b = early();`,
      "./late.js": `await null; export let n = 1; export const inc = () => { n++; };`,
      "./d.json": `{ "x": 3 }`,
      "./dynamic.js": `export default 4;`,
    };
    const source = `import { done } from "./tamper.js"; import { a } from "./a.js"; import { b } from "./b.js"; import * as late from "./late.js"; import d from "./d.json" with { type: "json" };
      late.inc();
      const { default: four } = await import("./dynamic.js");
      export default [done, a, b, late.n, d.x, four];`;
    expect(told(await run(source, modules))).toEqual([true, 1, 2, 2, 3, 4]);
  });

  it("what a module is given cannot be found but by its name, and then gives nothing", async () => {
    const source = `import { n } from "./a.js";
      const found = [];
      for (const name of ["$", "_", "a", "ÿ", "þ"]) try { found.push([name, typeof eval(name), Object.isFrozen(eval(name)), Object.getPrototypeOf(eval(name))]); } catch {}
      for (const [name] of found) for (const key of Reflect.ownKeys(eval(name))) {
        try { eval(name)[key] = 1; found.push("assigned " + key); } catch {}
        for (const args of [[], ["constructor"], [-1], [{}], [{ 0: () => 1 }]]) try { const got = eval(name)[key](...args); if (got !== undefined && typeof got !== "object" && typeof got !== "number") found.push(key + " gave " + typeof got); } catch {}
      }
      export default [found.filter((one) => typeof one === "string"), n];`;
    expect(told(await run(source, { "./a.js": "export let n = 1; export const inc = () => n++;" }))).toEqual([
      [],
      1,
    ]);
  });

  it("ten thousand modules, one after the other and side by side", async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 9_999 }, (_, n) => [
        `./m${n}.js`,
        `import { x } from "./m${n + 1}.js"; export { x };`,
      ]),
    );
    chain["./m9999.js"] = "export const x = 5;";
    expect(told(await run(`import { x } from "./m0.js"; export default x`, chain))).toBe(5);
    // The same code links in a worker; once is enough.
    if (isolation === "process") return;
    const wide = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [`./w${n}.js`, `export const x = ${n};`]),
    );
    const source = `${Object.keys(wide)
      .map((name, n) => `import { x as x${n} } from "${name}";`)
      .join("")}export default x9999;`;
    expect(told(await run(source, wide))).toBe(9_999);
    expect(told(await run(`${source}import "./more.js"`, { ...wide, "./more.js": "" }))).toMatch(
      /ERR_MODULE_LIMIT/,
    );
  }, 240_000);

  it("a circle of thousands, each waiting", async () => {
    const count = 3_000;
    const ring = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `./m${n}.js`,
        `import { f as g } from "./m${(n + 1) % count}.js"; await null; export const f = () => ${n} + (g ? 0 : 1);`,
      ]),
    );
    expect(told(await run(`import { f } from "./m0.js"; export default f()`, ring))).toBe(0);
  }, 240_000);
});
