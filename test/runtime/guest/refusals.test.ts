import { describe, expect, it } from "vitest";
import { runScript, valueOf } from "./support/run-script.ts";

const echo = { bindings: { "db.insert": (...args: unknown[]) => args.length } };

/** The error a call with these arguments throws, as `[name, code, message]`. */
const refusal = async (args: string, before = ""): Promise<unknown> =>
  valueOf(
    `${before}
     let caught = null;
     try { SecureExec.bindings.db.insert(${args}) } catch (e) { caught = [e instanceof TypeError ? 'TypeError' : e.name, e.code, e.message] }
     export default caught`,
    echo,
  );

describe("what may not cross is refused with its path", () => {
  it.each([
    ["1, { rows: [{ onClick() {} }] }", "argument 2, at .rows[0].onClick: a function cannot cross"],
    ["() => 1", "argument 1: a function cannot cross"],
    ["class {}", "argument 1: a function cannot cross"],
    ["new Proxy(function () {}, {})", "argument 1: a function cannot cross"],
    ["Symbol('s')", "argument 1: a symbol cannot cross"],
    ["[Symbol.iterator]", "argument 1, at [0]: a symbol cannot cross"],
    ["Object(Symbol())", "argument 1: a symbol cannot cross"],
    ["{ 'a b': { c: new WeakMap() } }", 'argument 1, at ["a b"].c: a WeakMap cannot cross'],
    ["new WeakSet()", "argument 1: a WeakSet cannot cross"],
    [
      "[new RegExp('\\\\p{RGI_Emoji}'.repeat(3), 'v')]",
      "argument 1, at [0]: more than 4096 characters of regular expressions (`\\p{…}` counts more) cannot cross",
    ],
    [
      "Array.from({ length: 50 }, (_, i) => new RegExp(i + '.'.repeat(100)))",
      "argument 1, at [40]: more than 4096 characters of regular expressions (`\\p{…}` counts more) cannot cross",
    ],
    ["new WeakRef({})", "argument 1: a WeakRef cannot cross"],
    ["Promise.resolve(1)", "argument 1: a promise (await it first) cannot cross"],
    ["[1, Promise.reject(1).catch(() => {})]", "argument 1, at [1]: a promise (await it first) cannot cross"],
    [
      "(function* () {})()",
      "argument 1: an iterator or generator (collect it into an array first) cannot cross",
    ],
    ["[].values()", "argument 1: an iterator or generator (collect it into an array first) cannot cross"],
    [
      "new Map().keys()",
      "argument 1: an iterator or generator (collect it into an array first) cannot cross",
    ],
    ["(async function* () {})()", "argument 1: an async iterator or generator cannot cross"],
    ["new FinalizationRegistry(() => {})", "argument 1: a FinalizationRegistry cannot cross"],
    ["globalThis", "argument 1: the global object cannot cross"],
    [
      'JSON.parse(\'{"a":{"__proto__":1}}\')',
      "argument 1, at .a.__proto__: an own property of this name cannot cross",
    ],
    ["Object.assign([], { get x() { return () => 1 } })", "argument 1, at .x: a function cannot cross"],
    ["new Map([[{ k: Symbol() }, 1]])", "argument 1, at <key 0>.k: a symbol cannot cross"],
    ["new Map([[1, Symbol()]])", "argument 1, at <value 0>: a symbol cannot cross"],
    ["new Set([1, () => 1])", "argument 1, at <member 1>: a function cannot cross"],
    ["new Error('x', { cause: () => 1 })", "argument 1, at .cause: a function cannot cross"],
    ["Object.assign(new Error('x'), { retry() {} })", "argument 1, at .retry: a function cannot cross"],
    ["{ toJSON() { return 1 } }", "argument 1, at .toJSON: a function cannot cross"],
    ["2n ** 65536n", "argument 1: a bigint of more than 65536 bits cannot cross"],
    ["-(2n ** 70000n)", "argument 1: a bigint of more than 65536 bits cannot cross"],
  ])("%s", async (args, message) => {
    expect(await refusal(args)).toEqual(["TypeError", "ERR_BINDING_NOT_CLONABLE", `db.insert, ${message}`]);
  });

  it.each<[string, string]>([
    ["new Intl.Locale('de')", "an Intl.Locale (send its text)"],
    ["new Intl.NumberFormat()", "an Intl.NumberFormat"],
    ["new Intl.DateTimeFormat()", "an Intl.DateTimeFormat"],
    ["new (class extends Intl.Collator {})()", "an Intl.Collator"],
  ])("%s", async (args, what) => {
    const message = `db.insert, argument 1: ${what} cannot cross`;
    expect(await refusal(args)).toEqual(["TypeError", "ERR_BINDING_NOT_CLONABLE", message]);
  });

  it.each(["DisposableStack", "AsyncDisposableStack"])("a %s, where there is one", async (name) => {
    const value = await refusal(`typeof ${name} === 'function' ? new ${name}() : () => 1`);
    const message = expect.stringMatching(
      new RegExp(`argument 1: an? (${name}|function) cannot cross`),
    ) as string;
    expect(value).toEqual(["TypeError", "ERR_BINDING_NOT_CLONABLE", message]);
  });

  it("nothing is sent when something is refused", async () => {
    let calls = 0;
    await runScript("try { SecureExec.bindings.f(1, () => 1) } catch {}", { bindings: { f: () => calls++ } });
    expect(calls).toBe(0);
  });

  it("an asynchronous leaf rejects, it does not throw", async () => {
    const value = await valueOf(
      `const p = SecureExec.bindings.f(() => 1);
       export default [p instanceof Promise, await p.catch((e) => e.code)]`,
      { bindings: { f: { mode: "async", call: () => 1 } } },
    );
    expect(value).toEqual([true, "ERR_BINDING_NOT_CLONABLE"]);
  });

  it("an export is named", async () => {
    const { outcome } = await runScript("export const a = 1; export const handlers = { click: [() => 1] }");
    expect(outcome).toMatchObject({
      kind: "error",
      error: {
        name: "TypeError",
        code: "ERR_BINDING_NOT_CLONABLE",
        message: "export handlers, at .click[0]: a function cannot cross",
      },
    });
  });
});

