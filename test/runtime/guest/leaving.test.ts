/**
 * What a script leaves behind for the moment after its time: isolated-vm reads rejections and errors, and runs microtasks, when no time limit
 * runs any more. (Promises are held: V8 may collect one that is not, and tell nobody.) What takes seconds here gives up by itself: a guard that fails is seen and hurts nobody.
 */
import { describe, expect, it } from "vitest";
import { runScript } from "./support/run-script.ts";

const limits = { cpuMs: 300, wallMs: 2_000 };
const slowly = "{ for (const end = Date.now() + 3_000; Date.now() < end;); }";
const forever = "{ for (;;); }";

const scripts: Readonly<Record<string, readonly [source: string, ending: string]>> = {
  "a rejection with a message that takes seconds": [
    `globalThis.held = Promise.reject({ get message() ${slowly} }); export default 1`,
    "timeout",
  ],
  "a rejection with a stack that takes seconds": [
    `globalThis.held = Promise.reject({ message: "", get stack() ${slowly} }); export default 1`,
    "timeout",
  ],
  "a rejected proxy": [
    `globalThis.held = Promise.reject(new Proxy({}, { get() ${slowly} })); export default 1`,
    "timeout",
  ],
  "a rejected error whose class has a name that takes seconds": [
    `class Bad extends Error { get name() ${slowly} } globalThis.held = Promise.reject(new Bad()); export default 1`,
    "timeout",
  ],
  "a rejection after an answer": [
    `await SecureExec.bindings.later(1); globalThis.held = Promise.reject({ get message() ${slowly} }); await SecureExec.bindings.later(2); export default 1`,
    "timeout",
  ],
  "a rejection, and a loop": [
    `globalThis.held = Promise.reject({ get message() ${slowly} }); for (;;);`,
    "timeout",
  ],
  "a microtask that waits behind a loop": [
    `for (let i = 0; i < 100; i++) Promise.resolve().then(() => ${forever}); for (;;);`,
    "timeout",
  ],
  "a microtask that waits behind a loop after an answer": [
    `await SecureExec.bindings.later(1); Promise.resolve().then(() => ${forever}); for (;;);`,
    "timeout",
  ],
  "a class of ours whose name takes seconds, and a stack that fits into no string": [
    `Object.defineProperty(RangeError.prototype, "name", { get() ${slowly} });
     function deep(n) { return n > 0 ? deep(n - 1) : SecureExec.bindings.rejects(); }
     Object.defineProperty(deep, "name", { value: "x".repeat(2 ** 28) });
     deep(20).catch(() => {});
     await SecureExec.bindings.later(1); await SecureExec.bindings.later(2); export default 1;`,
    "timeout",
  ],
};

const bindings = {
  later: { mode: "async", call: (value: unknown) => value },
  rejects: {
    mode: "async",
    call: () => {
      throw new RangeError("no");
    },
  },
} as const;

describe("a script that leaves a loop behind ends all the same", () => {
  for (const [name, [source, ending]] of Object.entries(scripts)) {
    it(name, async () => {
      const { outcome } = await runScript(source, { bindings, limits });
      expect(outcome.kind).toBe(ending);
    });
  }

  it("and gets the error of a call although its stack fits into no string", async () => {
    const source = `
      function deep(n) { return n > 0 ? deep(n - 1) : SecureExec.bindings.rejects(); }
      Object.defineProperty(deep, "name", { value: "x".repeat(2 ** 28) });
      let caught; const calls = [deep(20), SecureExec.bindings.later(1)];
      await calls[0].catch((error) => { caught = [error.message, error.stack]; });
      await calls[1];
      export default caught;`;
    const { exports } = await runScript(source, { bindings });
    expect(exports["default"]).toEqual(["no", "RangeError: no"]);
  });

  it("and an error it throws away does not speak for the engine", async () => {
    const { outcome } = await runScript(
      `globalThis.held = Promise.reject(new Error("Script execution timed out.")); await SecureExec.bindings.later(1); export default 1`,
      { bindings },
    );
    expect(outcome).toMatchObject({ kind: "error", error: { code: "ERR_SCRIPT_DETACHED" } });
  });
});
