import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runScript, valueOf } from "./support/run-script.ts";

/** Expressions that mean the same on both sides. Each crosses as an argument, as a result and as an export. */
const values: readonly string[] = [
  "undefined", "null", "true", "false", "0", "-0", "1.5", "NaN", "Infinity", "-Infinity", "2 ** 53", "-1e-7",
  "''", "'text'", "'\\ud800'", "'\\u{1F600} ünïcödé'", "'\\0'", "0n", "-5n", "2n ** 64n", "-(2n ** 200n)",
  "[]", "[1, , 3]", "[,]", "[undefined]", "Array(5)", "[[[[]]]]", "Object.assign([1, 2], { extra: 'x' })", "/a(b)/.exec('ab')",
  "({})", "({ a: 1, b: { c: [1, 'x', null] } })", "({ undefined: undefined })", "({ '': 1, ' ': 2, 'a-b': 3 })", "({ 1: 'a', 0: 'b' })",
  "({ constructor: 1, toString: 2, hasOwnProperty: 3 })", "({ get a() { return 1 } })", "Object.create({ inherited: 1 })",
  "Object.defineProperty({ a: 1 }, 'hidden', { value: 2 })", "({ [Symbol('s')]: 1, a: 2 })", "Object.freeze({ a: Object.freeze([1]) })",
  "new (class Point { x = 1; get y() { return 2 } m() {} })()",
  "new Date(0)", "new Date(NaN)", "new Date(8.64e15)", "/a+/giu", "/[\\]/]/", "/x/dsy", "/[\\p{L}--[a-z]]/v",
  "new Map()", "new Map([[1, 'a'], ['1', 'b'], [NaN, -0]])", "new Map([[{ k: 1 }, new Map([[[], null]])]])",
  "new Set()", "new Set([1, '1', NaN, undefined])", "new Set([new Set([{}])])",
  "new Boolean(false)", "new Number(-0)", "new String('x')", "Object(5n)",
  "new ArrayBuffer(0)", "new Uint8Array([1, 2, 3]).buffer",
  "new Int8Array([-1])", "new Uint8Array([1, 2])", "new Uint8ClampedArray([300])", "new Int16Array([-2])", "new Uint16Array([2])",
  "new Int32Array([3])", "new Uint32Array([4])", "new Float32Array([1.5])", "new Float64Array([NaN, -0])", "new BigInt64Array([-1n])",
  "new BigUint64Array([2n ** 63n])", "new Uint8Array(0)", "new Uint8Array([1, 2, 3, 4]).subarray(1, 3)", "new Float64Array([1, 2, 3]).subarray(1)",
  "new Proxy({ a: 1 }, {})", "new Proxy([1, 2], {})",
  "Object.setPrototypeOf([1], null)", "Object.setPrototypeOf({ a: 1 }, null)",
]; // prettier-ignore

const evaluate = (source: string): unknown => (0, eval)(`(${source})`) as unknown;

