/**
 * Emits the cases of one folder and prints a hash of each file: run as a process of its own, so that its locale, time zone and
 * working directory can be chosen.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { emit } from "../../../src/emit/emit.ts";
import { read } from "../../../src/read/read.ts";

const [, , folder = ""] = process.argv;

const hashes: Record<string, string> = {};
for (const name of readdirSync(folder).toSorted()) {
  const definition = join(folder, name, "bindings.ts");
  if (!existsSync(definition)) continue;
  const tsconfig = join(folder, name, "tsconfig.json");
  const root = join(folder, name);
  const { contract } = read(
    {
      name: "bindings",
      definition,
      outDir: join(root, "generated"),
      tsconfig: existsSync(tsconfig) ? tsconfig : null,
      importExtension: ".ts",
      limits: { maxDepth: 4, maxLeaves: 64 },
      engine: "node22",
      excessProperties: "refuse",
      format: false,
    },
    root,
  );
  if (contract === null) throw new Error(`${name} has no contract.`);
  for (const file of emit(contract, { definitionImport: "../bindings.ts", excessProperties: "refuse" }))
    hashes[`${name}/${file.name}`] = createHash("sha256").update(file.text).digest("hex");
}
process.stdout.write(JSON.stringify(hashes));
