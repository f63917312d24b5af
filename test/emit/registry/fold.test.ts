/**
 * Lines of a validator that are too long for the page: given a line, want what prettier makes of it.
 */
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { folded } from "../../../src/emit/registry/validators/fold.ts";

const tests = (count: number, operator: string): string =>
  Array.from({ length: count }, (_, at) => `x !== "${"abcdefgh".slice(0, at + 1)}"`).join(` ${operator} `);

const lines: readonly [string, string][] = [
  ["a condition that fits", `  if (${tests(2, "&&")}) return false;`],
  ["a condition that fits without its answer", `    if (${tests(4, "&&")} && x) return false;`],
  ["a condition that is too long", `    if (${tests(8, "&&")}) return false;`],
  ["alternatives that are too many", `  if (${tests(8, "||")}) return true;`],
  ["an answer that fits", `  return ${tests(2, "||")};`],
  ["an answer that is too long", `  return ${tests(8, "||")};`],
  ["operators in texts", `  if (x !== "a && b" && x !== 'c "||" d || e' && ${tests(5, "&&")}) return false;`],
];

describe("a line of", () => {
  it.each(lines)("%s stands as prettier would have it", async (_, line) => {
    const depth = /^ */u.exec(line)![0].length / 2;
    const [open, close] = ["function f(x: unknown) {", "}"];
    const text = [
      open,
      ...(depth === 2 ? ["  for (;;) {"] : []),
      ...folded(line),
      ...(depth === 2 ? ["  }"] : []),
      close,
      "",
    ].join("\n");
    expect(await format(text, { parser: "typescript" })).toBe(text);
    expect(folded(line).every((one) => one.length <= 80)).toBe(true);
  });
});
