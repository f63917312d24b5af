import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect } from "../../../src/runtime/crossing/delivery.ts";
import { format } from "../../../src/runtime/crossing/format.ts";
import { encode } from "../../../src/runtime/crossing/host-codec.ts";
import { hostPrimordials } from "../../../src/runtime/crossing/host-realm.ts";
import { makeFewExports } from "../../../src/runtime/guest/prelude/few-exports.ts";

const writeFew = makeFewExports(hostPrimordials, format);

/** The message of a script's exports, when they are few, as their host gets it. */
function written(exports: Readonly<Record<string, unknown>>, maxCost = Infinity) {
  const names = Object.keys(exports);
  const few = writeFew(
    names,
    names.map((name) => exports[name]),
    maxCost,
  );
  if (few === undefined) return null;
  const { words, from, to, text, isWide } = collect(few.words, few.text, []);
  return { words: [...words.subarray(from, to)], text, isWide };
}

function encoded(exports: unknown) {
  const result = encode(exports, Infinity);
  if (!result.ok) throw new Error(result.refusal.reason);
  const { words, from, to, text, isWide } = result.message;
  return { words: [...words.subarray(from, to)], text, isWide };
}

describe("few exports", () => {
  it.each<Record<string, unknown>>([
    {},
    { default: 7 },
    { default: undefined },
    { default: "Ada", count: -(2 ** 27), most: 2 ** 27 - 1, yes: true, no: false, none: null, "a b": 0 },
    { größe: "wide \u2603", default: "\ud800" },
  ])("%j are written as the encoder writes them", (exports) => {
    expect(written(exports)).toEqual(encoded(exports));
  });

  const primitive = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.bigInt(),
  );
  it("are what the encoder writes, or left to it", () => {
    const exports = fc.dictionary(fc.string({ unit: "binary" }), primitive, { noNullPrototype: true });
    fc.assert(
      fc.property(exports, (some) => {
        const few = written(some);
        if (few !== null) expect(few).toEqual(encoded(some));
      }),
    );
  });

  it.each<[what: string, exports: Record<string, unknown>]>([
    ["an object", { default: {} }],
    ["a function", { default: () => 1 }],
    ["a symbol", { default: Symbol("s") }],
    ["a negative zero", { default: -0 }],
    ["a fraction", { default: 0.5 }],
    ["a large number", { default: 2 ** 27 }],
    ["a name that is a number", { "1": 1 }],
    ["a name that cannot cross", { ["__proto__"]: 1 }],
    ["a long name", { ["n".repeat(65)]: 1 }],
    ["many names", Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`v${i}`, i]))],
  ])("%s is left to the encoder", (_, exports) => {
    expect(written(exports)).toBeNull();
  });

  it("leave what may be over the limit to the encoder, which refuses what is", () => {
    const exports = { default: "n".repeat(1000) };
    const { bytes } = encode(exports, Infinity) as { readonly bytes: number };
    expect(written(exports, bytes - 1)).toBeNull();
    expect(written(exports, bytes * 2)).toEqual(encoded(exports));
    for (const cost of [bytes, bytes + 100, bytes + 900, bytes + 1006])
      expect(written({ default: "\u2603".repeat(1000) }, cost)).toBeNull();
  });
});
