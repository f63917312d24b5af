/**
 * Runs cases in Node, each from real files in a folder of its own: one process for all of them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ModuleCase } from "./cases.ts";

export interface Ended {
  readonly lines: readonly string[];
  /** What the script ended with: `RangeError: from a`; `null` when it ended well. */
  readonly error: string | null;
}

/** `console.log` of the sandbox and of Node print alike; each case is imported after the last has ended. */
const program = `
import { format } from "node:util";
import { pathToFileURL } from "node:url";
const ended = [];
for (const main of process.argv.slice(2)) {
  const lines = [];
  console.log = (...args) => void lines.push(format(...args));
  let error = null;
  try { await import(pathToFileURL(main)); }
  catch (e) { error = e instanceof Error ? e.name + ": " + e.message : "Error: " + String(e); }
  ended.push({ lines, error });
}
process.stdout.write(JSON.stringify(ended));
`;

export function runInNode(cases: readonly ModuleCase[]): readonly Ended[] {
  const folder = mkdtempSync(join(tmpdir(), "isobind-modules-"));
  try {
    writeFileSync(join(folder, "run.mjs"), program);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const mains = cases.map(({ files }, index) => {
      for (const [name, text] of Object.entries(files)) {
        const file = join(folder, String(index), name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      return join(folder, String(index), "main.js");
    });
    const args = ["--no-warnings", join(folder, "run.mjs"), ...mains];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Ended[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
