/**
 * Finds the absolute path of an executable, as the shell of this process would find it. Workers get an environment without
 * `PATH` and another working directory, so a name alone would find another program there, or none. `process.execPath` is
 * such a name where Linux has no /proc.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** The name itself when nothing is found: the system then says so. */
export function findProgram(name: string, searched = process.env["PATH"] ?? ""): string {
  if (isAbsolute(name)) return name;
  if (/[/\\]/u.test(name)) return resolve(name);
  return (
    searched
      .split(delimiter)
      .filter((folder) => isAbsolute(folder))
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? name
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