describe.each([
  ["as one of the first in an isolate", false],
  ["later", true],
])("a value crosses as structured clone says, %s", (_, isLate) => {
  // V8's own clone refuses a proxy; ours sends the plain data it shows.
  const expected = (source: string): unknown => {
    const value = evaluate(source);
    if (source.startsWith("new Proxy"))
      return Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
    return structuredClone(value);
  };
  // A view of a part arrives as that part alone, which is the same value to everyone who does not look at its buffer.
  it.each(values)("%s", async (source) => {
    let argument: unknown;
    const { outcome, exports } = await runScript(
      `const sent = ${source.startsWith("{") ? `(${source})` : source};
       export const direct = sent;
       export const result = SecureExec.bindings.exchange(sent);`,
      {
        bindings: {
          exchange(value: unknown) {
            argument = value;
            return evaluate(source);
          },
        },
        isLate,
      },
    );
    expect(outcome).toMatchObject({ kind: "ok" });
    const wanted = expected(source);
    const same = (value: unknown): boolean =>
      Object.is(typeof value, typeof wanted) &&
      // Node 22 finds no two invalid dates equal.
      (isDeepStrictEqual(value, wanted) ||
        (value instanceof Date && Number.isNaN(value.getTime()) && source === "new Date(NaN)"));
    expect(argument).toSatisfy(same);
    expect(exports["direct"]).toSatisfy(same);
    expect(exports["result"]).toSatisfy(same);
  });

  // What structured clone takes for empty objects, or refuses, is known by what it holds.
  it.each([
    "new Map([[1, 'a']])",
    "new Set([1, { a: 2 }])",
    "new Date(5)",
    "/a+/gu",
    "new ArrayBuffer(3)",
    "new Uint8Array([1, 2])",
    "new DataView(new ArrayBuffer(2))",
    "Object('text')",
    "Object(1.5)",
    "Object(false)",
    "Object(5n)",
    "[1, , 2]",
    "({ a: 1 })",
    "({})",
  ])("%s without its prototype crosses as what it is, in both directions", async (source) => {
    const bare = `Object.setPrototypeOf(${source}, null)`;
    let argument: unknown;
    const { exports } = await runScript(
      `const sent = ${bare};
       const got = SecureExec.bindings.exchange(sent);
       export const direct = sent;
       export const same = Object.getPrototypeOf(got) === Object.getPrototypeOf(${source});
       export const result = got;`,
      { bindings: { exchange: (value: unknown) => ((argument = value), evaluate(bare)) } },
    );
    const wanted = evaluate(source);
    expect(argument).toStrictEqual(wanted);
    expect(exports).toStrictEqual({ direct: wanted, same: true, result: wanted });
  });

  it("a Float16Array, where there is one, in both directions", async () => {
    const { Float16Array: Half } = globalThis as { Float16Array?: new (from: number[]) => object };
    let argument: unknown;
    const { exports } = await runScript(
      `const has = typeof Float16Array === "function";
       const sent = has ? [new Float16Array([1.5, -0, NaN]), new Float16Array(4).subarray(1, 2)] : [];
       export const result = SecureExec.bindings.exchange(sent);
       export const kinds = result.map((view) => Object.prototype.toString.call(view));`,
      {
        bindings: {
          exchange: (value: unknown) => (
            (argument = value),
            Half === undefined ? [] : [new Half([1.5, -0, NaN])]
          ),
        },
      },
    );
    if (Half === undefined) return expect([argument, exports]).toEqual([[], { result: [], kinds: [] }]);
    expect(argument).toStrictEqual([new Half([1.5, -0, NaN]), new Half([0])]);
    expect(exports["result"]).toStrictEqual([new Half([1.5, -0, NaN])]);
    expect(exports["kinds"]).toEqual(["[object Float16Array]"]);
  });

  // Here where the engine has it: Node 26.
  it
    .runIf("Temporal" in globalThis)
    .each([
      'Temporal.Instant.from("2026-01-02T03:04:05.123456789Z")',
      'Temporal.ZonedDateTime.from("2026-10-25T02:30:00+01:00[Europe/Berlin]")',
      'Temporal.ZonedDateTime.from("2026-01-02T03:04:05+01:00[Europe/Berlin][u-ca=gregory]")',
      'Temporal.PlainDate.from("2026-01-02[u-ca=japanese]")',
      'Temporal.PlainTime.from("03:04:05.000000001")',
      'Temporal.PlainDateTime.from("2026-01-02T03:04[u-ca=hebrew]")',
      'Temporal.PlainYearMonth.from("2026-01")',
      'Temporal.PlainMonthDay.from({ monthCode: "M05L", day: 3, calendar: "hebrew" })',
      'Temporal.Duration.from("-P1DT2H0.5S")',
    ])("%s, in both directions", async (source) => {
    let argument: unknown;
    const { exports } = await runScript(
      `const value = ${source};
       const back = SecureExec.bindings.f([value, value]);
       export default [back[0] === back[1], back[0].constructor === value.constructor, String(back[0]) === String(value)];`,
      { bindings: { f: (value: unknown) => (argument = value) } },
    );
    expect(exports["default"]).toEqual([true, true, true]);
    const [first] = argument as [object];
    const here = evaluate(source) as object;
    expect([first.constructor, String(first)]).toEqual([here.constructor, String(here)]);
  });

  it("keeps shared and circular references, in both directions", async () => {
    const shared = { n: 1 };
    const circular: { self?: unknown; list: unknown[]; map: Map<unknown, unknown> } = {
      list: [shared, shared],
      map: new Map(),
    };
    circular.self = circular;
    circular.map.set(circular, shared);
    const seen: unknown[] = [];
    const value = await valueOf(
      `const v = SecureExec.bindings.give();
       SecureExec.bindings.keep(v, v.list[0]);
       export default [v.self === v, v.list[0] === v.list[1], v.map.get(v) === v.list[0]]`,
      { bindings: { give: () => circular, keep: (...args: unknown[]) => void seen.push(...args) } },
    );
    expect(value).toEqual([true, true, true]);
    const [back, item] = seen as [typeof circular, unknown];
    expect(back.self).toBe(back);
    expect(back.list[0]).toBe(item);
    expect(back.map.get(back)).toBe(item);
  });

  it("keeps two views of one whole buffer on one buffer", async () => {
    let seen: { a: Uint8Array; b: Uint16Array; buffer: ArrayBuffer } | undefined;
    await runScript(
      `const a = new Uint8Array(4); SecureExec.bindings.keep({ a, b: new Uint16Array(a.buffer), buffer: a.buffer })`,
      { bindings: { keep: (value: typeof seen) => void (seen = value) } },
    );
    expect(seen?.a.buffer).toBe(seen?.buffer);
    expect(seen?.b.buffer).toBe(seen?.buffer);
  });

  it("sends a view of a part of a buffer without the rest, in both directions", async () => {
    let fromGuest: Uint8Array | undefined;
    const pool = Buffer.from("SECRETpublicSECRET");
    const value = await valueOf(
      `const { take, give } = SecureExec.bindings;
       const bytes = new Uint8Array(1000); take(bytes.subarray(10, 12));
       const got = give(); const view = new DataView(new ArrayBuffer(64), 8, 4); view.setInt32(0, 7);
       export default [got.small.length, got.small.buffer.byteLength, got.tiny.buffer.byteLength, got.view.buffer.byteLength,
         take(view).byteLength]`,
      {
        bindings: {
          take(view: Uint8Array) {
            fromGuest ??= view;
            return view;
          },
          give: () => ({
            small: pool.subarray(6, 12),
            tiny: Buffer.from("hi"),
            view: new DataView(pool.buffer, pool.byteOffset, 3),
          }),
        },
      },
    );
    expect(fromGuest?.buffer.byteLength).toBe(2);
    expect(value).toEqual([6, 6, 2, 3, 4]);
  });

  it("reads every accessor once, where it lives", async () => {
    let hostReads = 0;
    const value = await valueOf(
      `let reads = 0;
       const sent = { get a() { return ++reads }, list: [], get b() { return reads } };
       Object.defineProperty(sent.list, 0, { get() { return ++reads }, enumerable: true });
       const back = SecureExec.bindings.echo(sent);
       export default [reads, back, SecureExec.bindings.give().x]`,
      {
        bindings: {
          echo: (v: unknown) => v,
          give: () => ({
            get x() {
              return ++hostReads;
            },
          }),
        },
      },
    );
    // In the order of structured clone: what is inside a member comes before the next one.
    expect(value).toEqual([2, { a: 1, list: [2], b: 2 }, 1]);
    expect(hostReads).toBe(1);
  });

  it("lets an accessor's error surface on its own side", async () => {
    const value = await valueOf(
      `class Mine extends Error {}
       let same;
       try { SecureExec.bindings.echo({ get a() { throw new Mine('guest') } }) } catch (e) { same = e instanceof Mine }
       export default same`,
      { bindings: { echo: (v: unknown) => v } },
    );
    expect(value).toBe(true);
  });

  it("holds for arbitrary data", async () => {
    const data = fc.object({
      maxDepth: 3,
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withUnicodeString: true,
    } as never);
    const samples = fc
      .sample(data, 150)
      .filter(
        (value) =>
          !JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? "" : v)).includes("__proto__"),
      );
    const back = await valueOf(
      `const out = []; for (let i = 0; i < ${samples.length}; i++) out.push(SecureExec.bindings.next(i)); export default out`,
      { bindings: { next: (i: number) => samples[i] }, limits: { payloadBytes: 1 << 24 } },
    );
    samples.forEach((sample, i) => {
      // One side has objects without a prototype: structured clone gives them one.
      expect((back as unknown[])[i], `sample ${i}`).toEqual(structuredClone(sample));
    });
  });
});

