/**
 * Beside: the files that scripts on disk import: named relatively, within the project of the script that is run or checked, and nothing out of `node_modules`. A
 * script is code of somebody else, so that where a name leads is looked at behind every link.
 */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { candidates, isRelative } from "../../model/specifier.ts";

export interface Beside {
  /** The file a name leads to, as its own name; `null` for none. `from`: the name of the file it stands in. */
  find(specifier: string, from: string): string | null;
  /** Its text; `null` when it is none that may be read. */
  read(name: string): string | null;
  /** Why a name can lead to no module, whatever files there are; `null` otherwise. */
  whyNot(specifier: string, from: string): string | null;
  /** Names that exist near a file, for a suggestion. */
  names(from: string): readonly string[];
}

/** Files that are looked at for a suggestion. */
const maxNames = 1_000;

const isModule = (file: string): boolean =>
  /\.(?:[cm]?[jt]s|json)$/u.test(file) && !/\.d\.[cm]?ts$/u.test(file);

/**
 * Files named as scripts are: relative to `cwd` with `/`, or as `script` is written when that is absolute.
 *
 * @param script - Any script of the project: the folder of the nearest `package.json` above it is where names may lead.
 */
export function filesBeside(script: string, cwd: string): Beside {
  const isAbsoluteName = isAbsolute(script);
  // `./a.ts` and `a.ts` name the same file; names are of the kind that was written.
  const start = script.startsWith("./") ? "./" : "";
  const project = realOf(projectOf(resolve(cwd, script)));

  function nameOf(file: string): string {
    if (isAbsoluteName) return file;
    const name = relative(cwd, file).split(sep).join("/");
    return name.startsWith("../") ? name : `${start}${name}`;
  }

  /** The file itself, when it may be read. */
  function allowed(file: string): string | null {
    const real = realOf(file);
    if (real === null || project === null || !isModule(file)) return null;
    const inside = relative(project, real);
    if (inside.startsWith("..") || isAbsolute(inside) || inside.split(sep).includes("node_modules"))
      return null;
    return statSync(real).isFile() ? file : null;
  }

  return {
    find(specifier, from) {
      if (!isRelative(specifier) || specifier.includes("\0")) return null;
      const wanted = resolve(cwd, dirname(from), specifier);
      for (const file of candidates(wanted)) if (allowed(file) !== null) return nameOf(file);
      return null;
    },
    // Of the name alone: a script is not told what lies elsewhere.
    whyNot(specifier, from) {
      if (!isRelative(specifier) || project === null) return null;
      const folder = realOf(resolve(cwd, dirname(from)));
      if (folder === null) return null;
      const inside = relative(project, resolve(folder, specifier));
      return inside.startsWith("..") || isAbsolute(inside)
        ? "it lies outside of the folder of the nearest package.json, and a script imports what is in it"
        : null;
    },
    read(name) {
      const file = allowed(resolve(cwd, name));
      return file === null ? null : readFileSync(file, "utf8");
    },
    names(from) {
      const found: string[] = [];
      const folders = [dirname(resolve(cwd, from))];
      for (
        let folder = folders.shift();
        folder !== undefined && found.length < maxNames;
        folder = folders.shift()
      ) {
        for (const entry of entriesOf(folder)) {
          const file = join(folder, entry.name);
          if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
            folders.push(file);
          else if (entry.isFile() && isModule(file)) found.push(nameOf(file));
        }
      }
      return found;
    },
  };
}

/** The same for scripts of several projects, each read as its own project's. */
export function filesBesideEach(cwd: string): Beside {
  const known = new Map<string, Beside>();
  const of = (from: string): Beside => {
    const folder = dirname(from);
    let beside = known.get(folder);
    if (!beside) known.set(folder, (beside = filesBeside(from, cwd)));
    return beside;
  };
  return {
    find: (specifier, from) => of(from).find(specifier, from),
    whyNot: (specifier, from) => of(from).whyNot(specifier, from),
    read: (name) => of(name).read(name),
    names: (from) => of(from).names(from),
  };
}

/** The folder of the nearest `package.json` above a file, or its own. */
function projectOf(file: string): string {
  const own = dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (statSync(join(folder, "package.json"), { throwIfNoEntry: false })?.isFile()) return folder;
    if (folder === dirname(folder)) return own;
  }
}

function realOf(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return [];
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
