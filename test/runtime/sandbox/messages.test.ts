/** What the caller of a run reads: the way out beside what went wrong, and the same words for one thing wherever it was noticed. */
import { describe, expect, it } from "vitest";
import { createSandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

describe.each(["none", "process"] as const)("isolation: %s", (isolation) => {
  const run = async (source: string, options: SandboxOptions = {}): Promise<unknown> => {
    await using sandbox = await createSandbox({ isolation, workers: 1, ...options });
    return await sandbox.run(source, { filename: "a.js" });
  };

  it.each([
    [
      "fetch('x')",
      "fetch is not defined. The sandbox has no `fetch`: scripts have no network. Ask the platform for a binding that makes the request.",
    ],
    [
      "setTimeout(() => {}, 1)",
      "setTimeout is not defined. The sandbox has no `setTimeout`: scripts have no timers. Await a binding",
    ],
    [
      "require('fs')",
      "require is not defined. The sandbox has no `require`: a script is an ECMAScript module.",
    ],
    ["process.env.X", "process is not defined. The sandbox has no `process`: scripts do not run in Node.js."],
    [
      "performance.now()",
      "performance is not defined. The sandbox has no `performance`: it is no part of ECMAScript. Use `Date.now()`.",
    ],
  ])("a global that is missing is explained: %s", async (source, message) => {
    expect(await run(source)).toMatchObject({
      status: "error",
      error: {
        name: "ReferenceError",
        message: expect.stringContaining(message),
        stack: expect.stringMatching(
          /^ReferenceError: (\w+) is not defined\. The sandbox has no `\1`.*\n {4}at a\.js:1:1$/,
        ),
      },
    });
    expect(await run(`(async () => { ${source} })()`)).toMatchObject({
      error: { code: "ERR_SCRIPT_DETACHED", cause: { message: expect.stringContaining(message) } },
    });
  });

  it("a binding that is not there is told from those that are", async () => {
    const registry = { users: { list: () => [1] }, greet: () => "hello" };
    expect(await run("const { usrs } = SecureExec.bindings;\nusrs.list();", { registry })).toMatchObject({
      status: "error",
      error: {
        message:
          "Cannot read properties of undefined (reading 'list'). `SecureExec.bindings` has no `usrs`. Did you mean `users`? It has `users`, `greet`.",
        stack: expect.stringMatching(/`greet`\.\n {4}at a\.js:2:6$/),
      },
    });
    expect(await run("(async () => { console.lgo(1); })()")).toMatchObject({
      error: {
        cause: { message: "console.lgo is not a function. `console` has no `lgo`. Did you mean `log`?" },
      },
    });
  });

  it("one that nobody knows is left alone", async () => {
    expect(await run("nothing")).toMatchObject({ error: { message: "nothing is not defined" } });
    expect(await run(`throw new ReferenceError("toString is not defined")`)).toMatchObject({
      error: { message: "toString is not defined" },
    });
  });

  it("what Promise.any was rejected with is shown", async () => {
    expect(
      await run(
        `await Promise.any([Promise.reject(new RangeError("one")), Promise.reject("two"), Promise.reject(new AggregateError([new Error("deep")], "three"))])`,
      ),
    ).toMatchObject({
      status: "error",
      error: {
        name: "AggregateError",
        message: "All promises were rejected",
        errors: [
          { name: "RangeError", message: "one", stack: expect.stringContaining("a.js:1:") },
          { name: "Error", message: "two" },
          { name: "AggregateError", message: "three", errors: [{ message: "deep" }] },
        ],
      },
    });
    const lines: string[] = [];
    await run(`console.log(new AggregateError([new RangeError("one")], "all"))`, {
      onConsole: ({ text }) => void lines.push(text),
    });
    expect(lines[0]).toMatch(/^AggregateError: all\n.*\[errors\]: \[ RangeError: one\n/s);
  });

  it("and no more of it than can be read", async () => {
    expect(
      await run(
        `const bomb = (n) => n === 0 ? new Error("end") : new AggregateError(Array(50).fill(bomb(n - 1)), "x"); throw bomb(12);`,
      ),
    ).toMatchObject({ status: "error", error: { errors: { length: 10 } } });
    expect(
      await run(
        `throw Object.defineProperty(new Error("x"), "errors", { value: new Proxy([], { get() { throw 1; } }) })`,
      ),
    ).toMatchObject({ status: "error", error: { message: "x" } });
  });

  it("a limit has one wording", async () => {
    const limits = { wallMs: 400, cpuMs: 5_000 };
    expect(
      await run("await SecureExec.bindings.never()", {
        limits,
        registry: { never: () => new Promise(() => {}) },
      }),
    ).toMatchObject({
      status: "timeout",
      error: { message: "The run took longer than 400 ms (limits.wallMs)." },
    });
    expect(await run("for (;;);", { limits })).toMatchObject({
      status: "timeout",
      error: { message: "The run took longer than 400 ms (limits.wallMs)." },
    });
    expect(await run("for (;;);", { limits: { cpuMs: 200, wallMs: 600_000 } })).toMatchObject({
      status: "timeout",
      error: { message: "The script was at work for more than 200 ms (limits.cpuMs)." },
    });
    expect(
      await run("const a = []; for (;;) a.push([1, 2, 3]);", {
        limits: { memoryMb: 16, cpuMs: 600_000, wallMs: 600_000 },
      }),
    ).toMatchObject({
      status: "memory",
      error: { message: "The script used more than 16 MB of memory (limits.memoryMb)." },
    });
  });
});
