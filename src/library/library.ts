/**
 * The library of scripts for an engine, composed of what the compiler brings, and the compiler's files that it refers to.
 */
import type { EngineName } from "../config/engines.ts";
import { composeLibrary } from "./compose.ts";
import { libFolder, libText, ts } from "../read/frontend/ts6/compiler.ts";

export interface Library {
  /** What `generate` writes. */
  readonly text: string;
  /** The compiler's own files, by their names: `lib.es5.d.ts` and whatever `text` refers to. */
  readonly files: ReadonlyMap<string, string>;
}

const libraries = new Map<EngineName, Library>();

/** The text of the library alone. */
export function libraryText(engine: EngineName): string {
  return composeLibrary(engine, declarationsIn);
}

export function libraryOf(engine: EngineName): Library {
  const known = libraries.get(engine);
  if (known !== undefined) return known;
  const text = libraryText(engine);
  const files = new Map<string, string>();
  for (const file of ["lib.es5.d.ts", ...references(text)]) follow(file, files);
  const library = { text, files };
  libraries.set(engine, library);
  return library;
}

/** The compiler's files come in a line each. */
function declarationsIn(file: string): readonly string[] {
  const text = textOf(file);
  if (text === undefined) throw new Error(`The compiler has no ${file}.`);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext);
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  return source.statements.map((statement) =>
    printer
      .printNode(ts.EmitHint.Unspecified, statement, source)
      .replaceAll(/^(?: {4})+/gmu, (spaces) => " ".repeat(spaces.length / 2)),
  );
}

function follow(file: string, files: Map<string, string>): void {
  const text = files.has(file) ? undefined : textOf(file);
  if (text === undefined) return;
  files.set(file, text);
  for (const next of references(text)) follow(next, files);
}

const textOf = (file: string): string | undefined => libText(`${libFolder}/${file}`);

const references = (text: string): readonly string[] =>
  [...text.matchAll(/^\/\/\/ <reference lib="([^"]+)" \/>$/gmu)].map(([, name = ""]) => fileOf(name));

/** The file of a library: `esnext.iterator` is in `lib.es2025.iterator.d.ts`. The compiler knows, when it is asked as by a tsconfig. */
function fileOf(name: string): string {
  const [file] = ts.convertCompilerOptionsFromJson({ lib: [name] }, "").options.lib ?? [];
  return file ?? `lib.${name}.d.ts`;
}
