/** What the page calls a value: somebody says yes to a call by it. */
import { expect, it } from "vitest";
import { describe } from "../../src/playground/page/output/value.ts";

const turned = "\u202e";

it("shows what would turn a text round, or not be seen in it", () => {
  expect(describe(`pay ${turned}eve`).text).toBe('"pay \\u{202e}eve"');
  expect(describe("a\u200bb\u2028\u0085").text).toBe('"a\\u{200b}b\\u{2028}\\u{85}"');
  const error = { $type: "Error", name: "Error", message: `one\ntwo${turned}` };
  expect(describe(error).text).toBe("Error: one\ntwo\\u{202e}");
});

it("leaves what belongs to a script or an emoji", () => {
  for (const text of ["می\u200cخواهم", "👩\u200d👧", "שלום", "Zoë"])
    expect(describe(text).text).toBe(JSON.stringify(text));
});

it("tells a name that looks like another property from one", () => {
  const value = { "amount: 1, note": 2, amount: 9, [`a${turned}`]: 3, "Content-Type": 4, größe: 5 };
  const { text, parts } = describe(value);
  expect(text).toBe('Object { "amount: 1, note", amount, "a\\u{202e}", Content-Type, … }');
  expect(parts?.().map(({ name }) => name)).toEqual([
    '"amount: 1, note"',
    "amount",
    '"a\\u{202e}"',
    "Content-Type",
    "größe",
  ]);
});
