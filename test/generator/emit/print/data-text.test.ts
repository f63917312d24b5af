import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { code, dataDoc, json, typescript, type Data } from "../../../../src/generator/emit/print/data.ts";
import { jsonText, typescriptText } from "../../../../src/generator/emit/print/data-text.ts";
import { print } from "../../../../src/generator/emit/print/doc.ts";

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ minLength: 30, maxLength: 90 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("kind", "reference", 'say "no"', "界".repeat(20), "👨‍👩‍👧", "line\nend", "\u202e"),
);
const key = fc.stringMatching(/^[a-z]{1,12}$/u);

/** Sizes around the width of a page are where layouts differ. */
const { data } = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.constantFrom<Data>(null, true, false, undefined as never, -0, 1e21, 17),
    fc.constant<Data>(code("accepts1")),
    fc.array(tie("data"), { maxLength: 6 }),
    fc.dictionary(key, tie("data"), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

describe("data as text", () => {
  it("is laid out as the docs of the same data", () => {
    fc.assert(
      fc.property(fc.array(data, { maxLength: 5 }), (list) => {
        const value: Data = list.map((part) => part ?? null);
        expect(typescriptText("const contract: RegistryContract = ", value, ";")).toBe(
          print(["const contract: RegistryContract = ", dataDoc(value, typescript), ";"]),
        );
        expect(jsonText(value)).toBe(print(dataDoc(value, json)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("leaves out properties that are undefined", () => {
    expect(jsonText({ a: undefined, b: 1 })).toBe('{ "b": 1 }');
    expect(jsonText({ a: undefined })).toBe("{}");
  });
});
