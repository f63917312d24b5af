/**
 * Finds and reads the scripts that patterns name. Keeps out what is done with them.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import { remembered } from "../../model/remembered.ts";
import { kindBeside } from "../beside/kind-beside.ts";
import type { Script } from "./frontend/service.ts";

const isScript = (file: string): boolean => /\.[cm]?[jt]s$/u.test(file) && !/\.d\.[cm]?ts$/u.test(file);

/**
 * Reads every TypeScript and JavaScript file that a path, a folder or a glob pattern names, sorted by name; a pattern
 * that names none is a finding. `node_modules` and declarations are left out. A script is of the kind that its folder's `tsconfig.json` is for.
 *
 * @example
 * const { scripts } = await findScripts(["customers/**\/*.{ts,js}"], process.cwd());
 */
export async function findScripts(
  patterns: readonly string[],
  cwd: string,
): Promise<{ scripts: Script[]; diagnostics: Diagnostic[] }> {
  const files = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    const found = await expandPattern(pattern, cwd);
    if (found.length === 0) diagnostics.push(report("script-missing", { pattern }, null));
    for (const file of found) files.add(file);
  }
  const sorted = [...files].sort((a, b) => (a < b ? -1 : 1));
  // A thousand files at once would run into the limit of open files; one by one is slow.
  const scripts: Script[] = [];
  const kinds = new Map<string, string | null>();
  for (let start = 0; start < sorted.length; start += 64) {
    const part = sorted.slice(start, start + 64);
    const texts = await Promise.all(part.map((file) => readFile(file, "utf8")));
    part.forEach((file, index) => {
      const kind = remembered(kinds, dirname(file), () => kindBeside(file));
      scripts.push({ file: nameOf(file, cwd), text: texts[index] ?? "", ...(kind !== null && { kind }) });
    });
  }
  return { scripts, diagnostics };
}

async function expandPattern(pattern: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, pattern);
  const entry = await stat(path).catch(() => null);
  if (entry?.isFile()) return [path];
  const options = { absolute: true, onlyFiles: true, ignore: ["**/node_modules/**"] };
  const found = entry?.isDirectory()
    ? await glob("**/*.{ts,js,mts,mjs,cts,cjs}", { ...options, cwd: path })
    : await glob(pattern.replaceAll("\\", "/"), { ...options, cwd });
  return found.filter(isScript).map((file) => resolve(file));
}

function nameOf(file: string, cwd: string): string {
  const name = relative(cwd, file);
  return (isAbsolute(name) ? file : name).split(sep).join("/");
}
