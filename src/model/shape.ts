/**
 * Declares shapes: our description of one type that crosses the boundary. It says what *arrives* on the other side, after
 * structured clone. Plain data; no compiler object is ever held here.
 *
 * What cannot cross is an ordinary variant (`unsupported`), so that reading never throws and every problem
 * of a definition is reported at once.
 */
import type { Doc, Source } from "./contract.ts";

export type Shape =
  | KeywordShape
  | LiteralShape
  | TemplateShape
  | CasedShape
  | ArrayShape
  | TupleShape
  | ObjectShape
  | MapShape
  | SetShape
  | BuiltinShape
  | ErrorShape
  | UnionShape
  | IntersectionShape
  | BrandShape
  | ReferenceShape
  | ParameterShape
  | DeferredShape
  | UnsupportedShape;

export type ShapeKind = Shape["kind"];

/** The shapes of one kind: `ShapeOf<"map">` is a `MapShape`. */
export type ShapeOf<K extends ShapeKind> = K extends Keyword
  ? KeywordShape
  : Extract<Shape, { readonly kind: K }>;

/** Shapes without fields. `nonprimitive` is TypeScript's `object`: any value that is not a primitive. */
export interface KeywordShape {
  readonly kind:
    | "any"
    | "unknown"
    | "never"
    | "void"
    | "undefined"
    | "null"
    | "boolean"
    | "number"
    | "string"
    | "bigint"
    | "nonprimitive";
}

export type Keyword = KeywordShape["kind"];

/** Kinds whose values other shapes decide. */
export type Compound = "union" | "intersection" | Indirect;

/** Kinds of objects that have parts. */
export type Structure = "array" | "tuple" | "object" | "map" | "set" | "error";

/** Kinds that stand for another shape: their base, what they name, or what a type parameter must be. */
export type Indirect = "brand" | "reference" | "parameter" | "deferred";

/** One value. A bigint literal is held as its decimal text, because JSON has no bigint. */
export type LiteralShape =
  | { readonly kind: "literal"; readonly type: "string"; readonly value: string }
  | { readonly kind: "literal"; readonly type: "number"; readonly value: number }
  | { readonly kind: "literal"; readonly type: "boolean"; readonly value: boolean }
  | { readonly kind: "literal"; readonly type: "bigint"; readonly value: string };

/** `` `user-${number}` ``: `texts` has one entry more than `slots`. */
export interface TemplateShape {
  readonly kind: "template";
  readonly texts: readonly string[];
  readonly slots: readonly Shape[];
}

export const casings = ["Uppercase", "Lowercase", "Capitalize", "Uncapitalize"] as const;
export type Casing = (typeof casings)[number];

/** `Uppercase<Lowercase<string>>`: the texts of `base` that are the same after all casings, applied in order. */
export interface CasedShape {
  readonly kind: "cased";
  /** The innermost first. */
  readonly casings: readonly Casing[];
  /** A `string` or a template. */
  readonly base: Shape;
}

export interface ArrayShape {
  readonly kind: "array";
  readonly element: Shape;
  readonly readonly: boolean;
  readonly lossy?: Lossy;
}

export interface TupleShape {
  readonly kind: "tuple";
  readonly elements: readonly TupleElement[];
  readonly readonly: boolean;
}

/** How many values an element or a parameter stands for. */
export const quantities = ["one", "optional", "rest"] as const;
export type Quantity = (typeof quantities)[number];

export interface TupleElement {
  /** The label of a named element, or `null`. TypeScript wants all or none labelled; so do we. */
  readonly label: string | null;
  /** For `rest` the shape of one element, not of the array. */
  readonly shape: Shape;
  readonly quantity: Quantity;
}

/** An object literal type, an interface body, a record (index signatures only), or the data of a class. */
export interface ObjectShape {
  readonly kind: "object";
  readonly properties: readonly Property[];
  readonly index: readonly IndexSignature[];
  /** Present when what arrives is less than what was sent: the class and what is dropped. */
  readonly lossy?: Lossy;
}

