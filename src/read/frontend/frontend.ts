/**
 * Frontend: everything the reader asks of a compiler, as an interface of opaque handles and plain views. Lowering
 * (types -> shapes) is written against it and never sees a compiler's object.
 *
 * The questions are answered in `views/`, in the words of the classic API. There are two compilers that speak them: `ts6/` is the
 * one isobind carries, and `native/` shows the TypeScript 7 of the project in that form; `read/configured.ts` chooses. A third one must keep the
 * same views, `undefined` told apart from a missing property, and no order that comes from a compiler's internal numbering.
 */
import type { Doc, Source } from "../../model/contract.ts";
import type { Casing, Keyword, LiteralShape } from "../../model/shape.ts";
import type { Inputs } from "../../stages.ts";

declare const handle: unique symbol;
/** A type of the compiler; compared by identity only. */
export interface TypeHandle {
  readonly [handle]: "type";
}
/** A place in a syntax tree where a type is written. Gives unions their source order and aliases their names. */
export interface NodeHandle {
  readonly [handle]: "node";
}
/** A part of the binding tree: an expression or a type. */
export interface TreeHandle {
  readonly [handle]: "tree";
}

/** A type together with the place it is written at, when it is written at all. */
export interface TypeUse {
  readonly type: TypeHandle;
  readonly node: NodeHandle | null;
}

export interface Frontend {
  /** False when there is no definition file. */
  readonly exists: boolean;
  /** What the project's tsconfig says of imports that end in `.ts`. */
  readonly importExtension: ".ts" | ".js";
  /** Why the project's tsconfig cannot be used; the file is relative to the root. */
  readonly problems: readonly { readonly message: string; readonly file: string }[];
  /** Parse errors of the definition file. */
  readonly syntaxErrors: readonly Problem[];
  /** Errors about types, in places of the definition where a signature is written. Costs a check of that file. */
  typeErrors(): readonly Problem[];
  /** The two things a definition may export. */
  definition(): DefinitionView;

  tree(part: TreeHandle): TreeView;
  /** Call signatures of a function type; a rest parameter of a tuple type is already spread out. */
  signatures(type: TypeHandle): readonly SignatureView[];

  view(use: TypeUse): TypeView;
  /** The name a type is known by, or `null` for a type that is only written in place. */
  named(use: TypeUse): NamedView | null;
  properties(type: TypeHandle): readonly PropertyView[];
  indexes(type: TypeHandle): readonly IndexView[];
  /** The types a class or interface extends. */
  bases(type: TypeHandle): readonly TypeHandle[];
  /** The members of an enum in the order they are declared. */
  enumValues(type: TypeHandle): readonly TypeUse[];
  /** What a promise-like type settles with; `null` for any other type. */
  settled(use: TypeUse): TypeUse | null;
  /** A type that every form of a computing type is assignable to; `null` when only `unknown` is. */
  constraint(type: TypeHandle): TypeUse | null;
  /** A mapped type in its parts; `null` for any other type. */
  mapped(type: TypeHandle): MappedView | null;
  /** A type as TypeScript writes it, in pieces, so that names can be exchanged; `null` when that is impossible. */
  pieces(type: TypeHandle, intoAlias: boolean): readonly Piece[] | null;
  /** A type as its author writes it at this place, on one line; `null` when it is not written there. */
  written(use: TypeUse): string | null;
  /** A type as printed for a message. */
  text(type: TypeHandle): string;
  source(node: NodeHandle): Source;
  /** The error classes a doc comment's `@throws` names, by the place of the tag. */
  thrown(part: TreeHandle): readonly ThrownView[];
  /** True once a view has met a name that did not resolve. */
  sawUnresolved(): boolean;
  inputs(): Inputs;
  /** Ends what was started to answer; nothing is asked behind it but `inputs`. */
  close(): void;
}

export interface Problem {
  readonly message: string;
  /** The code it is about, on one line. */
  readonly text: string;
  readonly source: Source;
}

