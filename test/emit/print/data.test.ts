import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import {
  code,
  type Data,
  jsonText,
  lasting,
  type PrintedData,
  typescriptText,
} from "../../../src/emit/print/data.ts";

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ minLength: 30, maxLength: 90 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("kind", "reference", 'say "no"', "界".repeat(20), "👨‍👩‍👧", "line\nend", "\u202e"),
);
const key = fc.stringMatching(/^[a-z]{1,12}$/u);

/** Sizes around the width of a page are where layouts differ. */
const dataOf = (expressions: readonly Data[]) =>
  fc.letrec<{ data: Data }>((tie) => ({
    data: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      text,
      fc.constantFrom<Data>(null, true, false, ...expressions),
      fc.array(tie("data"), { maxLength: 6 }),
      fc.dictionary(key, tie("data"), { maxKeys: 6, noNullPrototype: true }),
    ),
  })).data;

describe("printed data", () => {
  it("is laid out as prettier would, in TypeScript", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dataOf([code("accepts1")]), { maxLength: 5 }), async (list) => {
        const printed = typescriptText("const contract: RegistryContract = ", list, ";");
        expect(await format(printed, { parser: "typescript", objectWrap: "collapse" })).toBe(`${printed}\n`);
      }),
      { numRuns: 500 },
    );
  });

  it("is laid out as prettier would, in JSON, and says what the data says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dataOf([17, 1e21]), { maxLength: 5 }), async (list) => {
        const printed = jsonText(list);
        expect(JSON.parse(printed)).toEqual(list);
        expect(await format(printed, { parser: "json", objectWrap: "collapse" })).toBe(`${printed}\n`);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same wherever lasting data stood before", () => {
    fc.assert(
      fc.property(fc.array(dataOf([17]), { minLength: 1, maxLength: 5 }), (list) => {
        const printed: PrintedData = new WeakMap();
        const lists = lasting(printed, list);
        for (const around of [lists, { of: lists, again: lists }, [[{ of: lists }], lists], lists]) {
          expect(typescriptText("const contract = ", around, ";", printed)).toBe(
            typescriptText("const contract = ", around, ";"),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [{ a: undefined, b: 1 }, '{ "b": 1 }'],
    [{ a: undefined }, "{}"],
    [[], "[]"],
    [[-0, 1e21, 1.5], "[-0, 1e21, 1.5]"],
  ] as const)("of %j is %s", (data, printed) => {
    expect(jsonText(data)).toBe(printed);
  });
});