export interface Property {
  readonly name: string;
  /**
   * What the property holds when present. Contains `undefined` exactly when an explicit `undefined` is
   * accepted, so that the declaration means the same with `exactOptionalPropertyTypes` on and off.
   */
  readonly shape: Shape;
  readonly optional: boolean;
  readonly readonly: boolean;
  readonly doc?: Doc;
  readonly source?: Source;
}

export interface IndexSignature {
  readonly key: "string" | "number" | TemplateShape;
  readonly value: Shape;
  readonly readonly: boolean;
}

/** Why a value arrives as less than it was. */
export interface Lossy {
  /** The type as its author wrote it, for example `Money` or `Buffer`. */
  readonly from: string;
  /** What is dropped, in words that finish "which loses …". */
  readonly loses: string;
}

export interface MapShape {
  readonly kind: "map";
  readonly key: Shape;
  readonly value: Shape;
  readonly readonly: boolean;
  readonly lossy?: Lossy;
}

export interface SetShape {
  readonly kind: "set";
  readonly element: Shape;
  readonly readonly: boolean;
  readonly lossy?: Lossy;
}

/** A built-in object without type arguments that matter. */
export interface BuiltinShape {
  readonly kind: "builtin";
  readonly name: BuiltinName;
  readonly lossy?: Lossy;
}

export const typedArrayNames = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;
export type TypedArrayName = (typeof typedArrayNames)[number];

/** The classes of `Temporal`, where the engine has it. */
export const temporalNames = [
  "Temporal.Instant",
  "Temporal.ZonedDateTime",
  "Temporal.PlainDate",
  "Temporal.PlainTime",
  "Temporal.PlainDateTime",
  "Temporal.PlainYearMonth",
  "Temporal.PlainMonthDay",
  "Temporal.Duration",
] as const;
export type TemporalName = (typeof temporalNames)[number];

export const builtinNames = [
  "Date",
  "RegExp",
  "ArrayBuffer",
  "DataView",
  ...typedArrayNames,
  ...temporalNames,
] as const;
export type BuiltinName = (typeof builtinNames)[number];

export function isTemporalName(name: BuiltinName): name is TemporalName {
  return name.startsWith("Temporal.");
}

export const errorNames = [
  "Error",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
  "AggregateError",
] as const;
export type ErrorName = (typeof errorNames)[number];

/** An error of one of the standard classes, with the own data properties its type declares. */
export interface ErrorShape {
  readonly kind: "error";
  readonly name: ErrorName;
  readonly properties: readonly Property[];
  readonly lossy?: Lossy;
}

export interface UnionShape {
  readonly kind: "union";
  /** At least two members, in canonical order, without duplicates, never nested. */
  readonly members: readonly Shape[];
}

export interface IntersectionShape {
  readonly kind: "intersection";
  readonly members: readonly Shape[];
}

/** `string & { readonly __brand: "UserId" }`: what crosses is the base; the tag lives in the type only. */
export interface BrandShape {
  readonly kind: "brand";
  readonly base: Shape;
  readonly tag: ObjectShape;
}

/** A named declaration of the contract, with its type arguments when it is generic. */
export interface ReferenceShape {
  readonly kind: "reference";
  readonly name: string;
  readonly typeArguments: readonly Shape[];
}

/** A type parameter of the enclosing declaration or signature. */
export interface ParameterShape {
  readonly kind: "parameter";
  readonly name: string;
}

/**
 * A type that still computes with a type parameter of its leaf (`Pick<T, K>`, `T[K]`): declared as the
 * text TypeScript prints, checked at run time against `constraint`.
 */
export interface DeferredShape {
  readonly kind: "deferred";
  readonly text: string;
  readonly constraint: Shape;
  /** Names of declarations that `text` mentions. */
  readonly references: readonly string[];
}

export interface UnsupportedShape {
  readonly kind: "unsupported";
  readonly code: "type-not-clonable" | "type-unresolved" | "type-too-large";
  /** The type as printed, shortened to 80 characters. */
  readonly type: string;
  /** Finishes "`<type>` cannot cross: …", for example "a function has no structured clone". */
  readonly reason: string;
  /** The way out, a full sentence. */
  readonly help: string;
  readonly source?: Source;
}
