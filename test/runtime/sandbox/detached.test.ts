/**
 * What becomes of work a script leaves behind: calls in flight that nobody awaits, and rejections that nobody handles. The same in both isolations.
 */
import { afterEach, describe, expect, it } from "vitest";
import {
  createSandbox,
  type OnDetached,
  type RunOptions,
  type RunResult,
  type Sandbox,
} from "../../../src/runtime/index.ts";

describe.each(["none", "process"] as const)("isolation: %s", (isolation) => {
  let sandbox: Sandbox | undefined;
  /** What a call of `save` waits for. */
  let release: () => void = () => {};
  let saved: string[] = [];
  let printed: string[] = [];

  afterEach(async () => {
    release();
    await sandbox?.dispose();
    sandbox = undefined;
    saved = [];
    printed = [];
  });

  async function run(
    source: string,
    options: RunOptions & { readonly sandbox?: OnDetached } = {},
  ): Promise<RunResult> {
    const held = new Promise<void>((resolve) => (release = resolve));
    const { sandbox: policy, ...rest } = options;
    sandbox = await createSandbox({
      isolation,
      workers: 1,
      limits: { wallMs: 20_000 },
      registry: {
        db: {
          save: async (text: string) => {
            await held;
            saved.push(text);
            return text;
          },
        },
        quick: (value: unknown) => Promise.resolve(value),
        release: () => release(),
        refuse: async () => {
          await held;
          throw Object.assign(new RangeError("no room"), { code: "E_FULL" });
        },
      },
      onConsole: ({ level, text }) => void printed.push(`${level}: ${text}`),
      ...(policy === undefined ? {} : { onDetached: policy }),
    });
    return sandbox.run(source, { filename: "job.js", ...rest });
  }

  describe("a call in flight that nobody awaits", () => {
    it("is an error that names the call and its line", async () => {
      const result = await run(`const b = SecureExec.bindings;
async function main() {
  await b.db.save("x");
}
main();
export default 1;`);
      expect(result).toMatchObject({
        status: "error",
        error: {
          code: "ERR_SCRIPT_DETACHED",
          message:
            "The call of `db.save` (job.js:3:14) was in flight when the script ended. This expression gives a promise, and nothing waits for it in `main();`. Write `await` before it, or `void` where the host lets a script leave work behind.",
        },
        stats: { detached: 1, calls: 1 },
      });
      if (result.status === "ok") throw new Error("It ended well.");
      expect(result.error.stack).toMatch(
        /^Error: The call of .*\n {4}at main \(job\.js:3:14\)\n {4}at job\.js:5:1$/s,
      );
    });

    it("is one of several: the first are named", async () => {
      const result = await run(`for (let i = 0; i < 5; i++) SecureExec.bindings.db.save(String(i));
SecureExec.bindings.refuse();`);
      expect(result).toMatchObject({
        status: "error",
        error: {
          message: expect.stringMatching(
            /^6 calls were in flight when the script ended: `db\.save` \(job\.js:1:\d+\), `db\.save` \(.*\), `db\.save` \(.*\) and 3 more\. `db\.save` gives a promise, and nothing waits for it in `SecureExec\.bindings\.db\.save\(String\(i\)\);`\. /,
          ),
        },
        stats: { detached: 6 },
      });
    });

    it("is waited for, when that is asked for", async () => {
      const result = await run(
        `(async () => { await SecureExec.bindings.db.save("a"); await SecureExec.bindings.db.save("b"); })();
         SecureExec.bindings.release(); export let n = 1; export default "done"; n++;`,
        { sandbox: "wait" },
      );
      expect(result).toMatchObject({
        status: "ok",
        exports: { default: "done", n: 2 },
        stats: { detached: 1 },
      });
      expect(saved).toEqual(["a", "b"]);
    });

    it("is waited for under the limits of the run", async () => {
      const result = await run(`SecureExec.bindings.db.save("a"); export default 1`, {
        onDetached: "wait",
        limits: { wallMs: 300 },
      });
      expect(result).toMatchObject({ status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
    });

    it("is a warning, when that is asked for", async () => {
      const result = await run(`SecureExec.bindings.db.save("a"); export default 1`, { onDetached: "warn" });
      expect(result).toMatchObject({ status: "ok", exports: { default: 1 }, stats: { detached: 1 } });
      expect(printed).toEqual([
        expect.stringMatching(
          /^warn: ERR_SCRIPT_DETACHED: The call of `db\.save` \(job\.js:1:\d+\) was in flight/,
        ),
      ]);
    });

    it("leaves the script's own error in place", async () => {
      const result = await run(`SecureExec.bindings.db.save("a"); throw new TypeError("mine")`);
      expect(result).toMatchObject({ status: "error", error: { name: "TypeError", message: "mine" } });
    });

    it("is not one whose answer the script has heard", async () => {
      const result = await run(`
        let seen; SecureExec.bindings.quick(1).then((v) => { seen = v; });
        await SecureExec.bindings.quick(2); await SecureExec.bindings.quick(3); export default seen;`);
      expect(result).toMatchObject({ status: "ok", exports: { default: 1 }, stats: { detached: 0 } });
    });

    it("is one that lost a race, since nobody hears what comes of it", async () => {
      const source = `export default await Promise.race([SecureExec.bindings.db.save("slow"), SecureExec.bindings.quick("fast")])`;
      expect(await run(source)).toMatchObject({
        status: "error",
        error: {
          code: "ERR_SCRIPT_DETACHED",
          message: expect.stringContaining("The call of `db.save` (job.js:1:"),
        },
        stats: { detached: 1 },
      });
      await sandbox?.dispose();
      expect(await run(source, { onDetached: "warn" })).toMatchObject({
        status: "ok",
        exports: { default: "fast" },
        stats: { detached: 1 },
      });
    });

    it("is found whatever the script has replaced", async () => {
      const result = await run(`
        Error.stackTraceLimit = 100; globalThis.Promise = class {}; Array.prototype[Symbol.iterator] = () => { throw 1; };
        Function.prototype.then = Object.prototype.then = (resolve) => resolve(1);
        try { Error.prepareStackTrace = () => "mine"; } catch {}
        const { db } = SecureExec.bindings;
        db.save("x");
        delete Function.prototype.then; delete Object.prototype.then;`);
      expect(result).toMatchObject({
        status: "error",
        error: { code: "ERR_SCRIPT_DETACHED", message: expect.stringContaining("`db.save` (job.js:6:12)") },
      });
    });
  });

  describe("a rejection nobody handles", () => {
    it.each<[what: string, source: string, shown: string]>([
      [
        "of an async function",
        `async function main() {\n  null.x;\n}\nmain();`,
        "TypeError: Cannot read properties of null (reading 'x') (job.js:2:8)",
      ],
      [
        "of a promise",
        `new Promise((_, reject) => reject(new RangeError("far")));`,
        "RangeError: far (job.js:1:",
      ],
      ["with text", `Promise.reject("just text")`, "Error: just text."],
      ["with nothing", `Promise.reject()`, "Error: undefined."],
      ["with null", `Promise.reject(null)`, "Error: null."],
      ["with a symbol", `Promise.reject(Symbol("s"))`, "an object that is no error"],
      ["with an object", `Promise.reject({ a: 1 })`, "an object that is no error"],
      [
        "in a callback",
        `[1].forEach(async () => { throw new Error("in forEach") });`,
        "Error: in forEach (job.js:1:",
      ],
      [
        "after a wait",
        `(async () => { await null; throw new Error("late") })(); await SecureExec.bindings.quick(1); await SecureExec.bindings.quick(1);`,
        "Error: late (job.js:1:",
      ],
      [
        "of refused arguments",
        `(async () => SecureExec.bindings.quick(() => 1))();`,
        "TypeError: quick, argument 1: a function cannot cross (job.js:1:",
      ],
      [
        "by a script that replaced Promise",
        `const { reject } = Promise; const real = Promise; Promise.prototype.then = () => 0; Object.defineProperty(Promise.prototype, "constructor", { get() { throw 1 } }); reject.call(real, new Error("gone"));`,
        "Error: gone (job.js:1:",
      ],
    ])("%s is an error that says with what", async (_, source, shown) => {
      const result = await run(`${source}\nexport default 1;`);
      expect(result).toMatchObject({
        status: "error",
        error: {
          code: "ERR_SCRIPT_DETACHED",
          message: expect.stringContaining(`A promise was rejected, and nobody handled it: ${shown}`),
        },
        stats: { detached: 1 },
      });
    });

    it("has its error as the cause, with the script's frames and no others", async () => {
      const result = await run(`class Full extends Error { name = "Full"; }
(async () => { throw new Full("no room"); })();`);
      if (result.status === "ok") throw new Error("It ended well.");
      expect(result.error.cause).toMatchObject({ name: "Full", message: "no room" });
      expect(result.error.cause?.stack).toMatch(/^Full: no room\n {4}at job\.js:2:22\n {4}at job\.js:2:\d+$/);
      expect(result.error.stack).toMatch(
        /^Error: A promise was rejected.*\n {4}at job\.js:2:22\n {4}at job\.js:2:\d+$/s,
      );
    });

    it.each([
      ["at once", `Promise.reject(1).catch(() => {});`],
      ["in the same turn", `const p = Promise.reject(1); await null; p.catch(() => {});`],
      ["after a call", `const p = Promise.reject(1); await SecureExec.bindings.quick(1); p.catch(() => {});`],
      [
        "by await",
        `const p = (async () => { throw 1 })(); await SecureExec.bindings.quick(1); try { await p } catch {}`,
      ],
      [
        "as one of many",
        `const p = Promise.reject(1); await SecureExec.bindings.quick(1); await Promise.allSettled([p]);`,
      ],
    ])("is none when it was handled %s", async (_, source) => {
      expect(await run(`${source} export default 1`)).toMatchObject({ status: "ok", stats: { detached: 0 } });
    });

    it("is none when it lost a race, which has heard of it", async () => {
      const result =
        await run(`const late = SecureExec.bindings.quick(1).then(() => { throw new Error("too late"); });
        export default await Promise.race(["first", late]);
        await SecureExec.bindings.quick(2); await SecureExec.bindings.quick(3);`);
      expect(result).toMatchObject({ status: "ok", exports: { default: "first" }, stats: { detached: 0 } });
    });

    it("is the first of several", async () => {
      const result = await run(
        `for (const name of ["first", "second", "third"]) Promise.reject(new Error(name));`,
      );
      expect(result).toMatchObject({
        status: "error",
        error: { message: expect.stringContaining("Error: first (job.js:1:"), cause: { message: "first" } },
        stats: { detached: 1 },
      });
    });

    it("is an error too when calls are waited for", async () => {
      const result = await run(`SecureExec.bindings.refuse(); SecureExec.bindings.release();`, {
        onDetached: "wait",
      });
      expect(result).toMatchObject({
        status: "error",
        error: { code: "ERR_SCRIPT_DETACHED", cause: { name: "RangeError", message: "no room" } },
        stats: { detached: 2 },
      });
    });

    it("is a warning, when that is asked for", async () => {
      const result = await run(`Promise.reject(new Error("so what")); export default 1`, { sandbox: "warn" });
      expect(result).toMatchObject({ status: "ok", exports: { default: 1 }, stats: { detached: 1 } });
      expect(printed).toEqual([
        expect.stringMatching(/^warn: ERR_SCRIPT_DETACHED: A promise was rejected.*so what/),
      ]);
    });

    it.each([
      `Promise.reject({ get message() { for (const end = Date.now() + 3_000; Date.now() < end;); } })`,
      `Promise.reject(new Proxy({}, { get() { for (const end = Date.now() + 3_000; Date.now() < end;); } }))`,
    ])("cannot hold anybody up: %s", async (source) => {
      const result = await run(`${source}; export default 1`, { limits: { wallMs: 1_000, cpuMs: 500 } });
      expect(result.status).toBe("timeout");
      expect(await sandbox?.run("export default 2")).toMatchObject({ status: "ok", exports: { default: 2 } });
    });
  });

  it("a run's own choice comes before the sandbox's", async () => {
    expect(await run(`Promise.reject(1)`, { sandbox: "warn", onDetached: "error" })).toMatchObject({
      status: "error",
    });
  });
});

it("refuses a choice that does not exist", async () => {
  const options = { isolation: "none", onDetached: "ignore" } as never;
  await expect(createSandbox(options)).rejects.toThrow('onDetached: expected "error", "wait" or "warn".');
  await using sandbox = await createSandbox({ isolation: "none" });
  await expect(sandbox.run("1", { onDetached: "ignore" } as never)).rejects.toThrow(
    '"error", "wait" or "warn"',
  );
});
