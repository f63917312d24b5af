/**
 * Reads a tsconfig as an editor takes it, with what it extends, as far as `isobind doctor` asks: which files it has, and
 * which `lib` and `types` they see. The compiler's own reader is not loaded for that.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, resolve, sep } from "node:path";

export interface Tsconfig {
  /** Absolute, with `/`: files, and patterns in the language of tsconfig. */
  readonly files: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly lib: readonly string[] | null;
  readonly types: readonly string[] | null;
}

interface Layer {
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly lib?: readonly string[];
  readonly types?: readonly string[];
}

/** `null` for what cannot be read: that is not ours to judge. */
export function readTsconfig(path: string): Tsconfig | null {
  const found = readLayer(path, dirname(path), new Set());
  if (found === null) return null;
  const files = found.files ?? [];
  return {
    files,
    include: found.include ?? (found.files === undefined ? [`${slashes(dirname(path))}/**/*`] : []),
    exclude: found.exclude ?? [],
    lib: found.lib ?? null,
    types: found.types ?? null,
  };
}

/** Whether the tsconfig names the file itself, or its folder: its author then had this file in mind. */
export function names({ files, include }: Tsconfig, file: string): boolean {
  return [...files, ...include].some((entry) => entry === slashes(file) || entry === slashes(dirname(file)));
}

/** Whether the file is one of the tsconfig's own. */
export function covers({ files, include, exclude }: Tsconfig, file: string): boolean {
  const path = slashes(file);
  const matches = (pattern: string): boolean => asRegExp(pattern).test(path);
  return files.includes(path) || (include.some(matches) && !exclude.some(matches));
}

/** Keys of a base hold until a later base, or the file itself, has them too. Paths are those of the file they stand in. */
function readLayer(path: string, configDir: string, seen: Set<string>): Layer | null {
  if (seen.has(path)) return null;
  seen.add(path);
  const json = parse(path);
  if (json === null) return null;
  const bases = strings([json["extends"]].flat()) ?? [];
  const layers = bases.map((base) => {
    const file = findBase(base, path);
    return file === null ? null : readLayer(file, configDir, seen);
  });
  const here = (list: unknown): readonly string[] | undefined =>
    strings(list)?.map((entry) =>
      slashes(
        resolve(
          dirname(path),
          entry.replace("${configDir}", () => configDir),
        ),
      ),
    );
  const options = (json["compilerOptions"] ?? {}) as { lib?: unknown; types?: unknown };
  const own = {
    files: here(json["files"]),
    include: here(json["include"]),
    exclude: here(json["exclude"]),
    lib: strings(options.lib)?.map((name) => name.toLowerCase()),
    types: strings(options.types),
  };
  const written = Object.entries(own).filter(([, list]) => list !== undefined);
  return Object.assign({}, ...layers, Object.fromEntries(written)) as Layer;
}

/** tsconfig.json is JSON with comments and trailing commas. */
function parse(path: string): Readonly<Record<string, unknown>> | null {
  try {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const plain = text
      .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? "")
      .replace(/,(\s*[}\]])/g, "$1");
    const value: unknown = JSON.parse(plain);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** `"./base"`, `"../base.json"`, or a file of a package: `"house/tsconfig"`, `"house"`. */
function findBase(base: string, from: string): string | null {
  if (base.startsWith(".") || isAbsolute(base)) {
    const path = resolve(dirname(from), base);
    return [path, `${path}.json`].find((file) => /\.json$/.test(file) && existsSync(file)) ?? null;
  }
  const { resolve: find } = createRequire(from);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const file = find(name);
      if (file.endsWith(".json")) return file;
    } catch {
      // The next spelling.
    }
  }
  return null;
}

/** `**` is any folders, `*` and `?` within a name; a name without a wildcard is the file, or a folder with all in it. */
function asRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*|\?|[^*?]+/g, (part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.replace(/[\\^$.|+(){}[\]]/g, "\\$&");
  });
  return new RegExp(
    `^${source.replace(/\[\^\/\]\*\[\^\/\]\*$/, ".*")}${/[*?][^/]*$/.test(pattern) ? "" : "(?:/.*)?"}$`,
    "u",
  );
}

function strings(list: unknown): readonly string[] | undefined {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : undefined;
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
