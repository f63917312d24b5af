/**
 * Which kind of script a script is, and what the compiler is told of it: the type of `input`, and the type its default export is held to.
 */
import { defaultKind } from "../../../model/contract.ts";
import { readHeader } from "../../../model/identity/header.ts";
import type { ScriptHash } from "../../../model/identity/digest.ts";
import { readKind } from "../../../model/pragma.ts";
import { kindType } from "../../../library/kinds.ts";
import { inputGlobal } from "../../../library/sandbox-globals.ts";

/** Kinds of script that a declaration has, by name. */
export type Kinds = ReadonlyMap<string, ScriptHash>;

export const kindsOf = (declaration: string): Kinds => readHeader(declaration).scripts;

/** The name of a script's kind: what its line `// @script` says, else what it was given. */
export function kindName(script: { readonly text: string; readonly kind?: string }): string {
  return readKind(script.text)?.name ?? script.kind ?? defaultKind;
}

export interface Kind {
  readonly name: string;
  /** Declares `input`. */
  readonly input: string;
  /** The type its default export is held to, as the script could write it; `null` when nothing is said of it. */
  readonly result: string | null;
}

/** What a script of no kind is, too: nothing is said of it. */
export function kindOf(name: string, kinds: Kinds): Kind {
  const parts = kinds.get(name)?.parts ?? [];
  const type = kindType(name);
  const result = parts.includes("result") ? `${type}["result"]` : null;
  const input = parts.includes("input")
    ? `/** What the host gave to this run. */\ndeclare const input: ${type}["input"];`
    : inputGlobal;
  return { name, result, input };
}

/** Of scripts that nothing is said of. */
export const anyKind: Kind = kindOf(defaultKind, new Map());
