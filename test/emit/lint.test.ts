/**
 * ESLint reports a directive that suppresses nothing. Each emitted file turns on a rule behind its directive, which finds a comment of
 * the file.
 */
import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.ts";
import { samples } from "./samples.ts";

describe("the lint directive of emitted files", () => {
  it.each(Object.entries(samples))("always suppresses something: %s", (_, contract) => {
    const files = emit(contract, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
    for (const { name, text } of files.filter((file) => file.name !== "contract.json")) {
      const [before, after] = text.split("/* eslint-disable */\n");
      const [rule = "", ...lines] = after?.split("\n") ?? [];
      const term = /"terms": \["([^"]+)"\]/u.exec(rule)?.[1] ?? "";
      const comments = lines.filter((line) => /^\s*\/[/*]/u.test(line)).join("\n");
      expect(term, name).not.toBe("");
      expect(comments.toLowerCase(), name).toContain(term);
      expect(before, name).not.toContain("eslint");
    }
  });
});
