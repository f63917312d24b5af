/** TextEncoder, TextDecoder, atob and btoa against Node's. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueOf } from "../support/run-script.ts";
import { expectSame, isNode22 } from "./both.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom("a", "é", "€", "😀", "\ud83d", "\ude00", "\0", "\ufeff"),
    maxLength: 12,
  }),
);

/** Bytes that often are almost a letter. */
const bytes = fc
  .array(
    fc.oneof(
      fc.nat(255),
      fc.constantFrom(
        0xc2,
        0xe0,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0x80,
        0x9f,
        0xa0,
        0xbf,
        0xbb,
        0xd8,
        0xdc,
        0xfe,
        0xff,
        0x41,
      ),
    ),
    { maxLength: 24 },
  )
  .map((list) => new Uint8Array(list));

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { numRuns: count, seed: 7 });

describe("TextEncoder", () => {
  it("writes the same bytes", async () => {
    await expectSame("return new TextEncoder().encode(input);", [
      ...sample(text, 400),
      "x".repeat(10_000) + "€".repeat(5_000),
    ]);
  });

  it("fills what room there is", async () => {
    await expectSame(
      "const target = new Uint8Array(20).subarray(2, 2 + input[1]); const { read, written } = new TextEncoder().encodeInto(input[0], target); return [read, written, new Uint8Array(target.buffer)];",
      sample(fc.tuple(text, fc.nat(12)), 300),
    );
  });

  it("takes its arguments as the standard says", async () => {
    await expectSame("return new TextEncoder().encode(input);", [undefined, null, 1, true, [1, 2], {}]);
    await expectSame("return new TextEncoder().encodeInto(...input);", [
      [],
      ["a"],
      ["a", null],
      ["a", new Uint16Array(2)],
    ]);
    await expectSame(
      "return attempt(() => TextEncoder()) + attempt(() => TextEncoder.prototype.encode.call({}, 'a')) + attempt(() => TextEncoder.prototype.encoding);",
      [1],
    );
  });
});

describe("TextDecoder", () => {
  const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];

  it.each(encodings)("reads %s to the byte", async (encoding) => {
    await expectSame(
      `const options = { fatal: input[1], ignoreBOM: input[2] }; return new TextDecoder(${JSON.stringify(encoding)}, options).decode(input[0]);`,
      sample(fc.tuple(bytes, fc.boolean(), fc.boolean()), 600).filter(
        // Where Node 22 takes a first byte of 255 for half a mark.
        ([, , ignoreBOM]) => !(isNode22 && encoding === "windows-1252" && ignoreBOM),
      ),
    );
  });

  it.each(encodings)("reads %s in pieces", async (encoding) => {
    await expectSame(
      `const decoder = new TextDecoder(${JSON.stringify(encoding)}, { ignoreBOM: input[1] });
       let text = input[0].map((piece) => decoder.decode(piece, { stream: true }) + "|").join("");
       return text + decoder.decode() + "|" + decoder.decode(input[0][0]);`,
      sample(fc.tuple(fc.array(bytes, { minLength: 1, maxLength: 4 }), fc.boolean()), 300),
    );
  });

  it("reads every byte of every encoding", async () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    await expectSame(
      `return new TextDecoder(input[0]).decode(input[1]);`,
      encodings.map((one) => [one, all]),
    );
  });

  it("knows the labels of the encodings it has", async () => {
    const labels =
      "utf-8 UTF8 unicode-1-1-utf-8 x-unicode20utf8 utf-16 utf-16le ucs-2 unicodefffe utf-16be latin1 ascii us-ascii iso-8859-1 windows-1252 cp1252 l1".split(
        " ",
      );
    await expectSame("return new TextDecoder(input).encoding;", [
      ...labels,
      " utf-8\n",
      "\tLatin1 ",
      "",
      "none",
      "utf-8\u00a0",
      "utf-\u212a8",
      null,
    ]);
  });

  it("refuses an encoding it has not with a RangeError that names those it has", async () => {
    expect(
      await valueOf(
        "let e; try { new TextDecoder('shift_jis') } catch (x) { e = x } export default [e.name, e.message];",
      ),
    ).toEqual(["RangeError", expect.stringMatching(/shift_jis.*utf-8, utf-16le, utf-16be and windows-1252/)]);
  });

  it("takes buffers and views of any kind, and nothing else", async () => {
    const whole = Uint8Array.from([104, 195, 169, 33, 65, 66, 67, 68]);
    const views = [
      whole,
      whole.buffer,
      new DataView(whole.buffer, 1, 2),
      new Uint16Array(whole.buffer),
      new Float64Array(whole.buffer),
      whole.subarray(1, 3),
    ];
    await expectSame("return new TextDecoder().decode(input);", [
      ...views,
      undefined,
      null,
      1,
      "text",
      {},
      [1],
    ]);
    await expectSame("return new TextDecoder('utf-8', input).fatal;", [
      undefined,
      null,
      {},
      { fatal: 1 },
      1,
      "a",
    ]);
  });
});

describe("atob and btoa", () => {
  it("write and read the same", async () => {
    const latin = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 20 });
    await expectSame("return [btoa(input), atob(btoa(input)) === input];", [
      ...sample(latin, 200),
      "",
      "x".repeat(9_999),
    ]);
    await expectSame("return btoa(input);", ["€", "a\u0100", undefined, null, 12, {}]);
  });

  it("forgive what the standard forgives", async () => {
    const almost = fc.string({
      unit: fc.constantFrom("A", "b", "9", "+", "/", "=", " ", "\n", "\v", "-", "é"),
      maxLength: 9,
    });
    await expectSame("return atob(input);", [...sample(almost, 800), undefined, null, 12]);
    await expectSame("return [attempt(() => atob()), attempt(() => btoa())];", [1]);
  });

  it("say with a DOMException what was wrong", async () => {
    await expectSame(
      "try { input ? atob('a') : btoa('€') } catch (e) { return [e instanceof DOMException, e instanceof Error, e.name, e.code] }",
      [true, false],
    );
  });
});
