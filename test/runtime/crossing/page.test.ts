/** docs/values.md describes the bytes: its tables are held to the format. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";

const page = readFileSync(new URL("../../../docs/values.md", import.meta.url), "utf8");

function table(name: string): string {
  return new RegExp(`<!-- ${name} -->([^]*?)<!-- /${name} -->`).exec(page)?.[1] ?? "";
}

describe("the page about values", () => {
  it("has every tag, with its number", () => {
    const rows = [...table("tags").matchAll(/^\| (\d+) \| `(\w+)` \|/gm)];
    expect(Object.fromEntries(rows.map(([, number, name]) => [name, Number(number)]))).toEqual(format.tag);
  });

  it("has every price", () => {
    const rows = [...table("prices").matchAll(/\(`(\w+)`\) \| (\d+) \|/g)];
    expect(Object.fromEntries(rows.map(([, name, bytes]) => [name, Number(bytes)]))).toEqual(format.price);
  });

  it.each([
    ["views", 13],
    ["errors", 14],
    ["temporal", 15],
  ] as const)("numbers the classes of %s as the format does", (list, tag) => {
    const row = new RegExp(`^\\| ${tag} \\|.*$`, "m").exec(page)?.[0] ?? "";
    for (const [number, name] of format[list].entries()) expect(row).toContain(`${number} \`${name}\``);
  });

  it("names the version and the bounds", () => {
    expect(page).toContain(`| 1 | the version: ${format.version}.`);
    for (const bound of [format.maxDepth, format.longestHashed, format.maxRegexpCost])
      expect(page).toContain(bound.toLocaleString("en"));
  });
});
