/** Which expressions of a stranger are run on a text of a script's: those that surely end soon. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matches } from "../../src/tools/wire/pattern.ts";

describe("a pattern that is simple", () => {
  it.each([
    ["^[a-z0-9-]+$", "a-1", "A"],
    ["^\\d{4}-\\d{2}-\\d{2}$", "2026-01-02", "2026-1-2"],
    ["^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$", "a@b.co", "a@b"],
    ["^(GET|POST)$", "POST", "PUT"],
    ["^v?\\d+$", "v1", "v"],
    ["b", "abc", "ac"],
    ["^$|^x", "", "y"],
    ["\\p{Lu}", "É", "é"],
    ["^👋+$", "👋👋", "x"],
    ["\\bto\\b", "to be", "tomb"],
    ["^a{2}$", "aa", "aaa"],
    ["", "anything", null],
  ])("%j is tried", (pattern, right, wrong) => {
    expect(matches(pattern, right)).toBe(true);
    if (wrong !== null) expect(matches(pattern, wrong)).toBe(false);
  });

  it("says what the engine says, whatever is in it", () => {
    const piece = fc.constantFrom("a", "b", ".", "\\d", "[ab]", "[^a]", "(a|b)", "(?:ab)?", "\\.");
    const quantifier = fc.constantFrom("", "", "?", "*", "+", "{2}", "{1,3}", "{0,}");
    const part = fc.tuple(piece, quantifier).map(([one, many]) => (one.startsWith("(") ? one : one + many));
    const pattern = fc
      .tuple(fc.constantFrom("", "^"), fc.array(part, { maxLength: 3 }), fc.constantFrom("", "$"))
      .map(([start, parts, end]) => start + parts.join("") + end);
    const text = fc.array(fc.constantFrom("a", "b", "1", "."), { maxLength: 8 }).map((all) => all.join(""));
    fc.assert(
      fc.property(pattern, text, (source, given) => {
        expect(matches(source, given)).toBe(new RegExp(source, "u").test(given));
      }),
    );
  });
});

describe("a pattern that may take for ever", () => {
  it.each([
    ["^(a+)+$", 40],
    ["^(a|aa)+$", 40],
    ["^(?:a*)*$", 40],
    ["(\\w+\\s?)*$", 40],
    ["^a*a*a*a*a*a*b$", 200],
    ["a*a*a*b", 200],
    ["^(a?){30}a{30}$", 30],
    ["(.*)(.*)(.*)(.*)x", 300],
    ["^a*b{999}$", 5_000],
    ["^(?:\\d\\.){2}$", 4],
    ["^(?=a+)a+$", 10],
    ["^(a)\\1$", 2],
    ["^(?<name>a)$", 1],
    ["\\Z", 1],
    ["(", 1],
    [`^${"a?".repeat(300)}$`, 300],
    ["a".repeat(2_000), 10],
  ])("%j is left to the far side", (pattern, length) => {
    expect(matches(pattern, "a".repeat(length))).toBeNull();
  });

  it("is tried on a text for which it does not", () => {
    expect(matches("^a*a*b$", "aab")).toBe(true);
    expect(matches("^a*a*b$", "a".repeat(300))).toBe(false);
    expect(matches("^a*a*b$", "a".repeat(5_000))).toBeNull();
  });
});
