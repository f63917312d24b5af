/**
 * Cuts the author's files down to what the signatures of the definition need, before the program is made: bodies of
 * functions with a written return type, statements nobody demands, imports nobody is left to use. Most of an application's
 * dependencies are used in bodies only, and parsing them is most of the time.
 *
 * Whatever is not understood stays whole. A test proves that the pruned contract equals the full one.
 */
import { ts } from "../compiler.ts";
import type { FileSystem } from "../file-system.ts";
import { isPackageFile } from "../../views/compiler.ts";
import { bindingOptions, type Prune } from "../host.ts";
import { parsedOnce } from "../latest.ts";
import { createModule, type Demand, type Module } from "./module.ts";

export function createPrune(definition: string, fileSystem: FileSystem, options: ts.CompilerOptions): Prune {
  const modules = new Map<string, Module | null>();
  // A file of which all is needed is the program's own.
  const settings = bindingOptions(options);

  const moduleAt = (fileName: string): Module | null => {
    const known = modules.get(fileName);
    if (known !== undefined) return known;
    const text = isPrunable(fileName) ? fileSystem.readFile(fileName) : undefined;
    const file = text === undefined ? null : parse(fileName, text);
    const module = file && !hasSyntaxErrors(file) ? createModule(file) : null;
    modules.set(fileName, module);
    return module;
  };

  const parse = (path: string, text: string): ts.SourceFile =>
    parsedOnce(`prune ${settings} ${path}`, text, () =>
      ts.createSourceFile(
        path,
        text,
        { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseAll },
        true,
      ),
    );

  const resolve = (specifier: string, from: string): string | null => {
    if (!isOwn(specifier, options)) return null;
    const { resolvedModule } = ts.resolveModuleName(specifier, from, options, fileSystem);
    return resolvedModule?.resolvedFileName ?? null;
  };

  const pending: { readonly fileName: string; readonly name: string }[] = [];
  const entry = moduleAt(definition);
  if (entry) {
    // An implementation wins over a contract in the same file; without either, the message names what there is.
    const names = entry.has("default") ? ["default"] : entry.has("Bindings") ? ["Bindings"] : ["*"];
    // What it says of scripts stands beside either.
    names.push(...["Script", "Scripts", "Globals"].filter((name) => entry.has(name)));
    pending.push(...names.map((name) => ({ fileName: definition, name })));
  }
  for (let next = pending.pop(); next; next = pending.pop()) {
    const module = moduleAt(next.fileName);
    const { fileName } = next;
    const demands: readonly Demand[] = module?.demand(next.name) ?? [];
    for (const { specifier, name } of demands) {
      const target = resolve(specifier, fileName);
      if (target !== null) pending.push({ fileName: target, name });
    }
  }

  return (fileName) => {
    let module = modules.get(fileName);
    if (module === undefined) {
      // Reached on a way that was not followed: everything it exports may be needed, its bodies are not.
      module = moduleAt(fileName);
      module?.demand("*");
    }
    if (module === null) return null;
    return module.text() ?? module.file;
  };
}

/** Written by the author, and with bodies to cut. JavaScript infers types from everything. */
function isPrunable(fileName: string): boolean {
  return /\.[cm]?tsx?$/.test(fileName) && !/\.d\.[cm]?ts$/.test(fileName) && !isPackageFile(fileName);
}

/** Resolving a package's name here would cost what pruning saves. */
function isOwn(specifier: string, { paths, baseUrl }: ts.CompilerOptions): boolean {
  return (
    /^[.#/]/.test(specifier) ||
    baseUrl !== undefined ||
    Object.keys(paths ?? {}).some((pattern) => matches(pattern, specifier))
  );
}

function matches(pattern: string, specifier: string): boolean {
  const [before = "", after] = pattern.split("*");
  return after === undefined
    ? pattern === specifier
    : specifier.startsWith(before) && specifier.endsWith(after);
}

function hasSyntaxErrors(file: ts.SourceFile): boolean {
  return ((file as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics?.length ?? 0) > 0;
}
