/** Documentation becomes shorter by whole parts: no word, no code and no type is cut. */
import { describe, expect, it } from "vitest";
import { details, firstParagraph, firstSentence, shortenDoc } from "../../src/prompt/shorten.ts";
import * as of from "../emit/build.ts";

describe("the first sentence", () => {
  it.each([
    ["Runs a statement. Slow ones are logged.", "Runs a statement."],
    ["Runs a statement.\nSlow ones are logged.", "Runs a statement."],
    ["Runs\na statement", "Runs a statement"],
    ["Takes `a. B` and `c.D()` as they are. Then ends.", "Takes `a. B` and `c.D()` as they are."],
    ["Sends mail (to one. Only one.) at once. Then ends.", "Sends mail (to one. Only one.) at once."],
    ["See {@link Db.query the query. It} first. Then this.", "See {@link Db.query the query. It} first."],
    ["Takes a unit, e.g. Kelvin. Then ends.", "Takes a unit, e.g. Kelvin."],
    ["Costs 3.50 EUR. Then ends.", "Costs 3.50 EUR."],
    ["Is it there? Then yes.", "Is it there?"],
    ["```ts\nq();\n```\nRuns it. Twice.", "Runs it."],
    ["", ""],
    ["Only `code. never closed", "Only `code. never closed"],
  ])("of %j is %j", (text, sentence) => {
    expect(firstSentence(text)).toBe(sentence);
  });
});

describe("the first paragraph", () => {
  it.each([
    ["One.\nTwo.\n\nThree.", "One.\nTwo."],
    ["```\na\n\nb\n```\n\nText.", "Text."],
    ["Before.\n~~~\ncode\n~~~", "Before."],
    ["```\nonly code\n```", ""],
  ])("of %j is %j", (text, paragraph) => {
    expect(firstParagraph(text)).toBe(paragraph);
  });
});

it("says less with each step", () => {
  const doc = of.doc(
    "Runs it. Slowly.\n\nOften.",
    { name: "param", parameter: "sql", text: "The text. All of it.\n\nReally." },
    { name: "example", text: "run('x')" },
    { name: "remarks", text: "Old." },
    { name: "deprecated", text: "Use `other`. Soon." },
  );
  const shown = details.map((detail) => {
    const { text, tags } = shortenDoc(doc, detail);
    return [text, ...tags.map((tag) => `@${tag.name} ${tag.text}`)];
  });
  expect(shown).toEqual([
    [
      "Runs it. Slowly.\n\nOften.",
      "@param The text. All of it.\n\nReally.",
      "@example run('x')",
      "@remarks Old.",
      "@deprecated Use `other`. Soon.",
    ],
    [
      "Runs it. Slowly.\n\nOften.",
      "@param The text. All of it.\n\nReally.",
      "@remarks Old.",
      "@deprecated Use `other`. Soon.",
    ],
    ["Runs it. Slowly.", "@param The text. All of it.", "@deprecated Use `other`. Soon."],
    ["Runs it.", "@deprecated Use `other`."],
    [""],
  ]);
});