export interface DefinitionView {
  /** `export default …`. */
  readonly implementation: TreeHandle | null;
  /** `export interface Bindings` or `export type Bindings`. */
  readonly contract: TreeHandle | null;
  readonly source: Source;
  /** Of the whole tree. */
  readonly doc: Doc;
  /** What it says of scripts: `export interface Script` and `Scripts`, or the second argument of `defineBindings`. */
  readonly scripts: readonly ScriptsView[];
  /** What it says of globals: `export interface Globals`, or the second argument of `defineBindings`. */
  readonly globals: readonly GlobalsView[];
  /** Names the file does export, for a message about a definition without either. */
  readonly exports: readonly string[];
}

/** `Script` is one kind, `{ input; result }`; `Scripts` has one in each property. */
export interface ScriptsView {
  readonly form: "Script" | "Scripts";
  readonly origin: "export" | "argument";
  readonly type: TypeHandle;
  readonly doc: Doc;
  readonly source: Source;
}

/** A type whose properties are globals of scripts. */
export type GlobalsView = Omit<ScriptsView, "form">;

export type TreeView =
  | { readonly kind: "namespace"; readonly identity: TypeHandle; readonly members: readonly TreeMember[] }
  | { readonly kind: "leaf"; readonly type: TypeHandle }
  | {
      readonly kind: "invalid";
      readonly code: "tree-not-static" | "leaf-not-function" | "leaf-optional";
      readonly reason: string;
      readonly help: string;
      /** The part's name or import was not found. */
      readonly unresolved?: boolean;
    };

export type TreeMember = {
  readonly name: string;
  readonly doc: Doc;
  readonly source: Source;
} & (
  | { readonly kind: "part"; readonly part: TreeHandle }
  | {
      readonly kind: "invalid";
      readonly code: "tree-not-static" | "leaf-not-function" | "leaf-optional";
      readonly reason: string;
      readonly help: string;
    }
);

export interface SignatureView {
  readonly typeParameters: readonly TypeParameterView[];
  readonly parameters: readonly ParameterView[];
  readonly result: TypeUse;
  /** What is written at this signature itself, or at the function type it is of. */
  readonly doc: Doc;
  readonly source: Source;
}

export interface TypeParameterView {
  readonly parameter: TypeHandle;
  readonly name: string;
  readonly isConst: boolean;
  readonly constraint: TypeUse | null;
  readonly default: TypeUse | null;
}

export interface ParameterView {
  /** `null` for a destructured parameter. */
  readonly name: string | null;
  readonly pattern: "object" | "array" | null;
  /** For `rest` the type of one argument. Without the `undefined` that an optional parameter always accepts. */
  readonly use: TypeUse;
  readonly quantity: "one" | "optional" | "rest";
  /** Of a rest that is a type parameter: that. */
  readonly whole?: TypeUse;
  /** A rest with parameters behind it; `use` is then the whole tuple. */
  readonly isInFront?: true;
  /** A required parameter whose default makes `undefined` an accepted argument: `(a = 1, b: string)`. */
  readonly acceptsUndefined: boolean;
  /** What is written in front of the parameter: `(/** The user's id. *\/ id: string)`. */
  readonly doc: Doc;
  readonly source: Source;
}

