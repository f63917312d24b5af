import { describe, expect, it } from "vitest";
import { deliverMessage } from "../../../src/runtime/crossing/delivery.ts";
import { makeErrorMaker } from "../../../src/runtime/crossing/errors.ts";
import { format } from "../../../src/runtime/crossing/format.ts";
import { decode, encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { ErrorDraft, hostPrimordials } from "../../../src/runtime/crossing/host-realm.ts";
import { makeTransfer, type LargeDelivery } from "../../../src/runtime/crossing/transfer.ts";
import { makePlainErrors } from "../../../src/runtime/guest/prelude/plain-errors.ts";
import { valueOf } from "./support/run-script.ts";

const bindings = {
  fail: () => {
    throw new TypeError("refused by the host");
  },
  failBelow: () => {
    throw new TypeError("refused by the host", { cause: new RangeError("below") });
  },
  "db.fail": {
    mode: "async" as const,
    call: () => Promise.reject(new TypeError("refused by the host")),
  },
};

describe("errors that are a class and texts", () => {
  const { unpack } = makeTransfer(hostPrimordials);
  const read = makePlainErrors(hostPrimordials, format, makeErrorMaker(hostPrimordials));
  const readPlain = (draft: ErrorDraft): Error | undefined =>
    read(unpack(deliverMessage("e", encodeOwn(draft)) as string | LargeDelivery));
  const partsOf = (error: Error | undefined): unknown => [
    error?.constructor,
    { ...Object.getOwnPropertyDescriptors(error), stack: undefined },
  ];

  const long = "a message of more letters than an identifier has ".repeat(50);
  for (const errorClass of format.errors) {
    it.each([
      ["a message", new ErrorDraft(errorClass, "refused")],
      ["none", new ErrorDraft(errorClass, "")],
      ["wide letters", new ErrorDraft(errorClass, "gefällt – 雪", "Näme", "CODE")],
      ["a name", new ErrorDraft(errorClass, "refused", "NotFound")],
      ["a code", new ErrorDraft(errorClass, "refused", undefined, "E_GONE")],
      ["all of them, and long", new ErrorDraft(errorClass, long, "NotFound", "E_GONE")],
    ])(`are the ${errorClass} that the decoder would make, with %s`, (_, draft) => {
      const decoded = decode(encodeOwn(draft), Infinity) as { readonly value: Error };
      expect(readPlain(draft)).toBeInstanceOf(Error);
      expect(partsOf(readPlain(draft))).toEqual(partsOf(decoded.value));
    });
  }

  it.each([
    ["a cause", { cause: 1, hasCause: true }],
    ["errors", { errors: [], hasErrors: true }],
    ["data", { data: { table: "users" } }],
  ])("are left to the decoder with %s", (_, more) => {
    expect(readPlain(Object.assign(new ErrorDraft("AggregateError", "refused"), more))).toBeUndefined();
  });
});

describe("the stack of an error of the host", () => {
  const frames = (setup: string, call = "SecureExec.bindings.fail()"): Promise<unknown> =>
    valueOf(
      `${setup}
       let e;
       function down(n) { if (n > 0) return down(n - 1); try { ${call} } catch (x) { e = x } }
       down(20);
       export default [e instanceof TypeError, e.message, e.stack.split("\\n").length - 1, e.stack.includes("isobind")]`,
      { bindings },
    );
  const arrives = (count: number): unknown[] => [true, "refused by the host", count, false];

  it("has as many frames as the script wants, all of them its own", async () => {
    expect(await frames("")).toEqual(arrives(10));
    expect(await frames("Error.stackTraceLimit = 3;")).toEqual(arrives(3));
    expect(await frames("Error.stackTraceLimit = 15;")).toEqual(arrives(15));
  });

  it("has them where the script lets nobody change how many", async () => {
    expect(await frames("Object.freeze(Error);")).toEqual(arrives(10));
    expect(await frames("Object.defineProperty(Error, 'stackTraceLimit', { writable: false });")).toEqual(
      arrives(10),
    );
  });

  it.each(["", "Object.freeze(Error);"])("is that of its causes and its errors, too %s", async (setup) => {
    const value = await valueOf(
      `${setup}
       const stacksOf = (e) => e === undefined ? [] : [e.stack, ...stacksOf(e.cause), ...(e.errors ?? []).flatMap(stacksOf)];
       const seen = async (call) => { try { await call(); } catch (e) { return stacksOf(e).map((stack) => stack.replaceAll(/script\\.js:[0-9:]+/g, "")); } };
       const { bindings } = SecureExec;
       export default [
         await seen(function now() { bindings.failBelow(); }),
         await seen(async function later() { await bindings.db.failBelow(); }),
       ]`,
      {
        bindings: {
          ...bindings,
          "db.failBelow": {
            mode: "async" as const,
            call: () =>
              Promise.reject(
                new AggregateError([
                  new TypeError("one"),
                  new TypeError("two", { cause: new Error("deep") }),
                ]),
              ),
          },
        },
      },
    );
    const [now, later] = value as string[][];
    const framesOf = (stack = ""): string => stack.slice(stack.indexOf("\n"));
    expect(now!.map((stack) => stack.split("\n")[0])).toEqual([
      "TypeError: refused by the host",
      "RangeError: below",
    ]);
    expect(later!.map((stack) => stack.split("\n")[0])).toEqual([
      "AggregateError",
      "TypeError: one",
      "TypeError: two",
      "Error: deep",
    ]);
    expect(framesOf(now![0])).toContain("at now (");
    expect(framesOf(later![0])).toContain("at later (");
    for (const stacks of [now!, later!])
      expect(stacks.map(framesOf)).toEqual(stacks.map(() => framesOf(stacks[0])));
  });

  it("leaves the number as it was", async () => {
    const value = await valueOf(
      `const seen = [];
       const look = (set) => { set(); try { SecureExec.bindings.fail() } catch (e) { seen.push(e.message) } seen.push(JSON.stringify(Object.getOwnPropertyDescriptor(Error, "stackTraceLimit")) ?? "none"); };
       look(() => {});
       look(() => { Error.stackTraceLimit = 3 });
       look(() => { Error.stackTraceLimit = "many" });
       look(() => { delete Error.stackTraceLimit });
       export default [seen, Object.keys(Error).includes("stackTraceLimit")]`,
      { bindings },
    );
    const is = (limit: unknown): string =>
      JSON.stringify({ value: limit, writable: true, enumerable: true, configurable: true });
    const limits = [is(10), is(3), is("many"), "none"];
    expect(value).toEqual([limits.flatMap((limit) => ["refused by the host", limit]), false]);
  });

  it("asks no code of the script how many", async () => {
    const value = await valueOf(
      `let asked = 0;
       Object.defineProperty(Error, "stackTraceLimit", { get() { asked++; return 10 }, set() { asked++ }, configurable: true });
       Object.prototype.writable = true; Object.prototype.value = 10;
       for (const call of [() => SecureExec.bindings.fail(), () => SecureExec.bindings.failBelow(), () => SecureExec.bindings.db.fail()]) {
         try { await call() } catch {}
       }
       delete Object.prototype.writable; delete Object.prototype.value;
       export default asked`,
      { bindings },
    );
    expect(value).toBe(0);
  });

  it("has them at a rejection, and at an error with a cause", async () => {
    const value = await valueOf(
      `let rejected, failed;
       async function load() { return SecureExec.bindings.db.fail() }
       function call() { SecureExec.bindings.failBelow() }
       try { await load() } catch (e) { rejected = e }
       try { call() } catch (e) { failed = e }
       export default [rejected.stack.includes("at load"), failed.stack.includes("at call")]`,
      { bindings },
    );
    expect(value).toEqual([true, true]);
  });

  it("costs the script no memory for errors that are read later as values", async () => {
    const value = await valueOf(
      `try { SecureExec.bindings.failBelow() } catch {}
       for (let i = 0; i < 1_000; i++) SecureExec.bindings.found(i);
       export default "done"`,
      { bindings: { ...bindings, found: (i: number) => new Error(`${i} ${"x".repeat(100_000)}`) } },
    );
    expect(value).toBe("done");
  });

  it("is left as it is where the script has frozen the error before anybody has it", async () => {
    const value = await valueOf(
      `Object.defineProperty(Error.prototype, "name", { get() { Object.freeze(this); return "Cold" } });
       const { bindings } = SecureExec;
       const calls = [bindings.db.fail(), bindings.db.failBelow(), bindings.db.answer()];
       const seen = (await Promise.allSettled(calls)).map(({ reason, value }) => reason?.message ?? value);
       try { bindings.failBelow() } catch (e) { seen.push(e.message) }
       export default seen`,
      {
        bindings: {
          ...bindings,
          "db.failBelow": {
            mode: "async" as const,
            call: () => Promise.reject(new Error("refused above", { cause: new Error("below") })),
          },
          "db.answer": { mode: "async" as const, call: () => Promise.resolve("answered") },
        },
      },
    );
    expect(value).toEqual(["refused by the host", "refused above", "answered", "refused by the host"]);
  });
});
