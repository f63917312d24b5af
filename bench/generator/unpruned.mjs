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
const { stopwatch } = await import("../../dist/generator/phases.js");
const { build } = await import("../../dist/generator/build.js");
const { write } = await import("../../dist/generator/write/write.js");
for (const contract of config.contracts) {
  const { files, diagnostics } = await build(contract, config, stopwatch(), { prune: false });
  if (files === null) throw new Error(diagnostics[0]?.message);
  const { outDir, format } = contract;
  await write(files, { outDir, root: config.root, mode: "write", force: true, format });
}
