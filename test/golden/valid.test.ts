/**
 * Definitions that are fine: the three files, byte by byte, and a second run that touches nothing.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contractOutputs, type FileReport } from "../../src/stages.ts";
import { asText, casesOf, fixtures, golden, inScratch, run } from "./case.ts";

/** What scripts have beside their bindings is the same in every case: `test/library` holds it. */
const isOfContract = ({ path }: FileReport): boolean =>
  contractOutputs.some((name) => path.endsWith(`/${name}`));

describe.each(casesOf("valid"))("%s", (name) => {
  it("gives the expected files", async () => {
    await inScratch("valid", name, async (folder) => {
      const result = await run(folder);
      expect(
        asText({ ...result, diagnostics: result.diagnostics.filter(({ severity }) => severity === "error") }),
      ).toBe("");
      const actual: Record<string, string> = {};
      for (const { path } of result.files.filter(isOfContract)) {
        const file = path.replace(/^generated\//, "");
        actual[file] = readFileSync(join(folder, path), "utf8");
        expect(actual[file], file).toBe(golden("valid", name, `expected/${file}`, actual[file]));
      }
      // Findings of a case that is fine are warnings; they are expected too.
      const warnings = asText(result);
      if (warnings !== "" || existsSync(join(fixtures, "valid", name, "expected.txt"))) {
        expect(warnings).toBe(golden("valid", name, "expected.txt", warnings));
      }
      expect(
        readdirSync(join(fixtures, "valid", name, "expected"), { recursive: true, encoding: "utf8" })
          .filter((file) => /\.\w+$/.test(file))
          .sort(),
      ).toEqual(Object.keys(actual).sort());

      const again = await run(folder, { check: true });
      expect(again.ok).toBe(true);
      expect(again.files.map(({ status }) => status)).toEqual(result.files.map(() => "unchanged"));
    });
  });
});
