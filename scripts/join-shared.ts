/**
 * Joins modules that are loaded together into one file each, and lets the modules that were there pass on what is in it: linking two hundred takes
 * longer than what most of them do when a program opens its first sandbox. Whoever imports a module by its own path gets the same classes and the same state as
 * everybody else.
 *
 *     dist/runtime/errors.js   →   export { m7_SandboxError as SandboxError } from "../joined/runtime.js";
 *
 * A module that is imported later, where it is used, stays a file and a group of its own.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { askForBuiltIns } from "./built-ins.ts";

/** A module of the build, and how its exports are called in the file of its group. */
interface Joined {
  readonly file: string;
  readonly exports: readonly string[];
  readonly prefix: string;
  /** The file of the group. */
  readonly into: string;
}

interface Group {
  readonly name: string;
  /** Modules of `dist`; all they import comes along, unless an earlier group has it. */
  readonly entries: readonly string[];
  /** What belongs to it, by the beginning of its path; the rest stays outside. */
  readonly only: RegExp;
}

const groups: readonly Group[] = [
  // Generated code loads the registry: nothing of a sandbox, and nothing of Node.
  { name: "registry", entries: ["registry/index.js"], only: /^/ },
  // What others load without a sandbox.
  { name: "shared", entries: ["runtime/index.js", "runtime/process/runner.js"], only: /^(?!runtime\/)/ },
  { name: "runtime", entries: ["runtime/index.js", "runtime/process/runner.js"], only: /^/ },
  {
    name: "in-process",
    entries: ["runtime/in-process.js", "runtime/places.js", "runtime/engine/chosen.js"],
    only: /^/,
  },
];

/** Say where something is by a path from their own file, in words that bundlers and tracers follow: the worker's program, the engine. */
const apart = new Set(["runtime/process/worker-program.js", "runtime/engine/load.js"]);

export async function joinShared(dist: string): Promise<void> {
  const joined = new Map<string, Joined>();
  mkdirSync(join(dist, "joined"), { recursive: true });
  for (const { name, entries, only } of groups) {
    const files = reachable(dist, entries).filter(
      (file) => !joined.has(file) && only.test(relative(dist, file).replaceAll("\\", "/")),
    );
    const into = join(dist, "joined", `${name}.js`);
    const exported = await exportsOf(files);
    const members = files.map((file, index) => {
      return { file, exports: exported.get(file) ?? [], prefix: `m${index}_`, into };
    });
    await bundle(into, members, joined);
    for (const member of members) joined.set(member.file, member);
  }
  for (const { file, exports, prefix, into } of joined.values()) {
    const path = JSON.stringify(pathTo(dirname(file), into));
    const names = exports.map((name) => `${prefix}${name} as ${name}`).join(", ");
    writeFileSync(file, `export { ${names} } from ${path};\n`);
    rmSync(`${file}.map`, { force: true });
  }
  for (const name of apart) {
    const file = join(dist, name);
    writeFileSync(file, askForBuiltIns(readFileSync(file, "utf8")));
  }
}

/** What the entries import, at once and from there on; in the order of their names. */
function reachable(dist: string, entries: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = entries.map((entry) => join(dist, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || apart.has(relative(dist, file).replaceAll("\\", "/"))) continue;
    found.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^"'`;]*?["'](\.{1,2}\/[^"']+\.js)["'];/gmu,
    )) {
      const target = resolve(dirname(file), path);
      if (existsSync(target)) waiting.push(target);
    }
  }
  return [...found].sort();
}

async function exportsOf(files: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { metafile } = await build({
    entryPoints: [...files],
    outdir: "unused",
    write: false,
    metafile: true,
    bundle: false,
    format: "esm",
    logLevel: "warning",
  });
  const found = Object.values(metafile.outputs).flatMap(({ entryPoint, exports }) =>
    entryPoint === undefined ? [] : [[resolve(entryPoint), exports] as const],
  );
  return new Map(found);
}

async function bundle(
  into: string,
  members: readonly Joined[],
  earlier: ReadonlyMap<string, Joined>,
): Promise<void> {
  const own = new Set(members.map(({ file }) => file));
  const folder = dirname(into);
  const contents = members.map(({ file, exports, prefix }) => {
    const names = exports.map((name) => `${name} as ${prefix}${name}`).join(", ");
    return `export { ${names} } from ${JSON.stringify(file)};`;
  });
  const links: Plugin = {
    name: "links",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, namespace, kind }) => {
        if (namespace === "earlier") return { path, external: true };
        const target = resolve(resolveDir, path);
        if (own.has(target)) return null;
        if (earlier.has(target) && kind !== "dynamic-import") return { path: target, namespace: "earlier" };
        return { path: pathTo(folder, target), external: true };
      });
      onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /\.js$/, namespace: "file" }, ({ path }) => ({
        contents: askForBuiltIns(readFileSync(path, "utf8")),
      }));
      // What an earlier group has is imported from its file.
      onLoad({ filter: /^/, namespace: "earlier" }, ({ path }) => {
        const { exports, prefix, into: from } = earlier.get(path) as Joined;
        const names = exports.map((name) => `${prefix}${name} as ${name}`).join(", ");
        return {
          contents: `export { ${names} } from ${JSON.stringify(pathTo(folder, from))};`,
          resolveDir: folder,
        };
      });
    },
  };
  await build({
    stdin: { contents: contents.join("\n"), resolveDir: folder, sourcefile: "joined.js" },
    outfile: into,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22.18",
    // One letter that is not Latin-1 makes V8 hold all of a file in two bytes a letter.
    charset: "ascii",
    logLevel: "warning",
    plugins: [links],
  });
}

function pathTo(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
