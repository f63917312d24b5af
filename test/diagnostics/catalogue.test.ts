/**
 * The catalogue is complete: every code has words, a page, a fixture that shows it, and a rule where it is about the
 * contract. What only the compiler can prove is in `catalogue.types.ts`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue, codes, isCode } from "../../src/diagnostics/catalogue.ts";
import type { RegistryDiagnostic } from "../../src/registry/define-registry.ts";
import { pageCodes, readPage } from "../../src/diagnostics/page.ts";
import { rules } from "../../src/check/check.ts";

const invalid = new URL("../../fixtures/invalid/", import.meta.url);
const isAboutContract = /^(?:binding|tree|leaf|type|policy)-/;
/** Findings about scripts and about two contracts have their fixtures with their own stage. */
const isAboutDefinition = (code: string): boolean => !/^(?:script|contract|against)-/.test(code);

describe.each(codes)("%s", (code) => {
  it("has a title and a page with the sections of a page", () => {
    expect(catalogue[code].title).toMatch(/^[A-Z].*\.$/);
    const page = readPage(code) ?? "";
    expect(page).toMatch(new RegExp(`^# ${code}\n\nSeverity: ${catalogue[code].severity}\\.\n`));
    for (const section of ["Why it matters", "Fix", "Example"]) expect(page).toContain(`\n## ${section}\n`);
  });

  it.runIf(isAboutContract.test(code))("has a rule", () => {
    expect(Object.keys(rules)).toContain(code);
  });

  it.runIf(isAboutDefinition(code))("has a fixture that shows it", () => {
    const expected = new URL(`${code}/expected.json`, invalid);
    expect(existsSync(expected)).toBe(true);
    const found = JSON.parse(readFileSync(expected, "utf8")) as { diagnostics: { code: string }[] };
    expect(found.diagnostics.map((one) => one.code)).toContain(code);
  });
});

/** What is found when a registry is made, of `error.diagnostics`. The compiler asks for every code there is. */
const ofRegistries = {
  "binding-name-invalid": true,
  "binding-name-reserved": true,
  "binding-name-collision": true,
  "tree-too-deep": true,
  "tree-too-large": true,
  "tree-not-static": true,
  "leaf-not-function": true,
  "leaf-missing": true,
  "leaf-undeclared": true,
} satisfies Record<RegistryDiagnostic["code"], true>;

it.each(Object.keys(ofRegistries))("%s, which a registry may be refused with, has a page", (code) => {
  expect(readPage(code)).toMatch(/^# /);
});

describe("the catalogue", () => {
  it("knows its codes, and pages are of codes only", () => {
    expect(isCode("type-any")).toBe(true);
    expect(isCode("toString")).toBe(false);
    const strays = pageCodes().filter(
      (code) => !isCode(code) && !/^ERR_[A-Z_]+$/.test(code) && !Object.keys(ofRegistries).includes(code),
    );
    expect(strays).toEqual([]);
    expect(readPage("../README")).toBeNull();
    expect(readPage("no-such-code")).toBeNull();
  });

  it("has a page for every run-time code that the sources mention", () => {
    const src = new URL("../../src/", import.meta.url);
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    const mentioned = new Set(
      files.flatMap((file) =>
        [
          ...readFileSync(new URL(file, src), "utf8").matchAll(
            /\bERR_(?:BINDING|SANDBOX|REGISTRY|ENGINE|SECURE_EXEC)_[A-Z_]+\b/g,
          ),
        ].map(String),
      ),
    );
    expect([...mentioned].filter((code) => readPage(code) === null)).toEqual([]);
    expect(mentioned.size).toBeGreaterThan(10);
  });

  it("has no rule for a code that does not exist, and every rule finds only its own code", () => {
    expect(Object.keys(rules).filter((code) => !isCode(code))).toEqual([]);
  });
});
