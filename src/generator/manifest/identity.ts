/**
 * Says which generator this is, for example `0.1.0+5c2f593a90c612be`. Another one may emit other bytes for the same input, so its records do
 * not count.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";

let identity: string | null = null;

/** The package's version, and which build of it this is; run from sources, the time of the last edit of any of them. */
export function generatorIdentity(): string {
  identity ??= `${version()}+${isFromSources() ? lastEdit() : stamp()}`;
  return identity;
}

/** What the build says of itself: a commit that is installed, or packed and tried, has the version of the release before it. */
function stamp(): string {
  return readFileSync(new URL("dist/stamp.txt", packageFolder()), "utf8");
}

function version(): string {
  const text = readFileSync(new URL("package.json", packageFolder()), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * The nearest folder upward with a package.json. Not counted upward, because the build may put this file into another one; nor told by the
 * name of a folder, because the package may lie in one that is called `src` or `dist`.
 */
function packageFolder(): URL {
  for (let folder = new URL(".", import.meta.url); ; folder = new URL("..", folder)) {
    if (existsSync(new URL("package.json", folder))) return folder;
    if (folder.pathname === new URL("..", folder).pathname)
      throw new Error(`isobind has no package.json above ${import.meta.url}.`);
  }
}

function isFromSources(): boolean {
  return import.meta.url.endsWith(".ts");
}

function lastEdit(): number {
  const folder = new URL("src/", packageFolder());
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(new URL(file, folder)).mtimeMs));
}
