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
import { type HostFiles, holdsHost, isHosts, isTest, noHost, programsAmong } from "./host-files.ts";
import type { Script } from "./frontend/service.ts";

/** What runs as it is or without its types; JSX needs code in its place, which nobody makes. */
const isScript = (file: string): boolean => /\.[cm]?[jt]s$/u.test(file) && !/\.d\.[cm]?ts$/u.test(file);
const isForJsx = (file: string): boolean =>
  /\.[jt]sx$/u.test(file) && !/\.(?:test|spec)\.[jt]sx$/u.test(file);

/**
 * Reads every TypeScript and JavaScript file that a path, a folder or a glob pattern names, sorted by name; a pattern
 * that names none is a finding, and so is a file for JSX beside scripts. `node_modules` and declarations are left out; of a folder also tests, and what is the host's. A script is of the kind that its folder's `tsconfig.json` is for.
 *
 * @example
 * const { scripts } = await findScripts(["customers/**\/*.{ts,js}"], process.cwd());
 */
export async function findScripts(
  patterns: readonly string[],
  cwd: string,
  host: HostFiles = noHost,
): Promise<{ scripts: Script[]; diagnostics: Diagnostic[] }> {
  const files = new Set<string>();
  const forJsx = new Set<string>();
  const mayServe = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    const { folder, files: all, jsx } = await expandPattern(pattern, cwd);
    const found = folder === null ? all : all.filter((file) => !isTest(file) && !isHosts(file, host));
    if (found.length === 0) diagnostics.push(report("script-missing", { pattern }, null));
    // Where the host is, its pages may be too.
    if (folder === null || !holdsHost(folder, host)) for (const file of jsx) forJsx.add(file);
    for (const file of found) {
      if (folder === null || !holdsHost(folder, host)) mayServe.delete(file);
      else if (!files.has(file)) mayServe.add(file);
      files.add(file);
    }
  }
  for (const file of forJsx) {
    if (!files.has(file)) diagnostics.push(report("script-jsx", {}, { file: nameOf(file, cwd) }));
  }
  const sorted = [...files].sort((a, b) => (a < b ? -1 : 1));
  // A thousand files at once would run into the limit of open files; one by one is slow.
  const all = new Map<string, string>();
  for (let start = 0; start < sorted.length; start += 64) {
    const part = sorted.slice(start, start + 64);
    const texts = await Promise.all(part.map((file) => readFile(file, "utf8")));
    part.forEach((file, index) => all.set(file, texts[index] ?? ""));
  }
  const programs = mayServe.size === 0 ? none : programsAmong(all, host);
  const scripts: Script[] = [];
  const kinds = new Map<string, string | null>();
  for (const [file, text] of all) {
    if (mayServe.has(file) && programs.has(file)) continue;
    const kind = remembered(kinds, dirname(file), () => kindBeside(file));
    scripts.push({ file: nameOf(file, cwd), text, ...(kind !== null && { kind }) });
  }
  return { scripts, diagnostics };
}

const none: ReadonlySet<string> = new Set();

interface Found {
  /** What was named, when it is one. */
  readonly folder: string | null;
  readonly files: readonly string[];
  /** Files for JSX among what a folder or a pattern names. */
  readonly jsx: readonly string[];
}

async function expandPattern(pattern: string, cwd: string): Promise<Found> {
  const path = resolve(cwd, pattern);
  const entry = await stat(path).catch(() => null);
  if (entry?.isFile()) return { folder: null, files: [path], jsx: [] };
  const options = { absolute: true, onlyFiles: true, ignore: ["**/node_modules/**"] };
  const found = entry?.isDirectory()
    ? await glob("**/*.{ts,js,mts,mjs,cts,cjs,tsx,jsx}", { ...options, cwd: path })
    : await glob(pattern.replaceAll("\\", "/"), { ...options, cwd });
  const named = (isKind: (file: string) => boolean): string[] =>
    found.filter(isKind).map((file) => resolve(file));
  return { folder: entry?.isDirectory() ? path : null, files: named(isScript), jsx: named(isForJsx) };
}

function nameOf(file: string, cwd: string): string {
  const name = relative(cwd, file);
  return (isAbsolute(name) ? file : name).split(sep).join("/");
}
