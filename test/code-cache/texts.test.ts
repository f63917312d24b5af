/** What is unpacked is what was packed, or nothing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { packTexts, unpackTexts } from "../../src/code-cache/texts.ts";

const some = fc.array(
  fc.record({ fileName: fc.string({ unit: "binary" }), text: fc.string({ unit: "grapheme" }) }),
);

it("gives the texts back", () => {
  fc.assert(
    fc.property(some, (texts) => {
      const unpacked = unpackTexts(Buffer.from(packTexts(texts)));
      expect(unpacked?.map(({ fileName, text }) => ({ fileName, text }))).toEqual(texts);
    }),
  );
});

it("gives nothing of a file that is not whole", () => {
  const packed = Buffer.from(packTexts([{ fileName: "lib.es5.d.ts", text: "interface Array<T> {}" }]));
  for (let length = 0; length < packed.length; length++)
    expect(unpackTexts(packed.subarray(0, length))).toBeNull();
  expect(unpackTexts(Buffer.concat([packed, Buffer.from("x")]))).toBeNull();
});