export type TypeView =
  | { readonly kind: "primitive"; readonly name: Keyword | "symbol" }
  /** What an optional property holds when it is absent: no value at all. */
  | { readonly kind: "missing" }
  | { readonly kind: "unresolved"; readonly text: string }
  | { readonly kind: "literal"; readonly shape: LiteralShape }
  | { readonly kind: "template"; readonly texts: readonly string[]; readonly slots: readonly TypeUse[] }
  /** `Uppercase<string>` and its kin, the innermost casing first. */
  | { readonly kind: "cased"; readonly casings: readonly Casing[]; readonly base: TypeUse }
  /** Members in source order where it is known (`order`), `null` where it is not. */
  | {
      readonly kind: "union";
      readonly members: readonly { readonly use: TypeUse; readonly order: number | null }[];
    }
  | { readonly kind: "intersection"; readonly members: readonly TypeUse[] }
  | {
      readonly kind: "parameter";
      readonly parameter: TypeHandle;
      readonly name: string;
      readonly isThis: boolean;
      readonly constraint: TypeUse | null;
    }
  /** A type that still computes with a type parameter: `T[K]`, `keyof T`, a conditional or mapped type over one. */
  | { readonly kind: "deferred" }
  | { readonly kind: "array"; readonly element: TypeUse; readonly readonly: boolean }
  | { readonly kind: "tuple"; readonly elements: readonly TupleElementView[]; readonly readonly: boolean }
  | { readonly kind: "callable"; readonly constructs: boolean; readonly properties: readonly string[] }
  /** `{}` as a written type: any value but `null` and `undefined`. */
  | { readonly kind: "nonnullish" }
  | {
      readonly kind: "object";
      readonly form: "literal" | "interface" | "class";
      readonly name: string;
      /** Declared by the language (`es`), or by a host's typings: Node's or a browser's. */
      readonly library: "es" | "host" | null;
      readonly typeArguments: readonly TypeUse[];
      readonly source: Source | null;
    };

export interface TupleElementView {
  readonly label: string | null;
  readonly use: TypeUse;
  readonly quantity: "one" | "optional" | "rest";
}

export interface NamedView {
  /** Equal for all instantiations of one declaration. */
  readonly key: object;
  readonly kind: "interface" | "class" | "alias" | "enum";
  /** From the outermost namespace inwards: `["Geo", "Point"]`. */
  readonly name: readonly string[];
  readonly typeArguments: readonly TypeUse[];
  readonly typeParameters: readonly TypeParameterView[];
  /** The declaration's own type, with its type parameters in place. */
  readonly declared: TypeUse;
  /** This use's type. */
  readonly instance: TypeUse;
  readonly doc: Doc;
  readonly source: Source;
}

export interface PropertyView {
  readonly name: string;
  /** True for a key that is a symbol; `name` is then the symbol's description. */
  readonly symbol: boolean;
  /** Tells symbols of one description apart; equal for two uses of one symbol. `null` for a key that is text. */
  readonly symbolId: string | null;
  /** Worked out when it is asked for: reading the keys of a large type must not cost the types behind them. */
  readonly use: TypeUse;
  readonly optional: boolean;
  readonly readonly: boolean;
  /** Lives on a prototype (methods and accessors of classes), so it is not part of a value's data. */
  readonly onPrototype: boolean;
  /** On the prototype of a class that a mapped type goes through: `Partial<Account>`. */
  readonly isKept: boolean;
  /** `private` or `protected`. */
  readonly hidden: boolean;
  readonly doc: Doc;
  readonly source: Source | null;
}

export interface MappedView {
  /** What its properties come from: `T` of `Pick<T, K>`. `null` where they come from nothing, as of `Record`. */
  readonly source: TypeUse | null;
  /** It maps `keyof` its source: all of the properties. */
  readonly isWhole: boolean;
  /** A type that every key is of; `null` when only `PropertyKey` is known. */
  readonly keys: TypeUse | null;
  /** The source's own values, one type for all of them, or `null`: known when the key is. */
  readonly values: "source" | TypeUse | null;
  /** `?`: what is there may be missing. */
  readonly addsOptional: boolean;
  /** `as`: its keys have other names. */
  readonly renames: boolean;
}

export interface IndexView {
  /** A template for pattern keys. */
  readonly key: "string" | "number" | "symbol" | TypeUse;
  readonly value: TypeUse;
  readonly readonly: boolean;
}

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "named"; readonly named: NamedView }
  | { readonly kind: "parameter"; readonly parameter: TypeHandle; readonly name: string };

export interface ThrownView {
  readonly name: string;
  /** `null` when the name resolves to nothing. */
  readonly use: TypeUse | null;
  readonly description: string;
}
