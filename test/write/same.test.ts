import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, type Options } from "prettier";
import { describe, expect, it } from "vitest";
import type { OutputFile } from "../../src/stages.ts";
import { isSameFormatted } from "../../src/write/same.ts";

const sample = `// @contract sha256-00
import { defineRegistry } from "isobind/registry";

/**
 * It's a "test" with /* in it.
 */
export interface Row {
  readonly id: number;
  "content-type"?: string;
  value: "a" | 'it"s' | \`user-\${number}\`;
  call(): void;
}

type Long =
  | { kind: "alpha"; value: string }
  | { kind: "beta"; value: Map<string, Set<number>> }
  | { kind: "gamma"; value: [a: string, b?: number, ...rest: boolean[]] };

const is = (value: unknown): value is string => typeof value === "string" && value.length > 10 && /^[a-z/"']+$/u.test(value);

export default defineRegistry(
  { db: { query: (sql: string) => sql } },
  { digest: "sha256-00", leaves: [{ path: ["db", "query"], accepts: (args) => args.length === 1 && typeof args[0] === "string" }] },
);

function check(a: Record<string, number>, b: number[]): boolean {
  for (let i = 0; i < b.length; i++) if ((b[i] ?? 0) / 2 > 1) return false;
  return (
    typeof a["first"] === "number" && typeof a["second"] === "number" && typeof a["third-key"] === "number" && b.length > 0
  );
}
`;

async function isSame(
  found: string,
  text: string,
  name: OutputFile["name"] = "registry.ts",
): Promise<boolean> {
  return isSameFormatted(found, { name, text });
}

const tastes: readonly Options[] = [
  { printWidth: 40 },
  { printWidth: 200 },
  { singleQuote: true, semi: false },
  { useTabs: true, trailingComma: "none" },
  { trailingComma: "es5", arrowParens: "avoid" },
  { quoteProps: "consistent", bracketSpacing: false },
  { endOfLine: "crlf", tabWidth: 8, objectWrap: "collapse" },
  { experimentalOperatorPosition: "start", singleQuote: true, quoteProps: "preserve", printWidth: 60 },
];

describe("a formatter's work", () => {
  it.each(tastes)("is the same: %j", async (options) => {
    const ours = await format(sample, { parser: "typescript" });
    expect(await isSame(await format(ours, { ...options, parser: "typescript" }), ours)).toBe(true);
  });

  it.each(tastes)("is the same for every golden: %j", async (options) => {
    for (const { file, name, text } of goldens()) {
      const formatted = await format(text, { ...options, filepath: file });
      expect(await isSame(formatted, text, name), file).toBe(true);
    }
  });

  it("is the same for JSON", async () => {
    const text = `{ "digest": "sha256-00", "path": ["a", "b"], "n": 1.5, "long": [${"1, ".repeat(60)}1] }\n`;
    for (const options of tastes) {
      expect(await isSame(await format(text, { ...options, parser: "json" }), text, "contract.json")).toBe(
        true,
      );
    }
  });

  it("of git is the same: CRLF, and a BOM of an editor", async () => {
    expect(await isSame(`\uFEFF${sample.replaceAll("\n", "\r\n")}`, sample)).toBe(true);
  });
});

describe("what anyone else changes", () => {
  it.each([
    ['digest: "sha256-00"', 'digest: "sha256-01"'],
    ["args.length === 1", "args.length === 2"],
    ["args.length === 1 && ", ""],
    ["&& b.length > 0", "|| b.length > 0"],
    ["&& /^", "& /^"],
    ['typeof a["first"]', 'typeof a["fist"]'],
    ["?? 0", "?? 1"],
    ["return false", "return true"],
    ["It's", "It is"],
    ['"test"', "'test'"],
    ["readonly id", "id"],
    ["b?: number", "b: number"],
    ["...rest", "rest"],
    ["value is string", "boolean"],
    ["`user-${number}`", "`user- ${number}`"],
    ["'it\"s'", '"its"'],
    ['"alpha"', "alpha"],
    ["> 1)", ">= 1)"],
    ["i++", "i--"],
    ["(b[i] ?? 0) / 2", "b[i] ?? 0 / 2"],
    ["/^[a-z/", "/^[a-z "],
  ])("%s -> %s is not", async (from, to) => {
    expect(sample).toContain(from);
    const changed = sample.replace(from, () => to);
    expect(await isSame(changed, sample)).toBe(false);
  });
});

describe("texts that begin in the same way", () => {
  const long = Array.from({ length: 2_000 }, (_, at) => `const name${at} = "${at}";`).join("\n");
  it.each([
    ["a letter at the end", `${long}\nconst a = 1;\n`, `${long}\nconst b = 1;\n`, false],
    ["more letters at the end", `${long}\nconst a = 1;\n`, `${long}\nconst a = 1;\nconst b = 1;\n`, false],
    ["a sign at the end", `${long}\nx < 1;\n`, `${long}\nx > 1;\n`, false],
    ["white space, and a letter far behind it", `a;\n${long}\nlast;`, `a;\n\n${long}\nleast;`, false],
    ["white space far from the end", `a;\n${long}\nlast;`, `a;\n\n${long}\nlast;`, true],
    ["quotes in the middle", `${long}\n"x";\n${long}`, `${long}\n'x';\n${long}`, true],
  ])("%s", async (_, a, b, isTheSame) => {
    expect(await isSame(a, b)).toBe(isTheSame);
    expect(await isSame(b, a)).toBe(isTheSame);
  });
});

describe("JSON", () => {
  const text = '{ "isobind": 1, "doc": "a b", "members": [{ "name": "x" }, { "name": "y" }] }\n';
  it.each([
    [text.replaceAll(/ (?=[{["}\]])/g, ""), true],
    [text.replaceAll(", ", ",\n  "), true],
    [text.replace('"y" }', '"y" },'), true],
    [text.replace("a b", "a  b"), false],
    [text.replace("a b", "ab"), false],
    [text.replace('"x"', '"z"'), false],
    [text.replace('{ "name": "x" }, { "name": "y" }', '{ "name": "y" }, { "name": "x" }'), false],
  ])("%s", async (other, isTheSame) => {
    expect(other).not.toBe(text);
    expect(await isSame(other, text, "contract.json")).toBe(isTheSame);
    expect(await isSame(text, other, "contract.json")).toBe(isTheSame);
  });
});

interface Golden extends OutputFile {
  readonly file: string;
}

function goldens(): Golden[] {
  const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));
  return readdirSync(fixtures, { recursive: true, encoding: "utf8" })
    .filter((file) => /expected[\\/](?:registry\.ts|secure-exec\.d\.ts|contract\.json)$/.test(file))
    .map((file) => join(fixtures, file))
    .filter((file) => existsSync(file))
    .map((file) => ({
      file,
      name: basename(file) as OutputFile["name"],
      text: readFileSync(file, "utf8"),
    }));
}
