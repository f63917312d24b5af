import { describe, expect, it } from "vitest";
import { inspectIsolates, refuseInspector } from "../../../src/runtime/engine/inspected.ts";
import { threadCpuMs } from "../../../src/runtime/time.ts";
import { runScript, valueOf } from "./support/run-script.ts";

const timeout = { kind: "timeout", error: { name: "Error", code: "ERR_SANDBOX_TIMEOUT" } };
const memory = { kind: "memory", error: { name: "Error", code: "ERR_SANDBOX_MEMORY" } };
const sleep = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

describe("processor time", () => {
  const limits = { cpuMs: 150, wallMs: 20_000 };

  it.each([
    "for (;;);",
    "(function f() { Promise.resolve().then(f) })(); await new Promise(() => {})",
    "await SecureExec.bindings.wait(); for (;;);",
    "export const x = { get a() { for (;;); } }",
    "SecureExec.bindings.wait({ get a() { for (;;); } })",
    "console.log(new Proxy({}, { ownKeys() { for (;;); } }))",
    "/(a+)+$/.test('a'.repeat(40) + 'b')",
    "throw { get message() { for (const end = Date.now() + 3_000; Date.now() < end;); } }",
    "throw new Proxy({}, { get() { for (const end = Date.now() + 3_000; Date.now() < end;); } })",
    "const e = new Error('x'); Object.defineProperty(e, 'name', { get() { for (const end = Date.now() + 3_000; Date.now() < end;); } }); throw e",
    "export default 1; Promise.resolve().then(() => { for (;;); })",
    "try { for (;;); } finally { for (;;); }",
    "for (;;) { try { null.x } catch {} }",
    "Object.prototype.then = function () { for (;;); }; await SecureExec.bindings.wait()",
  ])("ends %s", async (source) => {
    const { outcome, ends } = await runScript(source, {
      limits,
      bindings: { wait: { mode: "async", call: async () => ({}) } },
    });
    expect(outcome).toMatchObject(timeout);
    expect(ends).toBe(1);
  });

  it("is added up over waits", async () => {
    const { outcome } = await runScript(
      `const spin = () => { for (const end = Date.now() + 60; Date.now() < end;); };
       for (;;) { spin(); await SecureExec.bindings.wait() }`,
      { limits, bindings: { wait: { mode: "async", call: async () => 1 } } },
    );
    expect(outcome).toMatchObject(timeout);
  });

  it.each(["export default 1", "throw new Error('x')"])(
    "ends a script too that was at its end before anybody saw that it had used up its time: %s",
    async (end) => {
      const used = (): number => threadCpuMs();
      const { outcome } = await runScript(
        `const { used } = SecureExec.bindings;
         for (const until = used() + 300; used() < until;) for (let i = 0; i < 1e5; i++);
         ${end}`,
        // Of a thread that is blocked an engine is told the time by the wall alone.
        { limits: { cpuMs: 50, wallMs: 60_000 }, thread: "blocked", bindings: { used } },
      );
      expect(outcome).toMatchObject(timeout);
    },
  );

  it.runIf(refuseInspector() === null)("is that of another thread where a debugger may stop it", async () => {
    const restore = inspectIsolates(() => Promise.resolve());
    try {
      const { outcome } = await runScript("for (const end = Date.now() + 300; Date.now() < end;);");
      expect(outcome).toMatchObject({ kind: "ok" });
      expect(outcome.usage.cpuMs).toBeGreaterThan(250);
    } finally {
      restore();
    }
  });

  it("does not count what host functions take", async () => {
    expect(
      await valueOf("for (let i = 0; i < 4; i++) SecureExec.bindings.sleep(700); export default 'done'", {
        limits: { cpuMs: 2_500 },
        bindings: { sleep },
      }),
    ).toBe("done");
  });
});

