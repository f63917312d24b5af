/**
 * Gives an embedded editor what it must know of scripts: the files beside them and the compiler's options, as plain data. With them it
 * says what `typecheck` says.
 */
import { engineIn } from "../config/engines.ts";
import { defaultKind } from "../model/contract.ts";
import { didYouMean } from "../model/suggest.ts";
import { unknownOptions, type OptionNames } from "../model/option-names.ts";
import { kindDeclaration } from "../library/kinds.ts";
import { scriptOptions, type ScriptOptions } from "../library/options.ts";

export interface EditorInput {
  /** The text of a generated `secure-exec.d.ts`. */
  readonly declaration: string;
  /** The text of the generated library of scripts beside it, `.secure-exec.lib.d.ts`. */
  readonly library: string;
  /**
   * The kind of the scripts that are edited, of the definition's `Scripts`; `default` for its `Script`: `input` then has exactly its type. Without it `input` has what the
   * input of any kind has.
   */
  readonly kind?: string;
}

const inputNames: OptionNames<EditorInput> = { declaration: true, library: true, kind: true };

export interface EditorFile {
  /** A `file:` URL, as Monaco names its extra libraries. */
  readonly path: string;
  readonly text: string;
}

export interface EditorSetup {
  /** The declaration and the library: add both to what the editor's compiler reads. */
  readonly files: readonly EditorFile[];
  /** As a tsconfig spells them: `{ target: "es2024", lib: ["es5"], … }`. */
  readonly compilerOptions: ScriptOptions;
  /** As the compiler's API and Monaco take them: `{ target: 11, lib: ["lib.es5.d.ts"], … }`. */
  readonly apiOptions: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/**
 * What an editor needs to complete, show and underline scripts as `typecheck` would. The compiler's own library files (`lib.es5.d.ts` and those that
 * the library of scripts refers to) come with the editor's compiler.
 *
 * Throws a `TypeError` for texts that are not these two, for a kind that the declaration has not, and for an option that does not exist.
 *
 * @example
 * const { files, apiOptions } = editorSetup({ declaration, library });
 * monaco.typescript.typescriptDefaults.setCompilerOptions({ ...apiOptions, allowNonTsExtensions: true });
 * for (const { path, text } of files) monaco.typescript.typescriptDefaults.addExtraLib(text, path);
 */
export function editorSetup(input: EditorInput): EditorSetup {
  const why = unknownOptions("editorSetup", input, inputNames);
  if (why !== null) throw new TypeError(why);
  const { declaration, library, kind } = input;
  if (typeof declaration !== "string" || !/\bdeclare const SecureExec\b/u.test(declaration))
    throw new TypeError("editorSetup: `declaration` is the text of a generated `secure-exec.d.ts`.");
  const engine = engineIn(String(library));
  if (engine === null)
    throw new TypeError("editorSetup: `library` is the text of the generated `.secure-exec.lib.d.ts`.");
  const compilerOptions = scriptOptions(engine);
  return {
    files: [
      { path: "file:///isobind/secure-exec.d.ts", text: declaration },
      {
        path: "file:///isobind/secure-exec.lib.d.ts",
        text: library,
      },
      ...(kind === undefined
        ? []
        : [{ path: "file:///isobind/secure-exec.kind.d.ts", text: inputOfKind(declaration, kind) }]),
    ],
    compilerOptions,
    apiOptions: Object.fromEntries(
      Object.entries(compilerOptions).map(([name, value]) => [name, apiValue(name, value)]),
    ),
  };
}

/** The head of a declaration names its kinds: `// @script rule input 7dd1… result 90af…`. */
function inputOfKind(declaration: string, kind: string): string {
  const lines = [...declaration.matchAll(/^\/\/ @script (\S+)(.*)$/gmu)];
  const parts = lines.find(([, name]) => name === kind)?.[2];
  if (parts === undefined && kind !== defaultKind) {
    const names = lines.map(([, name = ""]) => name);
    throw new TypeError(`editorSetup: there is no kind of script \`${kind}\`.${didYouMean(kind, names)}`);
  }
  return kindDeclaration({ name: kind, input: /\binput\b/u.test(parts ?? "") ? true : null });
}

/** The compiler's numbers for the words of a tsconfig. They are part of its API, the same in every release. */
const numbers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  target: { es2023: 10, es2024: 11, esnext: 99 },
  module: { esnext: 99 },
  moduleResolution: { bundler: 100 },
  moduleDetection: { force: 3 },
};

function apiValue(
  name: string,
  value: string | boolean | readonly string[],
): string | number | boolean | readonly string[] {
  if (name === "lib" && Array.isArray(value)) return value.map((lib: string) => `lib.${lib}.d.ts`);
  if (typeof value !== "string") return value;
  const number = numbers[name]?.[value];
  if (number === undefined) throw new Error(`The compiler's API has no number for \`${name}: ${value}\`.`);
  return number;
}
