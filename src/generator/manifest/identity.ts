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
  identity ??= isFromSources() ? `${version()}+${lastEdit()}` : stamp();
  return identity;
}

/** A build that was interrupted: its files may be of two builds, so nothing is made with them. Known by its name, because a build has several copies of this class. */
export class IncompleteBuild extends Error {
  override readonly name = "IncompleteBuild";
  readonly help = "Install isobind again, or run `npm run build` where it is a clone of the repository.";
}

/** The last file that a build writes. */
function stamp(): string {
  const file = nearest("stamp.txt");
  if (file !== null) return readFileSync(file, "utf8");
  throw new IncompleteBuild(
    `The build of isobind that ${import.meta.dirname} is a part of is not whole: it has no stamp.txt.`,
  );
}

function version(): string {
  return (JSON.parse(readFileSync(ownManifest(), "utf8")) as { version: string }).version;
}

/**
 * In the nearest folder upward that has it. Not counted upward, because the build may put this file into another one; nor told by the
 * name of a folder, because the package may lie in one that is called `src` or `dist`.
 */
function nearest(name: string): string | null {
  const files = upward(import.meta.dirname).map((folder) => join(folder, name));
  return files.find((path) => existsSync(path)) ?? null;
}

function ownManifest(): string {
  const file = nearest("package.json");
  if (file === null) throw new Error(`isobind has no package.json above ${import.meta.dirname}.`);
  return file;
}

function isFromSources(): boolean {
  return import.meta.filename.endsWith(".ts");
}

function lastEdit(): number {
  const folder = join(ownManifest(), "../src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