describe("errors as values", () => {
  const classes = [
    "Error",
    "EvalError",
    "RangeError",
    "ReferenceError",
    "SyntaxError",
    "TypeError",
    "URIError",
  ];

  it.each(classes)("%s arrives as itself, both ways", async (name) => {
    const Class = (globalThis as unknown as Record<string, ErrorConstructor>)[name]!;
    let argument: unknown;
    const value = await valueOf(
      `const back = SecureExec.bindings.swap(new ${name}('from guest', { cause: new TypeError('why') }));
       export default [back instanceof ${name}, Object.getPrototypeOf(back) === ${name}.prototype, back.message, back.cause,
         Object.keys(back), Object.getOwnPropertyDescriptor(back, 'message').enumerable]`,
      {
        bindings: {
          swap(error: unknown) {
            argument = error;
            return new Class("from host", { cause: 7 });
          },
        },
      },
    );
    expect(argument).toBeInstanceOf(Class);
    expect(argument).toMatchObject({ message: "from guest", cause: new TypeError("why") });
    expect(value).toEqual([true, true, "from host", 7, [], false]);
  });

  it("keeps AggregateError.errors, name, code, own data, identity and cycles", async () => {
    const cause: Error & { self?: unknown } = new Error("loop");
    cause.cause = cause;
    const shared = new RangeError("shared");
    const rich = Object.assign(new AggregateError([shared, new TypeError("b")], "many"), {
      name: "BatchError",
      code: "E_BATCH",
      status: 409,
      shared,
    });
    const value = await valueOf(
      `const { rich, cause, list } = SecureExec.bindings.give();
       export default [rich instanceof AggregateError, rich.name, rich.code, rich.status, rich.errors.length, rich.errors[0] === rich.shared,
         rich.errors[1] instanceof TypeError, cause.cause === cause, list[0] === list[1], [...SecureExec.bindings.map()][0][0] instanceof Error];
       export const back = rich;`,
      {
        bindings: {
          give: () => ({ rich, cause, list: [shared, shared] }),
          map: () => new Map([[new Error("key"), new Set([new Error("member")])]]),
        },
      },
    );
    expect(value).toEqual([true, "BatchError", "E_BATCH", 409, 2, true, true, true, true, true]);
    const { exports } = await runScript(
      `const e = new AggregateError([new TypeError('x')], 'm'); e.code = 'C'; e.n = [1]; e.name = 'N'; export { e }`,
    );
    expect(exports["e"]).toBeInstanceOf(AggregateError);
    expect(exports["e"]).toMatchObject({ code: "C", n: [1], name: "N", errors: [new TypeError("x")] });
  });

  it("an error without a message of its own keeps having none, in both directions", async () => {
    let argument: Error | undefined;
    const value = await valueOf(
      `const [none, empty] = SecureExec.bindings.swap(new TypeError());
       export default [none, empty].map((error) => [Object.hasOwn(error, "message"), error.message, error instanceof TypeError])`,
      { bindings: { swap: (error: Error) => ((argument = error), [new TypeError(), new TypeError("")]) } },
    );
    expect(value).toEqual([
      [false, "", true],
      [true, "", true],
    ]);
    expect(argument).toBeInstanceOf(TypeError);
    expect([Object.hasOwn(argument!, "message"), argument!.message, argument!.stack]).toEqual([
      false,
      "",
      "TypeError",
    ]);
  });

  it("an object that only inherits from an error is plain, in both directions", async () => {
    let argument: unknown;
    const made = "Object.assign(Object.create(TypeError.prototype), { message: 'm', code: 'E' })";
    const value = await valueOf(
      `const back = SecureExec.bindings.swap(${made}); export default [back, Object.getPrototypeOf(back) === Object.prototype]`,
      { bindings: { swap: (given: unknown) => ((argument = given), evaluate(made)) } },
    );
    expect(argument).toStrictEqual({ message: "m", code: "E" });
    expect(value).toStrictEqual([{ message: "m", code: "E" }, true]);
  });

  it("does not take data that looks like a record for an error", async () => {
    const value = await valueOf(
      `export default SecureExec.bindings.echo({ class: 'TypeError', message: 'm' })`,
      {
        bindings: { echo: (v: unknown) => v },
      },
    );
    expect(value).toEqual({ class: "TypeError", message: "m" });
  });

  it("sends no stack, in neither direction", async () => {
    let stack = "";
    const value = await valueOf(
      `const e = SecureExec.bindings.swap(new Error('mine')); export default String(e.stack)`,
      {
        bindings: {
          swap(error: Error) {
            stack = error.stack ?? "";
            return new Error("host");
          },
        },
      },
    );
    expect(stack).toBe("Error: mine");
    expect(value).not.toMatch(/fidelity|run-script|node:|file:/);
  });
});
