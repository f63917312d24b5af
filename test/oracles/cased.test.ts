/**
 * Texts that are told apart by their case, asked of the compiler: for each type and text, what `const t: T = "text"` says, the
 * emitted validator and the interpreter that words refusals say too.
 */
import { describe, expect, it } from "vitest";
import { explainArguments } from "../../src/validation/explain.ts";
import { openScriptService } from "../../src/scripts/typecheck/frontend/service.ts";
import { load } from "../emit/load.ts";
import { readText } from "../read/shown.ts";

const types = [
  "Uppercase<string>",
  "Lowercase<string>",
  "Capitalize<string>",
  "Uncapitalize<string>",
  "Uppercase<Lowercase<string>>",
  "Capitalize<Lowercase<string>>",
  "Uncapitalize<Uppercase<string>>",
  "Lowercase<`${number}`>",
  "Uppercase<`${bigint}x`>",
  "`id-${Uppercase<string>}`",
  "`${Capitalize<string>} ${Uncapitalize<string>}`",
  "`${Lowercase<string>}-${number}`",
  "`${Uppercase<`a${string}`>}!`",
  'Uppercase<string> | "mixed Case"',
  'Uppercase<"low" | "high">',
  "Uppercase<any>",
];

const texts = [
  ..."|A|a|ABC|abc|Abc|aBC|AbC|1|1e5|1E5|12n|12X|12x|-|id-|id-A|id-a|ID-A|Ab Cd|Ab cd|ab cd| x|A a|a-1|A-1|a-1e3".split(
    "|",
  ),
  ..."AB!|A!|ab!|mixed Case|LOW|low|High|ß|SS|ẞ|ﬁ|İ|i̇|ı|ŉ|ǆ|ǅ|Ǆ|𐐀|𐐨|é|É|Σς|ΣΣ|σς|\ud800|中".split("|"),
];

const contract = readText(
  `export interface Bindings { ${types.map((type, at) => `f${at}(text: ${type}): void`).join("; ")} }`,
);

describe("texts that are told apart by their case", () => {
  const { registry } = load(contract);
  const service = openScriptService("node22");
  service.setDeclaration("");
  const pairs = types.flatMap((type, at) => texts.map((text) => ({ type, at, text })));
  const lines = pairs.map(({ type, text }, at) => `export const t${at}: ${type} = ${JSON.stringify(text)};`);
  const [checked] = service.open([{ file: "pairs.ts", text: lines.join("\n") }]);
  if (!checked) throw new Error("no program");
  const wrong = new Set(
    service
      .diagnostics(checked)
      .map(({ start }) => checked.source.getLineAndCharacterOfPosition(start ?? 0).line),
  );

  it("are taken exactly when the compiler takes them", () => {
    const differences = pairs.filter(({ at, text }, pair) => {
      const leaf = registry.leaves[at];
      if (!leaf?.contract) throw new Error("no leaf");
      const isTaken = leaf.contract.accepts([text]);
      expect(explainArguments(leaf, registry, [text]) === null).toBe(isTaken);
      return isTaken === wrong.has(pair);
    });
    expect(differences).toEqual([]);
    // Both answers occur often.
    expect(wrong.size).toBeGreaterThan(pairs.length / 4);
    expect(wrong.size).toBeLessThan((pairs.length * 3) / 4);
  });

  it("are refused in words that name the type", () => {
    const words = (at: number, value: unknown): string | undefined => {
      const leaf = registry.leaves[at];
      return leaf && explainArguments(leaf, registry, [value])?.message;
    };
    expect(words(0, "Abc")).toBe('f0, argument 1: expected Uppercase<string>, got "Abc"');
    expect(words(5, 1)).toBe("f5, argument 1: expected Capitalize<Lowercase<string>>, got 1");
    expect(words(9, "id-a")).toBe('f9, argument 1: expected `id-${Uppercase<string>}`, got "id-a"');
  });
});
