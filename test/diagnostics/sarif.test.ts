import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { formatSarif, relativeUri } from "../../src/diagnostics/format/sarif.ts";
import { readPage } from "../../src/diagnostics/page.ts";
import { oneOfEach, sample } from "./sample.ts";

const require = createRequire(import.meta.url);
const options = { version: "1.2.3", page: readPage };
const parse = (...args: Parameters<typeof formatSarif>): Log => JSON.parse(formatSarif(...args)) as Log;

function validator(): (log: unknown) => string[] {
  interface Validator {
    compile(schema: object): ValidateFunction;
  }
  const Ajv = require("ajv-draft-04") as new (options: object) => Validator;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  (require("ajv-formats") as { default: (it: Validator) => void }).default(ajv);
  const validate = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as object);
  return (log) =>
    validate(log) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

describe("SARIF", () => {
  it("is valid against the published schema, for every code and every kind of place", () => {
    const check = validator();
    const places = [
      sample({ line: null, column: null, endLine: null, endColumn: null }),
      sample({ file: null, line: null, column: null, endLine: null, endColumn: null, path: [] }),
      sample({ file: null, line: null, column: null, endLine: null, endColumn: null }),
      sample({ file: "src/mein Ordner/größe.ts" }),
    ];
    expect(check(parse([...oneOfEach, ...places], options))).toEqual([]);
    expect(check(parse([], options))).toEqual([]);
    expect(check({ version: "2.1.0", runs: [{}] })).not.toEqual([]);
  });

  it("has a rule with its page for each code found", () => {
    const rules = parse(oneOfEach, options).runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(oneOfEach.map(({ code }) => code));
    for (const rule of rules) expect(rule.help?.markdown, rule.id).toContain(`# ${rule.id}`);
    const results = parse([sample(), sample({ code: "type-any" })], options).runs[0]?.results ?? [];
    expect(results.map(({ ruleIndex }) => ruleIndex)).toEqual([0, 1]);
  });

  it("names files by relative URIs, from the repository's root when told where that is", () => {
    expect(relativeUri("src/my file#1.ts")).toBe("src/my%20file%231.ts");
    expect(relativeUri("bindings.ts", "packages/api")).toBe("packages/api/bindings.ts");
    expect(relativeUri("../shared/types.ts", "packages/api")).toBe("packages/shared/types.ts");
  });

  it("keeps fingerprints when lines shift, and tells equal findings apart", () => {
    const prints = (...list: Parameters<typeof formatSarif>[0]): unknown[] =>
      (parse(list, options).runs[0]?.results ?? []).map(({ partialFingerprints }) => partialFingerprints);
    const collision = (line: number) =>
      sample({
        line,
        endLine: line,
        message: `\`b\` collides with \`a\` (bindings.ts:${line - 1}:3), because …`,
      });
    expect(prints(sample(), collision(4))).toEqual(prints(sample({ line: 90, endLine: 90 }), collision(91)));
    const [first, second] = prints(sample(), sample({ line: 4, endLine: 4 }));
    expect(first).not.toEqual(second);
  });
});
