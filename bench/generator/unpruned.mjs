/**
 * `isobind generate` in an empty project, but reading whole programs instead of signatures: the same stages of the built
 * package in the same order, as one process. JavaScript, so that stripping its types is not part of what is measured.
 */
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("../../dist/cli/process-io.js");
const { loadConfig } = await import("../../dist/generator/load/load.js");
const { config } = await loadConfig({ cwd: process.cwd() });
if (config === null) throw new Error("The config cannot be used.");
for (const contract of config.contracts) {
  const { read } = await import("../../dist/generator/read/read.js");
  const reading = read(contract, config.root, { prune: false });
  if (reading.contract === null) throw new Error(reading.diagnostics[0]?.message);
  const { check } = await import("../../dist/generator/check/check.js");
  const errors = check(reading.contract, contract.limits).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors[0]?.message);
  const { emit } = await import("../../dist/generator/emit/emit.js");
  const files = emit(reading.contract, {
    definitionImport: "../bindings.ts",
    excessProperties: contract.excessProperties,
  });
  const { write } = await import("../../dist/generator/write/write.js");
  const { outDir, format } = contract;
  await write(files, { outDir, root: config.root, mode: "write", force: true, format });
}
