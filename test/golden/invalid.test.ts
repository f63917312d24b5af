/**
 * Definitions, configs and outputs that break a rule: the findings, word by word, and nothing written.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asJson, asText, casesOf, golden, inScratch, run } from "./case.ts";

/** These are about the output, and are found by a check. */
const isCheck = (name: string): boolean => /^output-(?:stale|missing)/.test(name);

describe.each(casesOf("invalid"))("%s", (name) => {
  it("is reported as expected, and nothing is written when there is an error", async () => {
    await inScratch("invalid", name, async (folder) => {
      const before = filesOf(folder);
      const result = await run(folder, { check: isCheck(name) });
      expect(asText(result)).toBe(golden("invalid", name, "expected.txt", asText(result)));
      expect(asJson(result)).toBe(golden("invalid", name, "expected.json", asJson(result)));

      const code = result.diagnostics.find((one) => name.startsWith(one.code));
      if (name !== "everything-at-once") expect(code?.code).toBeDefined();
      if (!result.ok) expect(filesOf(folder)).toEqual(before);
    });
  });
});

/** Path -> text of everything below a folder, without caches. */
function filesOf(folder: string): Record<string, string> {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}
