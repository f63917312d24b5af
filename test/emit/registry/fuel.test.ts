/**
 * What emitted validators pay for: every way in which a small value can make much work, and every way in which one can
 * nest. Each is asked of the emitted code alone, before anybody gives a refused value a second hearing.
 */
import { describe, expect, it } from "vitest";
import { validatorDepth, validatorFuel } from "../../../src/model/limits.ts";
import type { LeafTable } from "../../../src/model/registry.ts";
import type { Shape } from "../../../src/model/shape.ts";
import {
  alias,
  array,
  contract,
  element,
  interfaceOf,
  leaf,
  map,
  nil,
  number,
  object,
  overloaded,
  record,
  ref,
  set,
  tuple,
  union,
} from "../build.ts";
import { load } from "../load.ts";

const node = ref("Node");

/** Shapes of a node that can hold two of its kind, the smallest value of each, and how a larger one is made of a smaller. */
const ways: readonly [string, Shape, unknown, (inner: unknown) => unknown][] = [
  ["properties", object({ "a?": node, "b?": node }), {}, (inner) => ({ a: inner, b: inner })],
  ["a list", object({ of: array(node) }), { of: [] }, (inner) => ({ of: [inner, inner] })],
  [
    "a list in a list",
    object({ of: array(array(node)) }),
    { of: [] },
    (inner) => ({ of: [[inner], [inner]] }),
  ],
  [
    "places of a tuple",
    tuple(element(node, "optional"), element(node, "optional")),
    [],
    (inner) => [inner, inner],
  ],
  ["the rest of a tuple", tuple(element(node, "rest")), [], (inner) => [inner, inner]],
  ["a record", record(node), {}, (inner) => ({ a: inner, b: inner })],
  ["values of a map", map(number, node), new Map(), (inner) => new Map([1, 2].map((key) => [key, inner]))],
  [
    "a set and a property",
    object({ "a?": node, of: set(node) }),
    { of: new Set() },
    (inner) => ({ a: inner, of: new Set([inner]) }),
  ],
  ["a union", union(nil, object({ a: node, b: node })), null, (inner) => ({ a: inner, b: inner })],
];

function nested([, , smallest, larger]: (typeof ways)[number], levels: number): unknown {
  let value = smallest;
  for (let level = 0; level < levels; level++) value = larger(value);
  return value;
}

function acceptsOf(shape: Shape): (value: unknown) => boolean {
  const declared = shape.kind === "object" ? interfaceOf("Node", shape) : alias("Node", shape);
  const [table] = load(contract({ f: leaf([node], number) }, [declared])).raw;
  if (table === undefined) throw new Error("The contract has one leaf.");
  return (value) => table.accepts([value]);
}

describe.each(ways)("a type that meets itself through %s", (...way) => {
  const accepts = acceptsOf(way[1]);

  it("takes a value of ten levels", () => {
    expect(accepts(nested(way, 10))).toBe(true);
  });

  it("refuses a graph of 24 levels that share what is below", () => {
    expect(accepts(nested(way, 24))).toBe(false);
  });

  it("refuses a chain that is too deep to follow", () => {
    expect(accepts(nested(way, 20_000))).toBe(false);
  });
});

/** Ways to hold two of the next type in a chain of types that ends, none of which can meet itself. */
const ending: readonly [string, (next: Shape) => Shape, (inner: unknown) => unknown][] = [
  ["properties", (next) => object({ a: next, b: next }), (inner) => ({ a: inner, b: inner })],
  ["optional properties", (next) => object({ "a?": next, "b?": next }), (inner) => ({ a: inner, b: inner })],
  ["places of a tuple", (next) => tuple(next, next), (inner) => [inner, inner]],
  [
    "two lists",
    (next) => object({ a: array(next), b: array(next) }),
    (inner) => ({ a: [inner], b: [inner] }),
  ],
  ["a record", (next) => record(next), (inner) => ({ a: inner, b: inner })],
  [
    "a union",
    (next) => union(nil, object({ kind: next, other: next })),
    (inner) => ({ kind: inner, other: inner }),
  ],
];

describe.each(ending)("types that hold two of the next through %s", (_, hold, larger) => {
  /** `Level0` holds two of `Level1`, and so on; the last one is a number. */
  const chain = (levels: number): LeafTable => {
    const declared = Array.from({ length: levels }, (_, at) =>
      alias(`Level${at}`, hold(at + 1 === levels ? number : ref(`Level${at + 1}`))),
    );
    const [table] = load(contract({ f: leaf([ref("Level0")], ref("Level0")) }, declared)).registry.leaves;
    if (!table?.contract) throw new Error("The contract has one leaf.");
    return table.contract;
  };
  const shared = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level++) value = larger(value);
    return value;
  };

  it("take a value of ten levels", () => {
    expect(chain(10).accepts([shared(10)])).toBe(true);
  });

  it("refuse a graph of 40 levels that share what is below, but from the host", () => {
    const table = chain(40);
    expect(table.accepts([shared(40)])).toBe(false);
    expect(table.acceptsResult(shared(40))).toBe(true);
  });
});

describe("a list without a type that meets itself", () => {
  const [table] = load(contract({ f: leaf([array(array(number))], number) })).raw;

  it("costs a step for each of its elements", () => {
    const row = (length: number): number[] => Array.from({ length }, () => 1);
    expect(table?.accepts([[row(validatorFuel - 1)]])).toBe(true);
    expect(table?.accepts([[row(validatorFuel)]])).toBe(false);
    const shared = row(1_000);
    expect(table?.accepts([Array.from({ length: 99 }, () => shared)])).toBe(true);
    expect(table?.accepts([Array.from({ length: 101 }, () => shared)])).toBe(false);
  });

  it("may cost more when it weighs more, in arguments and in results, of overloads too", () => {
    const row = Array.from({ length: 300_000 }, () => 1);
    expect(table?.accepts([[row]])).toBe(false);
    expect(table?.accepts([[row]], 300_001)).toBe(true);
    expect(table?.accepts([[row]], 300_000)).toBe(false);
    const list = leaf([array(number)], array(number));
    const [both] = load(contract({ f: overloaded(list, leaf([set(number)], set(number))) })).raw;
    for (const value of [row, new Set(row.map((_, at) => at))]) {
      expect(both?.accepts([value])).toBe(false);
      expect(both?.accepts([value], 300_001)).toBe(true);
      expect(both?.acceptsResult(value)).toBe(false);
      expect(both?.acceptsResult(value, 300_001)).toBe(true);
    }
  });

  it("of four billion holes is refused before it is read", () => {
    const holes: unknown[] = [];
    holes.length = 2 ** 32 - 1;
    expect(table?.accepts([holes])).toBe(false);
  });
});

describe("nesting", () => {
  it("is followed for as many levels as the limit says, and no further", () => {
    const accepts = acceptsOf(object({ "next?": node }));
    const chain = (levels: number): object => {
      let value: object = {};
      for (let level = 1; level < levels; level++) value = { next: value };
      return value;
    };
    expect(accepts(chain(validatorDepth))).toBe(true);
    expect(accepts(chain(validatorDepth + 1))).toBe(false);
  });
});
