/**
 * Says in the build which one it is, for example `0.1.0+5c2f593a90c612be`. Two builds of one version, from a clone, a fork or a commit, may emit other bytes for the same input, and
 * times do not tell them apart: a package manager gives every file it installs the same.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `stamp.txt`: the version of the package, and a digest of all other files of its build, by name and content. */
export function stampBuild(dist: string): void {
  const digest = createHash("sha256");
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    const name = file.slice(dist.length + 1).replaceAll("\\", "/");
    if (name === "stamp.txt") continue;
    const bytes = readFileSync(file);
    digest.update(`${name}\0${bytes.byteLength}\0`).update(bytes);
  }
  const { version } = JSON.parse(readFileSync(join(dist, "../package.json"), "utf8")) as { version: string };
  writeFileSync(join(dist, "stamp.txt"), `${version}+${digest.digest("hex").slice(0, 16)}`);
}
