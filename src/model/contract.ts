/**
 * Contract: the checked model of a definition. The one thing every later stage reads; plain data that
 * survives JSON. Nothing here imports a compiler, Node or another module of ours.
 */
import type { Policy } from "./policy.ts";
import type { ContractProfile } from "./profile.ts";
import type { Property, Shape } from "./shape.ts";

export interface Contract {
  /** How the definition was written: types only, or functions whose types are inferred. */
  readonly style: "contract" | "implementation";
  readonly root: Namespace;
  /** Every named type that a signature mentions, sorted by name. Names are unique and safe to print. */
  readonly declarations: readonly Declaration[];
  /** What a script is, in the author's order; absent when the definition says nothing of it. */
  readonly scripts?: readonly ScriptKind[];
  /** Data that every script finds in its global scope; absent when the definition says nothing of it. */
  readonly globals?: ContractGlobals;
  /** Present when this is the part of a contract that one profile has. */
  readonly profile?: ContractProfile;
}

export type TreeNode = Namespace | Leaf | InvalidNode;

export interface Namespace {
  readonly kind: "namespace";
  /** The key under its parent; empty for the root. */
  readonly name: string;
  readonly path: readonly string[];
  readonly doc: Doc;
  /** In the order the author wrote them. */
  readonly members: readonly TreeNode[];
  readonly source: Source;
}

export interface Leaf {
  readonly kind: "leaf";
  readonly name: string;
  readonly path: readonly string[];
  readonly doc: Doc;
  /** More than one when the function is overloaded, in the author's order. */
  readonly signatures: readonly [Signature, ...Signature[]];
  readonly policy: Policy;
  /** Errors named by `@throws {T}`, with the data their types declare. */
  readonly throws: readonly ThrownError[];
  readonly source: Source;
}

/** A member of the tree that cannot be a namespace or a leaf; a rule turns it into a diagnostic. */
export interface InvalidNode {
  readonly kind: "invalid";
  readonly name: string;
  readonly path: readonly string[];
  readonly code: "tree-not-static" | "leaf-not-function" | "leaf-optional";
  /** Finishes "`db.query` …", for example "is a string, not a function". */
  readonly reason: string;
  readonly help: string;
  readonly source: Source;
}

export interface Signature {
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  /** What arrives in the script: of `Promise<T>` the `T`. */
  readonly result: Shape;
  readonly mode: Mode;
  /** Of an overload that is documented by itself: instead of the leaf's. */
  readonly doc?: Doc;
  readonly source: Source;
}

/** `sync`: `T`; `async`: `Promise<T>`; `maybe`: `T | Promise<T>`, decided per call. */
export type Mode = "sync" | "async" | "maybe";

export interface Parameter {
  readonly name: string;
  /** For `rest` the shape of one argument, not of the array. */
  readonly shape: Shape;
  readonly quantity: "one" | "optional" | "rest";
  /** Of a `rest` that is a type parameter, `(...values: T)`: the type of all its arguments together. */
  readonly whole?: Shape;
  readonly source: Source;
}

export interface TypeParameter {
  readonly name: string;
  /** `const T`: what is passed for it is inferred as it is written, `["a"]` and not `string[]`. */
  readonly const?: true;
  readonly constraint: Shape | null;
  readonly default: Shape | null;
}

export interface Declaration {
  readonly name: string;
  readonly kind: "interface" | "alias";
  readonly typeParameters: readonly TypeParameter[];
  /** For an interface always an `object` shape (or `error`). */
  readonly shape: Shape;
  readonly doc: Doc;
  readonly source: Source;
}

export interface ThrownError {
  /** The class as the author named it, also the error's `name` in the script. */
  readonly name: string;
  readonly shape: Shape;
  readonly description: string;
}

/** A kind of script: what the host gives it, and what it has to export as default. */
export interface ScriptKind {
  /** The key in the definition's `Scripts`; `default` for its `Script`, which is every script that names no kind. */
  readonly name: string;
  /** The type of the global `input`; `null` when nothing is said of it. */
  readonly input: Shape | null;
  /** The type of `export default`; `null` when nothing is said of it. */
  readonly result: Shape | null;
  readonly doc: Doc;
  /** What the author wrote at the two properties. */
  readonly partDocs?: { readonly input?: Doc; readonly result?: Doc };
  readonly source: Source;
  /** Where its types are written, for the registry to import; absent in a contract that was read from a file. */
  readonly origin?: "Script" | "Scripts" | "argument";
  /** Why it is none; a rule turns it into a diagnostic. `reason` finishes "`Script` …". */
  readonly invalid?: { readonly reason: string; readonly help: string };
}

/** The kind of a script that names none. */
export const defaultKind = "default";

/** What the definition's `Globals` says: the names that the host puts into the global scope of every script, and their types. */
export interface ContractGlobals {
  /** In the author's order. An optional one is `undefined` where the host gives none. */
  readonly properties: readonly Property[];
  readonly doc: Doc;
  readonly source: Source;
  /** Where its type is written, for the registry to import; absent in a contract that was read from a file. */
  readonly origin?: "export" | "argument";
  /** Why it is none; a rule turns it into a diagnostic. `reason` finishes "`Globals` …". */
  readonly invalid?: { readonly reason: string; readonly help: string };
}

/** An author's TSDoc, cleaned of comment syntax. */
export interface Doc {
  readonly text: string;
  readonly tags: readonly DocTag[];
}

export interface DocTag {
  /** Without the `@`. */
  readonly name: string;
  /** The text behind the tag; for `@param` behind the parameter's name. */
  readonly text: string;
  /** `@param name`. */
  readonly parameter?: string;
  /** `@throws {Type}`. */
  readonly type?: string;
  readonly source?: Source;
}

export const emptyDoc: Doc = { text: "", tags: [] };

/** A range in a file. Lines and columns count from 1; `file` is relative to the config, with `/`. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Stands where there is no place to show: a contract read from a file, a type of the language's own library. */
export const nowhere: Source = { file: "", line: 1, column: 1, endLine: 1, endColumn: 1 };

/** The place itself, or where there is none the next one on the way to it. */
export function placeOr(source: Source | undefined, fallback: Source): Source {
  return source === undefined || source.file === "" ? fallback : source;
}
