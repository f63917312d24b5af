/**
 * The program of the scripted worker, as one file: a process loads it in a fraction of the time of the modules it is made of. Made once
 * in each test file, in the scratch folder of the run.
 */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outdir = mkdtempSync(join(tmpdir(), "isobind-scripted-"));
writeFileSync(join(outdir, "package.json"), '{ "type": "module" }');
await build({
  entryPoints: [
    join(import.meta.dirname, "scripted.ts"),
    // A worker looks for the program of its thread beside itself.
    join(import.meta.dirname, "../../../../src/runtime/process/worker/watchdog.ts"),
  ],
  outdir,
  entryNames: "[name]",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  logLevel: "warning",
});

export const scripted = pathToFileURL(join(outdir, "scripted.js"));

/** The same worker, with a text that its watchdog's thread runs first. */
export function withWatchdogThat(first: string): URL {
  const folder = mkdtempSync(join(outdir, "watchdog-"));
  copyFileSync(join(outdir, "scripted.js"), join(folder, "scripted.js"));
  writeFileSync(join(folder, "watchdog.js"), first + readFileSync(join(outdir, "watchdog.js"), "utf8"));
  return pathToFileURL(join(folder, "scripted.js"));
}