describe("wall time", () => {
  it("ends a loop of host calls at its time: none begins much later", async () => {
    const begun: number[] = [];
    const call = (): void => {
      begun.push(performance.now());
      sleep(1);
    };
    const { outcome } = await runScript("for (;;) SecureExec.bindings.call()", {
      limits: { cpuMs: 20_000, wallMs: 200 },
      bindings: { call },
    });
    expect(outcome).toMatchObject(timeout);
    // One may be on its way when the time is up.
    expect(begun.filter((at) => at - begun[0]! > 200).length).toBeLessThan(2);
  });

  it("ends a loop that only logs", async () => {
    const { outcome } = await runScript("for (;;) console.log('')", {
      limits: { cpuMs: 20_000, wallMs: 200, consoleBytes: 1e9 },
    });
    expect(outcome).toMatchObject(timeout);
  });

  it("cannot be caught", async () => {
    const { outcome } = await runScript("for (;;) try { for (;;) SecureExec.bindings.sleep(1) } catch {}", {
      limits: { cpuMs: 20_000, wallMs: 200 },
      bindings: { sleep },
    });
    expect(outcome).toMatchObject(timeout);
  });
});

describe("memory", () => {
  it.each([
    "const a = []; for (;;) a.push(new Array(1e5).fill(1.1))",
    "const a = []; for (;;) a.push([1, 2, 3])",
    "const a = []; for (let i = 0; ; i++) a.push({ i })",
    "let s = 'x'; const a = []; for (let i = 0; ; i++) a.push(s + i + 'y'.repeat(1000))",
  ])("ends %s", async (source) => {
    const { outcome } = await runScript(source, { limits: { memoryMb: 16, cpuMs: 10_000, wallMs: 15_000 } });
    expect(outcome).toMatchObject(memory);
  });

  it("refuses buffers the limit has no room for, as an error the script can catch", async () => {
    expect(
      await valueOf(
        `const kept = []; let caught;
         try { for (;;) kept.push(new Uint8Array(1 << 20)) } catch (e) { caught = e.name }
         let one; try { new ArrayBuffer(2 ** 31) } catch (e) { one = e.name }
         export default [caught, kept.length < 64, one]`,
        { limits: { memoryMb: 32, cpuMs: 10_000 } },
      ),
    ).toEqual(["RangeError", true, "RangeError"]);
  });

  it("holds when answers would fill the isolate", async () => {
    const { outcome } = await runScript(
      `const kept = []; for (;;) kept.push(await SecureExec.bindings.more())`,
      {
        limits: { memoryMb: 16, cpuMs: 10_000, wallMs: 15_000 },
        bindings: { more: { mode: "async", call: async () => new Uint8Array(1 << 20) } },
      },
    );
    expect(["memory", "error"]).toContain(outcome.kind);
  });

  it("a repeated string counts each time, so that the other side does not pay for it", async () => {
    const source = `
      const s = 'x'.repeat(1 << 18); const sent = (n) => { try { return SecureExec.bindings.f(new Array(n).fill(s)) } catch (e) { return e.code } };
      export default [sent(3), sent(4), sent(40)]`;
    expect(await valueOf(source, { bindings: { f: (list) => (list as string[]).length } })).toEqual([
      3,
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
    ]);
  });
});

describe("the console's limit", () => {
  it("cuts with one note and swallows the rest", async () => {
    const { console, outcome } = await runScript("for (let i = 0; i < 1000; i++) console.log('0123456789')", {
      limits: { consoleBytes: 100 },
    });
    expect(outcome.kind).toBe("ok");
    expect(console.at(-1)).toMatch(/the console ends here: its limit is 100 bytes/);
    expect(console.join("").length).toBeLessThan(400);
  });

  it("counts empty lines", async () => {
    const { console } = await runScript("for (let i = 0; i < 1000; i++) console.log()", {
      limits: { consoleBytes: 50 },
    });
    expect(console.length).toBeLessThan(60);
  });
});
