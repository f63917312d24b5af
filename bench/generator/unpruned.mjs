/**
 * `isobind generate` in an empty project, but reading whole programs instead of signatures: the same stages of the built
 * package in the same order, as one process. JavaScript, so that stripping its types is not part of what is measured.
 */
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("../../dist/cli/process-io.js");
const { loadConfig } = await import("../../dist/config/load/load.js");
const { config } = await loadConfig({ cwd: process.cwd() });
if (config === null) throw new Error("The config cannot be used.");
const { read, check, emit } = await import("../../dist/generator/build.js");
const { createMemory } = await import("../../dist/generator/memory.js");
const { write } = await import("../../dist/write/write.js");
const memory = createMemory();
for (const contract of config.contracts) {
  const work = check(await read(contract, config.root, { prune: false }), memory);
  const { files, diagnostics } = await emit(work, config, memory);
  if (files === null) throw new Error(diagnostics[0]?.message);
  const { outDir, format } = contract;
  await write(files, { outDir, root: config.root, mode: "write", force: true, format });
}
