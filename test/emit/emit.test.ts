/**
 * What holds for every output: the same bytes each time, prettier-stable, LF, one final newline, the digest in each.
 */
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { digest } from "../../src/model/identity/digest.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import type { Contract } from "../../src/model/contract.ts";
import { emit, type EmitOptions } from "../../src/emit/emit.ts";
import { samples } from "./samples.ts";
import { arbitraryContract } from "./shapes.ts";

const options: EmitOptions = { definitionImport: "../bindings.ts", excessProperties: "refuse" };

async function holds(contract: Contract): Promise<void> {
  const files = emit(contract, options);
  expect(files.map(({ name }) => name)).toEqual(["registry.ts", "secure-exec.d.ts", "contract.json"]);
  for (const { name, text } of files) {
    expect(await format(text, { filepath: name })).toBe(text);
    expect(text).not.toContain("\r");
    expect(text).toMatch(/[^\n]\n$/u);
    expect(text).toContain(digest(contract));
  }
}

describe("emit", () => {
  for (const [name, contract] of Object.entries(samples)) {
    it(`keeps its promises for ${name}`, async () => holds(contract));
  }

  it("keeps its promises for every contract", async () => {
    await fc.assert(fc.asyncProperty(arbitraryContract, holds), { numRuns: 60 });
  }, 120_000);

  it("gives the same bytes for a contract and for the one read back from its file", () => {
    for (const contract of Object.values(samples)) {
      const first = emit(contract, options);
      const again = emit(parseContract(first[2]?.text ?? ""), options);
      expect(again).toEqual(first);
    }
  });

  it("imports nothing but `isobind/registry` and the definition", () => {
    for (const contract of Object.values(samples)) {
      const [registry] = emit(contract, options);
      const imported = [...(registry?.text ?? "").matchAll(/ from ("[^"]+");$/gmu)].map(([, path]) => path);
      expect(imported).toEqual(['"isobind/registry"', '"../bindings.ts"']);
      expect(registry?.text).not.toMatch(/\b(?:eval|Function)\(/u);
    }
  });

  it("refuses to import a definition by anything but a relative path", () => {
    for (const definitionImport of ["fs", "node:fs", "/etc/x.ts", "data:text/javascript,0", ".hidden/x.ts"]) {
      expect(() => emit(samples.empty, { ...options, definitionImport })).toThrow(/relative path/u);
    }
  });
});
