import { describe, expect, it } from "vitest";
import { createGuest } from "../../../src/runtime/guest/guest.ts";
import { deliver } from "../../../src/runtime/crossing/delivery.ts";
import type { Delivery } from "../../../src/runtime/crossing/transfer.ts";
import type { Guest, GuestOutcome, HostPort } from "../../../src/runtime/seam.ts";
import { opened } from "../support/values.ts";
import { limits, runScript, valueOf } from "./support/run-script.ts";

const later = <T>(value: T, ms = 5): Promise<T> => new Promise((done) => setTimeout(() => done(value), ms));

describe("synchronous leaves", () => {
  it.each([0, 1, 2, 3, 4, 5, 9])(
    "pass %i arguments, at their first call and at later ones",
    async (count) => {
      const args = Array.from({ length: count }, (_, i) => i);
      const call = `f(${args.join()})`;
      expect(
        await valueOf(`const { f } = SecureExec.bindings; export default [${call}, ${call}, ${call}]`, {
          bindings: { f: (...a: unknown[]) => a },
        }),
      ).toEqual([args, args, args]);
    },
  );

  it("pass every kind of primitive without a copy and with one", async () => {
    const list = "undefined, null, true, NaN, -0, 1.5, 'text', 5n";
    for (const args of [list, `{}, ${list}`]) {
      const value = (await valueOf(`export default SecureExec.bindings.f(${args})`, {
        bindings: { f: (...a: unknown[]) => a },
      })) as unknown[];
      expect(value.slice(-8)).toEqual([undefined, null, true, NaN, -0, 1.5, "text", 5n]);
    }
  });

  it("may be called while an accessor of an argument is read", async () => {
    expect(
      await valueOf(
        `const { f } = SecureExec.bindings;
         export default f({ get a() { return f({ b: f(1) }) } })`,
        { bindings: { f: (v: unknown) => ({ v }) } },
      ),
    ).toEqual({ v: { a: { v: { b: { v: 1 } } } } });
  });
});

describe("asynchronous leaves", () => {
  it.each([0, 1, 2, 3, 4, 5])("pass %i arguments, at their first call and at later ones", async (count) => {
    const args = Array.from({ length: count }, (_, i) => i);
    const call = `f(${args.join()})`;
    const code = `const { f } = SecureExec.bindings; export default await Promise.all([${call}, ${call}, ${call}])`;
    const f = { mode: "async" as const, call: (...a: unknown[]) => later(a) };
    expect(await valueOf(code, { bindings: { f } })).toEqual([args, args, args]);
  });

  it("return real promises and run concurrently", async () => {
    let open = 0;
    let most = 0;
    const value = await valueOf(
      `const { f } = SecureExec.bindings;
       const promises = [f(1), f(2), f(3)];
       export default [promises.every((p) => p instanceof Promise && Object.getPrototypeOf(p) === Promise.prototype), await Promise.all(promises)]`,
      {
        bindings: {
          f: {
            mode: "async",
            call: async (n: number) => {
              most = Math.max(most, ++open);
              await later(null, 20);
              open--;
              return { n };
            },
          },
        },
      },
    );
    expect(value).toEqual([true, [{ n: 1 }, { n: 2 }, { n: 3 }]]);
    expect(most).toBe(3);
  });

  it("settle in any order", async () => {
    const answers: (() => void)[] = [];
    const call = (at: number): Promise<number> =>
      new Promise((resolve) => {
        answers[at] = () => resolve(at);
        // In the order of their numbers, one a turn, when all are there.
        if (at === 1) answers.reduce((before, answer) => () => (before(), setImmediate(answer)))();
      });
    const value = await valueOf(
      `const order = []; const { f } = SecureExec.bindings;
       await Promise.all([2, 0, 1].map((at) => f(at).then((v) => order.push(v)))); export default order`,
      { bindings: { f: { mode: "async", call } } },
    );
    expect(value).toEqual([0, 1, 2]);
  });

  it("survive hundreds one after another and thousands at once", async () => {
    const bindings = { f: { mode: "async" as const, call: async (n: number) => n } };
    expect(
      await valueOf(
        `let s = 0; for (let i = 0; i < 300; i++) s += await SecureExec.bindings.f(1); export default s`,
        { bindings },
      ),
    ).toBe(300);
    expect(
      await valueOf(
        `export default (await Promise.all(Array.from({ length: 3000 }, (_, i) => SecureExec.bindings.f(i)))).length`,
        { bindings },
      ),
    ).toBe(3000);
  });
});

describe("leaves that decide per call", () => {
  it("return a value or a promise", async () => {
    const bindings = {
      f: { mode: "maybe" as const, call: (wait: boolean) => (wait ? later("late") : "now") },
    };
    expect(
      await valueOf(
        `const a = SecureExec.bindings.f(false), b = SecureExec.bindings.f(true); export default [a, b instanceof Promise, await b]`,
        { bindings },
      ),
    ).toEqual(["now", true, "late"]);
  });
});