describe("deep data is refused, not crashed on", () => {
  it.each(["d = [d]", "d = { d }", "d = new Map([[d, d]])", "d = new Set([d])", "d = new Error('', { cause: d })"])("%s, 20,000 times", async (step) => {
    const value = (await refusal("d", `let d = []; for (let i = 0; i < 20000; i++) ${step};`)) as string[];
    expect(value[1]).toBe("ERR_BINDING_NOT_CLONABLE");
    expect(value[2]).toContain("nested deeper than 500 levels cannot cross");
  }); // prettier-ignore

  it.each([
    ["d = [d]", "d[0]"],
    ["d = { d }", "d.d"],
    ["d = new Map([[1, d]])", "d.get(1)"],
    ["d = new Set([d])", "[...d][0]"],
    ["d = new Error('', { cause: d })", "d.cause"],
  ])("450 levels of %s are fine, both ways", async (step, back) => {
    const value = await valueOf(
      `let d = 1; for (let i = 0; i < 450; i++) ${step};
       let n = 0; for (d = SecureExec.bindings.echo(d); d !== 1; d = ${back}) n++;
       export default n`,
      { bindings: { echo: (v: unknown) => v } },
    );
    expect(value).toBe(450);
  });

  it("a stack that is nearly used up makes an error in the script, not in the host", async () => {
    let failures = 0;
    const value = await valueOf(
      `let calls = 0, caught = 0;
       (function f() { try { calls++; SecureExec.bindings.work({ a: [calls] }); f() } catch { caught++ } })();
       export default [calls > 100, caught > 0, SecureExec.bindings.work({ a: [] })]`,
      {
        bindings: {
          work(value: unknown) {
            try {
              return JSON.parse(JSON.stringify(value)) !== null;
            } catch {
              failures++;
              return false;
            }
          },
        },
      },
    );
    expect(value).toEqual([true, true, true]);
    expect(failures).toBe(0);
  });

  it("a stack that is used up while the first rare value is looked at changes no later one", async () => {
    const value = await valueOf(
      `const { echo } = SecureExec.bindings;
       const values = [new Map([[1, 2]]), new Date(5), new ArrayBuffer(3), [1n, /a/g]];
       // At every depth that is left.
       const f = () => { try { f() } catch (error) { echo(values); throw error } };
       try { f() } catch {}
       const [map, date, buffer, [bigint, pattern]] = echo(values);
       let code; try { echo(Promise.resolve()) } catch (error) { ({ code } = error) }
       export default [map.get(1), date.getTime(), buffer.byteLength, bigint, pattern.flags, code]`,
      { bindings: { echo: (v: unknown) => v } },
    );
    expect(value).toEqual([2, 5, 3, 1n, "g", "ERR_BINDING_NOT_CLONABLE"]);
  });
});

