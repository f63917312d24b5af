/**
 * The corpus is what it claims to be: each case reads without an error, and is emitted as its golden says. For cases written
 * for the oracles `UPDATE_GOLDENS=1` writes it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { check } from "../../src/check/check.ts";
import { emit } from "../../src/emit/emit.ts";
import { read } from "../../src/read/read.ts";
import { contractAt } from "../read/shown.ts";
import { corpus } from "./corpus.ts";
import { repository } from "./emitted.ts";

const own = corpus.filter(({ name }) => name.startsWith("test/oracles/"));

describe("the corpus", () => {
  it("has a golden declaration for every case", () => {
    expect(corpus.length).toBeGreaterThan(40);
    expect(corpus.filter(({ golden }) => !existsSync(join(golden, "secure-exec.d.ts")))).toEqual([]);
  });

  it.each(own)("$name", ({ definition, folder, tsconfig }) => {
    const resolved = contractAt(definition, tsconfig);
    const { contract, diagnostics } = read(resolved, repository);
    if (contract === null) throw new Error(JSON.stringify(diagnostics));
    const findings = [...diagnostics, ...check(contract, resolved.limits)];
    expect(hasErrors(findings), JSON.stringify(findings, null, 1)).toBe(false);
    mkdirSync(join(folder, "expected"), { recursive: true });
    for (const { name, text } of emit(contract, {
      definitionImport: "../bindings.ts",
      excessProperties: "refuse",
    })) {
      // Registries are compared where the emitter has its goldens.
      if (name === "registry.ts") continue;
      const file = join(folder, "expected", name);
      if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, text);
      expect(text, name).toBe(readFileSync(file, "utf8"));
    }
  });
});
