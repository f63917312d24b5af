/**
 * One real finding of every code in each of the four formats, word by word. Findings about definitions come from their
 * fixtures; those about scripts and changes, which have fixtures elsewhere, are stood for by their titles.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codes } from "../../src/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { formatGithub } from "../../src/diagnostics/format/github.ts";
import { formatJson } from "../../src/diagnostics/format/json.ts";
import { formatSarif } from "../../src/diagnostics/format/sarif.ts";
import { formatText } from "../../src/diagnostics/format/text.ts";
import { oneOfEach } from "../diagnostics/sample.ts";
import { fixtures, isUpdating } from "./case.ts";

const findings = codes.map(real);

function real(code: Diagnostic["code"]): Diagnostic {
  const expected = join(fixtures, "invalid", code, "expected.json");
  const own = existsSync(expected)
    ? (JSON.parse(readFileSync(expected, "utf8")) as { diagnostics: Diagnostic[] }).diagnostics
    : [];
  const found = own.find((one) => one.code === code) ?? oneOfEach.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no finding of ${code}`);
  // Named by its fixture, so that each file is another one.
  return found.file === null ? found : { ...found, file: `fixtures/invalid/${code}/${found.file}` };
}

const source = (file: string): string | null => {
  const path = join(fixtures, "..", file);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
};

const formats = {
  "expected.txt": formatText(findings, { source }),
  "expected.json": formatJson({
    ok: false,
    diagnostics: findings,
    files: [{ path: "generated/registry.ts", status: "stale" }],
  }),
  "expected.sarif": formatSarif(findings, { version: "0.0.0", page: (code) => `# ${code}\n` }),
  "expected.github": formatGithub(findings),
};

describe("every code of the catalogue in", () => {
  it.each(Object.entries(formats))("%s", (name, actual) => {
    const file = join(fixtures, "formats", name);
    if (isUpdating) {
      mkdirSync(join(fixtures, "formats"), { recursive: true });
      writeFileSync(file, actual);
    }
    expect(actual).toBe(readFileSync(file, "utf8"));
    for (const code of codes) expect(actual).toContain(code);
  });
});
