/**
 * Both compilers read the whole corpus: contracts, findings and places must be equal, down to the order of keys. Where TypeScript 7
 * cannot say what a case needs, the table below says what that is; a case that leaves the table must leave it here.
 */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ResolvedConfig } from "../../../../src/config/resolved.ts";
import { load } from "../../../../src/generator/load.ts";
import { readConfigured } from "../../../../src/read/configured.ts";
import { read } from "../../../../src/read/read.ts";
import { casesOf, inScratch } from "../../../golden/case.ts";

const labels = "where the elements of a tuple are written";
const renamed = "which property a mapped type made another of";
const mapped = "what a mapped type maps";

const unsaid: Readonly<Record<string, string>> = {
  "valid/read-generic-leaf": mapped,
  "valid/read-generic-mapped": "which declarations a printed type names",
  "valid/shape-cased": "which declarations a printed type names",
  "valid/read-mode": "what an object with a method `then` settles with",
  "valid/read-parameters": labels,
  "valid/read-variadic": labels,
  "valid/shape-class-mapped": "a union as it is printed elsewhere",
  "valid/shape-computed": renamed,
  "invalid/leaf-optional": "a union as it is printed elsewhere",
  "invalid/compiler-fallback": mapped,
};

const cases = [
  ...casesOf("valid").map((name) => ["valid", name] as const),
  ...casesOf("invalid").map((name) => ["invalid", name] as const),
];

describe.each(cases)("%s/%s", (kind, name) => {
  it("is read alike by both compilers", async () => {
    await inScratch(kind, name, async (folder) => {
      const config = await configOf(folder);
      for (const { native: _, ...contract } of config?.contracts ?? []) {
        const bundled = read(contract, folder);
        const native = await readConfigured({ ...contract, native: "typescript" }, folder);
        const isFallback = ({ code }: { code: string }): boolean => code === "compiler-fallback";
        const reasons = native.diagnostics.filter(isFallback).map(({ message }) => message);
        const construct = unsaid[`${kind}/${name}`];
        if (construct === undefined) expect(reasons).toEqual([]);
        else expect(reasons).toEqual([expect.stringContaining(`does not say ${construct}.`)]);

        const findings = native.diagnostics.filter((one) => !isFallback(one));
        expect(findings).toEqual(bundled.diagnostics);
        expect(native.importExtension).toBe(bundled.importExtension);
        expect(JSON.stringify(native.contract)).toBe(JSON.stringify(bundled.contract));
      }
    });
  });
});

/** A config that cannot be used has no contracts. */
async function configOf(folder: string): Promise<ResolvedConfig | null> {
  const hasConfig = readdirSync(folder).some((file) => file.startsWith("bindings.config."));
  const config = hasConfig ? undefined : { definition: "./bindings.ts" };
  return (await load({ config, cwd: folder, force: true, contract: undefined })).config;
}
