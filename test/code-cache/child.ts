/** A Node of its own for scripts whose code is cached: that happens when a process ends. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

export function removeTemporary(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "isobind-cached-"));
  folders.push(folder);
  return folder;
}

/** Runs lines in a Node of their own, with its compile cache in `folder`, and gives what they print. */
export function run(folder: string | null, lines: string): string {
  const enable =
    folder === null
      ? ""
      : `process.getBuiltinModule("node:module").enableCompileCache(${JSON.stringify(folder)});`;
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  return execFileSync(process.execPath, ["--input-type=module", "-e", `${enable}\n${lines}`], {
    env: { ...env, NODE_NO_WARNINGS: "1" },
    encoding: "utf8",
  });
}

export const cachedFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /isobind-.*\.(code|lib)$/.test(name))
    .map((name) => join(folder, name));