describe("the end of a run", () => {
  it("comes once, with the exports", async () => {
    const { outcome, ends, exports } = await runScript("export const a = 1; export default await 2");
    expect([outcome.kind, ends, exports]).toEqual(["ok", 1, { a: 1, default: 2 }]);
    expect(outcome.usage.heapBytes).toBeGreaterThan(100_000);
    expect(outcome.usage.cpuMs).toBeGreaterThan(0);
  });

  it("comes at once when nothing can wake the script any more", async () => {
    const { outcome } = await runScript("await new Promise(() => {})");
    expect(outcome).toMatchObject({
      kind: "timeout",
      error: { code: "ERR_SANDBOX_TIMEOUT", message: expect.stringContaining("can never happen") },
    });
  });

  it("comes once, although a call nobody awaits is answered later", async () => {
    const { outcome, ends } = await runScript("void SecureExec.bindings.f(); export default 1", {
      bindings: { f: { mode: "async", call: () => later(1, 50) } },
    });
    await later(null, 60);
    expect([outcome.kind, ends]).toEqual(["error", 1]);
  });

  it("is not brought about by rejections nobody handles", async () => {
    for (const thrown of [
      "new Error('Script execution timed out.')",
      "null",
      "{ get message() { throw 1 } }",
      "Symbol()",
      "new Proxy({}, {})",
    ]) {
      const { outcome } = await runScript(
        `Promise.reject(${thrown}); (async () => { throw ${thrown} })(); SecureExec.bindings.f().then(() => Promise.reject(${thrown}));
         for (let i = 0; i < 3; i++) await SecureExec.bindings.f(); throw "the end"`,
        { bindings: { f: { mode: "async", call: () => later(1) } } },
      );
      expect(outcome, thrown).toMatchObject({ kind: "error", error: { message: "the end" } });
      expect(outcome.usage.heapBytes).toBeGreaterThan(100_000);
    }
  });

  it("drains the microtasks that were already due", async () => {
    const { console } = await runScript(
      "Promise.resolve().then(() => {}).then(() => console.log('late')); export default 1",
    );
    expect(console).toEqual(["log: late"]);
  });
});

describe("the guest, driven by hand", () => {
  const start = (guest: Guest, source: string): GuestOutcome[] => {
    const outcomes: GuestOutcome[] = [];
    guest.start(
      { source, filename: "s.js", language: "javascript", globals: null },
      (outcome) => void outcomes.push(outcome),
    );
    return outcomes;
  };
  const exportsOf = (outcome: GuestOutcome): unknown =>
    outcome.kind === "ok" ? opened(outcome.exports) : outcome;
  const setup = {
    leaves: [
      { path: ["f"], mode: "async" as const, maxPayloadBytes: 1000 },
      { path: ["g"], mode: "sync" as const, maxPayloadBytes: 1000 },
      { path: ["m"], mode: "maybe" as const, maxPayloadBytes: 1000 },
    ],
    namespaces: [],
    limits,
  };
  const port = (over: Partial<HostPort>): HostPort => ({
    callSync: () => 1,
    callAsync: () => {},
    console: () => {},
    ...over,
  });

  it("accepts an answer before the call has returned, and runs no guest code under the host's frame", () => {
    const log: string[] = [];
    const answer = (value: string): Delivery => deliver({ kind: "value", value }, 0);
    const guest: Guest = createGuest(
      setup,
      port({
        callAsync(id) {
          guest.settle([[id, answer("early")]]);
          log.push("call returns");
        },
        callSync(id, leaf) {
          if (leaf !== 2) return answer("now");
          guest.settle([[id, answer("early maybe")]]);
          return deliver({ kind: "pending" }, id);
        },
        console: (_, text) => void log.push(text),
      }),
      "blocked",
    );
    const outcomes = start(
      guest,
      "SecureExec.bindings.f().then((v) => console.log(v)); console.log('sync'); console.log(await SecureExec.bindings.m()); export default 1",
    );
    expect(log).toEqual(["call returns", "sync", "early", "early maybe"]);
    expect(outcomes).toMatchObject([{ kind: "ok" }]);
    guest.dispose();
  });

  it("ignores unknown, repeated and late answers", () => {
    const ids: number[] = [];
    const guest = createGuest(setup, port({ callAsync: (id) => void ids.push(id) }), "blocked");
    const outcomes = start(
      guest,
      "export default [await SecureExec.bindings.f(1), await SecureExec.bindings.f(2)]",
    );
    guest.settle([[999, 0], [ids[0]!, 1], [ids[0]!, 7]]); // prettier-ignore
    guest.settle([[ids[0]!, 8]]);
    expect(outcomes).toEqual([]);
    guest.settle([[ids[1]!, 2]]);
    guest.settle([[ids[1]!, 3]]);
    expect(outcomes.map(exportsOf)).toEqual([{ default: [1, 2] }]);
    guest.dispose();
    guest.dispose();
    guest.settle([[ids[1]!, 3]]);
    expect(outcomes).toHaveLength(1);
  });

  it("can be disposed of before, during and after a run, and then reports no end", () => {
    createGuest(setup, port({})).dispose();
    const guest: Guest = createGuest(
      setup,
      port({
        callSync() {
          guest.dispose();
          return 1;
        },
      }),
    );
    expect(start(guest, "for (;;) SecureExec.bindings.g()")).toEqual([]);
    const waiting = createGuest(setup, port({}));
    const outcomes = start(waiting, "await SecureExec.bindings.f()");
    waiting.dispose();
    waiting.settle([[1, 1]]);
    expect(outcomes).toEqual([]);
  });

  it("hides the host's own failures from the script", () => {
    const guest = createGuest(
      setup,
      port({
        callSync() {
          throw new Error("/secret/path");
        },
      }),
      "blocked",
    );
    const outcomes = start(
      guest,
      "let e; try { SecureExec.bindings.g() } catch (x) { e = x } export default [e instanceof Error, e.code, e.message + e.stack]",
    );
    expect(outcomes.map(exportsOf)).toEqual([
      { default: [true, "ERR_BINDING_FAILED", expect.not.stringContaining("secret")] },
    ]);
    guest.dispose();
  });

  it("keeps what one run does from the next", async () => {
    await runScript(
      "Array.prototype.map = null; globalThis.leak = 1; Promise.reject(new Error('first run'))",
    );
    expect(await valueOf("export default [typeof leak, [1].map((x) => x)]")).toEqual(["undefined", [1]]);
  });
});
