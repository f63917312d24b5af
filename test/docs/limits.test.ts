/** The tables of the documentation hold the numbers that are enforced, and all of them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as ofContracts from "../../src/model/limits.ts";
import { limitTable } from "../../src/runtime/limits.ts";

const textOf = (page: string): string => readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");

/** The cells of the row that begins so, without the first. */
function row(page: string, first: string): readonly string[] {
  const line = textOf(page)
    .split("\n")
    .find((one) => one.startsWith(`| ${first} |`));
  return (
    line
      ?.split("|")
      .slice(2, -1)
      .map((cell) => cell.trim()) ?? [`no row ${first} in ${page}`]
  );
}

/** As the pages write numbers: `4 MiB`, `100,000`, `10⁹`. */
function shown(name: string, value: number): string {
  if (name.endsWith("Bytes")) {
    const [unit, size] =
      value >= 2 ** 30
        ? (["GiB", 2 ** 30] as const)
        : value >= 2 ** 20
          ? (["MiB", 2 ** 20] as const)
          : (["KiB", 2 ** 10] as const);
    return `${value / size} ${unit}`;
  }
  if (value === 1e9) return "10⁹";
  return name === "memoryMb" ? `${value}` : value.toLocaleString("en");
}

describe("limits of a run", () => {
  it.each(Object.entries(limitTable))("%s", (name, { default: value, min, max }) => {
    const wanted = [shown(name, value), `${shown(name, min)} – ${shown(name, max)}`];
    expect(row("docs/runtime.md", `\`${name}\``).slice(0, 2)).toEqual(wanted);
    expect(textOf("README.md").split("## Limits")[1]).toContain(`\`${name}\``);
    if (name.startsWith("module")) expect(row("docs/modules.md", `\`${name}\``)).toEqual(wanted);
  });
});

describe("limits of a contract", () => {
  const { maxDepth, maxLeaves, maxDeclarations, maxDeclarationBytes, maxTypeDepth, maxArgumentDepth } =
    ofContracts;
  const { maxTypes, maxAlternatives, validatorFuel, validatorDepth } = ofContracts;
  const types = "docs/diagnostics/type-too-large.md";
  const documented = {
    maxDepth: ["README.md", "depth", `${maxDepth} levels: \`a.b.c.d()\``],
    maxLeaves: ["README.md", "functions", `${maxLeaves}`],
    maxDeclarations: [types, "named types that one function needs", `${maxDeclarations}`],
    maxDeclarationBytes: [types, "the declaration", shown("Bytes", maxDeclarationBytes)],
    maxTypeDepth: [types, "unnamed types inside one another: `{ a: { b: … } }`", `${maxTypeDepth} levels`],
    maxArgumentDepth: [
      types,
      "type arguments inside one another: `Box<Box<…>>`",
      `${maxArgumentDepth} levels`,
    ],
    maxTypes: [types, "types in one parameter, one result or one named type", shown("", maxTypes)],
    maxAlternatives: [types, "alternatives of a union", shown("", maxAlternatives)],
    validatorDepth: [
      "docs/runtime.md",
      "levels of a recursive type in the arguments of a call",
      `${validatorDepth}`,
    ],
  } as const;

  it.each(Object.entries(documented))("%s", (_, [page, first, wanted]) => {
    expect(row(page, first)[0]).toBe(wanted);
  });

  it("are all of those there are", () => {
    const [, range] = row("docs/runtime.md", "values in the arguments of a call");
    expect(row("README.md", "declaration")[0]).toContain(shown("Bytes", maxDeclarationBytes));
    expect(range).toBe(`at least ${shown("", validatorFuel)}; follows \`payloadBytes\``);
    const numbers = Object.keys(ofContracts).filter(
      (name) => typeof ofContracts[name as keyof typeof ofContracts] === "number",
    );
    expect(numbers.toSorted()).toEqual([...Object.keys(documented), "validatorFuel"].toSorted());
  });
});
