/** The reference of options is what the types and their documentation say now. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reference } from "../../scripts/reference.ts";
import { limitTable } from "../../src/runtime/limits.ts";

const page = new URL("../../docs/reference.md", import.meta.url);

it("docs/reference.md is made from the types (`node scripts/reference.ts` makes it)", async () => {
  const wanted = await reference();
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(page, wanted);
  expect(readFileSync(page, "utf8")).toBe(wanted);
  for (const name of ["definition", "outDir", "registry", "isolation", "signal", "cwd", "against"])
    expect(wanted).toMatch(new RegExp(`^\\| \`${name}\``, "mu"));
  for (const name of Object.keys(limitTable)) expect(wanted).toContain(`| \`${name}\``);
});
