/**
 * What the words of a message are taken for, the validator of the leaf would accept; what it would refuse is never taken.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Declaration } from "../../../src/model/contract.ts";
import { validatorDepth } from "../../../src/model/limits.ts";
import type { LeafTable, RegistryDeclaration } from "../../../src/model/registry.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { decode, encode } from "../../../src/runtime/crossing/host-codec.ts";
import { isDeclaredResult } from "../../../src/runtime/host/result-in-words.ts";
import {
  all, array, boolean, date, echo, index, interfaceOf, literal, map, nil, number, object, record, ref, string, tuple, undef, union, unknown,
} from "../../emit/build.ts"; // prettier-ignore
import { load } from "../../emit/load.ts";
import { arbitraryContract } from "../../emit/shapes.ts";
import { anything, mutate, valueOf } from "../../emit/values.ts";

/** What is taken for a result, and what the validator says of it when it has arrived. */
function judged(
  table: LeafTable,
  declarations: readonly RegistryDeclaration[],
  value: unknown,
): { readonly taken: boolean; readonly accepted: boolean } {
  const encoded = encode(value, Infinity);
  if (!encoded.ok) return { taken: false, accepted: false };
  const taken = isDeclaredResult(encoded.message, table, declarations);
  const decoded = decode(encoded.message, Infinity);
  if (!decoded.ok) throw new Error("What was encoded cannot be decoded.");
  return { taken, accepted: table.acceptsResult(decoded.value) };
}

function judgedAs(
  shape: Shape,
  value: unknown,
  declarations: readonly Declaration[] = [],
): ReturnType<typeof judged> {
  const { registry } = load(echo(shape, declarations));
  return judged(registry.leaves[0]!.contract!, registry.declarations, value);
}

const user = object({ id: number, "name?": string });
const pair = object({ a: user, b: user });
const tree = interfaceOf("Tree", object({ "left?": ref("Tree"), "right?": ref("Tree") }));

describe("results in words", () => {
  it.each<[string, Shape, unknown]>([
    ["an object", user, { id: 1, name: "Ada" }],
    ["an object in another order", user, { name: "Ada", id: 1 }],
    ["an object without an optional property", user, { id: 1 }],
    ["an object of nothing", object({}), {}],
    ["a number with a fraction", object({ of: number }), { of: 0.5 }],
    ["letters of several kinds", array(string), ["größe", "名前", ""]],
    ["what may be several primitives", array(union(number, nil, undef, boolean)), [1, null, undefined, true]],
    ["what may be nothing", array(union(user, nil)), [{ id: 1 }, null]],
    ["names that other objects have too", object({ id: object({ id: number }), a: object({ id: number, a: number }) }), { id: { id: 1 }, a: { id: 1, a: 2 } }], // prettier-ignore
    ["rows of several shapes", array(user), [{ id: 1 }, { id: 2, name: "x" }, { name: "y", id: 3 }, { id: 4 }]], // prettier-ignore
  ])("take %s", (_, shape, value) => {
    expect(judgedAs(shape, value)).toEqual({ taken: true, accepted: true });
  });

  it.each<[string, Shape, unknown]>([
    ["a property of another type", user, { id: "1" }],
    ["a missing property", user, { name: "Ada" }],
    ["a missing property beside one too many", object({ a: number, b: number }), { a: 1, c: 2 }],
    ["a property too many", user, { id: 1, more: 1 }],
    ["names with the same letters", object({ ab: number, c: number }), { a: 1, bc: 2 }],
    ["undefined where a property may be missing", user, { id: 1, name: undefined }],
    ["an array for an object", user, []],
    ["an object for an array", array(user), {}],
    ["a hole", array(string), [, "a"]],
    ["false for null", array(nil), [false]],
    ["what one part of an intersection refuses", all(object({ a: number }), object({ a: union(number, string) })), { a: "x" }], // prettier-ignore
    ["what the other part refuses", all(object({ a: union(number, string) }), object({ a: number })), { a: "x" }], // prettier-ignore
    ["the wrong one of two places", object({ a: array(number), b: array(string) }), { a: [1], b: [1] }],
  ])("do not take %s", (_, shape, value) => {
    expect(judgedAs(shape, value)).toEqual({ taken: false, accepted: false });
  });

  it.each<[string, Shape, unknown]>([
    ["literals", object({ kind: literal("a") }), { kind: "a" }],
    ["unions of objects", union(user, pair), { id: 1 }],
    ["records", record(number), { a: 1 }],
    ["properties beside an index", object({ a: number }, [index("string", number)]), { a: 1, b: 2 }],
    ["tuples", tuple(number), [1]],
    ["arrays with names", array(number), Object.assign([1], { more: 1 })],
    ["dates", array(date), [new Date(0)]],
    ["maps", map(string, number), new Map([["a", 1]])],
    ["anything", unknown, { a: 1 }],
  ])("leave %s to the validator", (_, shape, value) => {
    expect(judgedAs(shape, value)).toEqual({ taken: false, accepted: true });
  });

  it("take what is in two places for what both declare", () => {
    const ada = { id: 1 };
    expect(judgedAs(pair, { a: ada, b: ada })).toEqual({ taken: true, accepted: true });
    const other = object({ a: user, b: object({ id: string }) });
    expect(judgedAs(other, { a: ada, b: ada })).toEqual({ taken: false, accepted: false });
  });

  it("take what contains itself, and what is in very many places", () => {
    const circle: { left?: object } = {};
    circle.left = circle;
    expect(judgedAs(ref("Tree"), circle, [tree])).toEqual({ taken: true, accepted: true });
    expect(judgedAs(ref("Tree"), Object.assign(circle, { right: { left: 1 } }), [tree])).toEqual({ taken: false, accepted: false }); // prettier-ignore
    let value: object = {};
    for (let level = 0; level < 30; level++) value = { left: value, right: value };
    expect(judgedAs(ref("Tree"), value, [tree])).toEqual({ taken: true, accepted: true });
  });

  it("leave what is deeper than the validator goes to the validator", () => {
    const chain = (levels: number): object => (levels === 0 ? {} : { left: chain(levels - 1) });
    expect(judgedAs(ref("Tree"), chain(validatorDepth), [tree])).toEqual({ taken: false, accepted: false });
    expect(judgedAs(ref("Tree"), chain(validatorDepth - 1), [tree])).toEqual({ taken: true, accepted: true });
  });

  it("are never taken for what the validator of their type refuses", () => {
    let taken = 0;
    fc.assert(
      fc.property(arbitraryContract, fc.infiniteStream(anything), fc.integer(), (contract, strange, seed) => {
        const { registry } = load(contract);
        const random = fc.sample(fc.double({ min: 0, max: 0.999999, noNaN: true }), { numRuns: 200, seed });
        let drawn = 0;
        const next = (): number => random[drawn++ % random.length]!;
        for (const { contract: table } of registry.leaves) {
          const made = valueOf(table!.signatures[0]!.result, contract.declarations);
          const fitting = made === null ? [] : fc.sample(made, { numRuns: 4, seed });
          const values = [...fitting, ...fitting.map((value) => mutate(value, next)), strange.next().value];
          for (const value of values) {
            const found = judged(table!, registry.declarations, value);
            if (found.taken) expect(found.accepted).toBe(true);
            if (found.taken) taken++;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});
