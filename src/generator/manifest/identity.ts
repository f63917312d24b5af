/**
 * Says which generator this is, for example `0.1.0+5c2f593a90c612be`. Another one may emit other bytes for the same input, so its records do
 * not count.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { upward } from "../../files/upward.ts";

let identity: string | null = null;

/** What the build says of itself: the package's version, and which build of it this is. Run from sources, the time of the last edit of any of them. */
export function generatorIdentity(): string {
  identity ??= isFromSources() ? `${version()}+${lastEdit()}` : readFileSync(nearest("stamp.txt"), "utf8");
  return identity;
}

function version(): string {
  return (JSON.parse(readFileSync(nearest("package.json"), "utf8")) as { version: string }).version;
}

/**
 * In the nearest folder upward that has it. Not counted upward, because the build may put this file into another one; nor told by the
 * name of a folder, because the package may lie in one that is called `src` or `dist`.
 */
function nearest(name: string): string {
  const file = upward(import.meta.dirname)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`isobind has no ${name} above ${import.meta.dirname}.`);
  return file;
}

function isFromSources(): boolean {
  return import.meta.filename.endsWith(".ts");
}

function lastEdit(): number {
  const folder = join(nearest("package.json"), "../src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