describe("size", () => {
  const small = { bindings: { f: { call: () => 1, maxPayloadBytes: 10_000 } } };
  const code = (args: string): Promise<unknown> =>
    valueOf(
      `let c = 'sent'; try { SecureExec.bindings.f(${args}) } catch (e) { c = [e.name, e.code, e.message] } export default c`,
      small,
    );
  const tooLarge = ["RangeError", "ERR_SANDBOX_PAYLOAD_TOO_LARGE", expect.stringContaining("f, argument ")];

  it.each([
    "'x'.repeat(10_001)", "['x'.repeat(10_001)]", "'\\u4e00'.repeat(5_001)", "['\\u4e00'.repeat(5_001)]", "{ ['k'.repeat(10_001)]: 1 }",
    "new Uint8Array(10_001)", "new Uint8Array(20_000).subarray(1, 10_003)", "new ArrayBuffer(10_001)", "new DataView(new ArrayBuffer(10_001))",
    "Object.assign([], { length: 2 ** 32 - 1 })", "Array(10_001)", "Array(2000).fill(1)", "Array(2000).fill({}).map(() => ({}))",
    "new Map(Array.from({ length: 700 }, (_, i) => [i, i]))", "new Set(Array.from({ length: 1300 }, (_, i) => i))",
    "new Error('x'.repeat(10_001))", "new RegExp('x'.repeat(10_001))", "new String('x'.repeat(10_001))", "2n ** 60000n, 2n ** 60000n",
  ])("%s is over 10,000 bytes", async (args) => {
    expect(await code(args)).toEqual(tooLarge);
  }); // prettier-ignore

  it("a string repeated by reference is counted each time", async () => {
    expect(await code("Array(20).fill('x'.repeat(1000))")).toEqual(tooLarge);
  });

  it("what is under the limit is sent", async () => {
    expect(await code("'x'.repeat(9_900)")).toBe("sent");
    expect(await code("'\\u4e00'.repeat(4_900)")).toBe("sent");
    // Beside its bytes a view counts itself, its buffer and the list of arguments.
    expect(await code("new Uint8Array(9_800)")).toBe("sent");
    expect(await code("Array(1000).fill(1)")).toBe("sent");
  });

  it("an object referred to twice is counted once", async () => {
    expect(await code("(() => { const o = { t: 'x'.repeat(6000) }; return [o, o] })()")).toBe("sent");
  });

  it("the argument is named", async () => {
    expect(await code("1, 2, 'x'.repeat(10_001)")).toEqual([
      "RangeError",
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
      "f, argument 3: the payload is larger than the limit of 10000 bytes",
    ]);
  });

  it("exports have the limit of the run", async () => {
    const { outcome } = await runScript("export const big = 'x'.repeat(5000)", {
      limits: { payloadBytes: 1000 },
    });
    expect(outcome).toMatchObject({ kind: "error", error: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" } });
  });

  const lying = (length: string, target: string): string =>
    `(() => { let asked = 0; return new Proxy(${target}, {
       get: (t, key, r) => key === "length" && asked++ === 0 ? ${length} : Reflect.get(t, key, r) }) })()`;
  /** An argument as the host gets it: the list, its length and its names. */
  const arrives = async (arg: string): Promise<unknown[]> => {
    let got: unknown[] = [];
    const take = (list: unknown[]): void => void (got = [list, list.length, Object.keys(list)]);
    await valueOf(`SecureExec.bindings.take(${arg}); export default 1`, { bindings: { take } });
    return got;
  };

  // Whatever it would say next: the length is asked for once, and no more than was counted is read.
  it.each(["0", "NaN", "undefined", "-5", "1e-9", "'0'", "0n", "{ valueOf: () => NaN }"])(
    "a proxy that first says its length is %s arrives empty",
    async (length) => {
      for (const target of ["Array(20).fill('x'.repeat(1000))", "Array(20000)", "[() => 1]"]) {
        expect(await arrives(lying(length, target))).toEqual([[], 0, []]);
      }
    },
  );

  it.each([3, 19])("a proxy that first says its length is %i arrives with so many", async (length) => {
    const list = Array<string>(length).fill("x".repeat(100));
    const arrived = await arrives(lying(String(length), "Array(20).fill('x'.repeat(100))"));
    expect(arrived).toEqual([list, length, Object.keys(list)]);
  });

  it("a proxy that says its length is more than it may be", async () => {
    expect(await code(lying("2 ** 32 - 1", "[1]"))).toEqual(tooLarge);
    expect(await code(lying("1250", "[1]"))).toEqual(tooLarge);
  });

  it("an index beyond the length does not cross", async () => {
    const proxy = `new Proxy([1], {
      ownKeys: () => ["0", "4294967294", "length"],
      getOwnPropertyDescriptor: (t, key) => key === "4294967294"
        ? { value: 1, enumerable: true, configurable: true, writable: true } : Reflect.getOwnPropertyDescriptor(t, key) })`;
    expect(await arrives(proxy)).toEqual([[1], 1, ["0"]]);
    // It is longer when it has been read, and arrives with the length it had.
    const growing = "(() => { const a = [{ get x() { a[4294967294] = 1; return 1 } }]; return a })()";
    expect(await arrives(growing)).toEqual([[{ x: 1 }], 1, ["0"]]);
  });
});
