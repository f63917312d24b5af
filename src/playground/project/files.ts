/** The scripts of a project: which there are, and their texts. Nothing outside of their folder is read. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const maxFiles = 500;
const isScript = (name: string): boolean =>
  /\.[cm]?[jt]s$/u.test(name) && !/\.d\.[cm]?ts$/u.test(name) && !/\.(?:test|spec)\.[cm]?[jt]s$/u.test(name);

/** Names relative to `root`, with `/`, sorted. Empty when there is no such folder. */
export function scriptsIn(folder: string, root: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let at = folders.shift(); at !== undefined && found.length < maxFiles; at = folders.shift()) {
    for (const entry of entriesOf(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== "node_modules" && !entry.name.startsWith(".")) folders.push(path);
      } else if (entry.isFile() && isScript(entry.name))
        found.push(relative(root, path).split(sep).join("/"));
    }
  }
  return found.sort();
}

/** The text of one of `scriptsIn`; `null` for anything else, a link out of the folder too. */
export function readScript(name: string, folder: string, root: string): string | null {
  if (!scriptsIn(folder, root).includes(name)) return null;
  const file = join(root, name);
  const inside = relative(realpathSync(folder), realpathSync(file));
  if (inside.startsWith("..") || !statSync(file).isFile()) return null;
  return readFileSync(file, "utf8");
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
