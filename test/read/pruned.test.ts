/**
 * The oracle of pruning: the contract of the pruned program equals that of the full one, over the whole corpus.
 */
import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { read } from "../../src/read/read.ts";
import { contractAt, readFiles } from "./shown.ts";

const root = join(import.meta.dirname, "../..");
const corpus = globSync(
  [
    "fixtures/{valid,invalid}/*/bindings.ts",
    "fixtures/quickstart/bindings.ts",
    "test/oracles/corpus/*/bindings.ts",
  ],
  { cwd: root },
).toSorted();

describe("pruned equals full", () => {
  it("has a corpus", () => {
    expect(corpus.length).toBeGreaterThan(40);
  });

  it.each(corpus)("%s", (path) => {
    const definition = join(root, path);
    const tsconfig = join(dirname(definition), "tsconfig.json");
    const contract = contractAt(definition, existsSync(tsconfig) ? tsconfig : null);
    const pruned = read(contract, root);
    const full = read(contract, root, { prune: false });
    expect({ contract: pruned.contract, diagnostics: pruned.diagnostics }).toEqual({
      contract: full.contract,
      diagnostics: full.diagnostics,
    });
  });
});

const files = (definition: string): Record<string, string> => ({
  "bindings.ts": definition,
  "heavy.ts": `export class Heavy { run(): number { return 1; } }\nexport interface Light { ok: boolean }`,
  "other.ts": `import { Heavy } from "./heavy.ts";\nexport const heavy = new Heavy();\nexport interface Row { id: string }`,
});

const filesRead = (definition: string): string[] =>
  readFiles(files(definition)).inputs.files.flatMap((path) => /(heavy|other)\.ts$/.exec(path)?.[0] ?? []);

describe("what pruning leaves out", () => {
  it("is an import that only bodies with a written result use", () => {
    expect(
      filesRead(`import { Heavy } from "./heavy.ts"; export default { f: (): number => new Heavy().run() };`),
    ).toEqual([]);
    expect(
      filesRead(`import { Heavy } from "./heavy.ts"; export default { f: () => new Heavy().run() };`),
    ).toEqual(["heavy.ts"]);
  });

  it("is an import of a module's statements nobody demands", () => {
    expect(
      filesRead(`import type { Row } from "./other.ts"; export interface Bindings { f(): Row }`),
    ).toEqual(["other.ts"]);
    expect(filesRead(`import { heavy } from "./other.ts"; export default { f: () => heavy.run() };`)).toEqual(
      ["heavy.ts", "other.ts"],
    );
  });

  it("is not what a namespace import, a re-export or an effect may need", () => {
    expect(
      filesRead(
        `import * as other from "./other.ts"; export default { other: { f: () => other.heavy.run() } };`,
      ),
    ).toEqual(["heavy.ts", "other.ts"]);
    expect(filesRead(`export * from "./other.ts"; export interface Bindings { f(): void }`)).toEqual([]);
    expect(filesRead(`import "./other.ts"; export interface Bindings { f(): void }`)).toContain("other.ts");
  });
});
