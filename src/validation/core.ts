/**
 * Declares cores: what a type demands of a value, after names, type arguments, brands and intersections have been resolved.
 * The emitter compiles cores and the interpreter walks them, so that both mean the same.
 *
 * Laziness is what makes recursive types end: a core holds the *types* of its parts, and a part is resolved when a
 * value has one.
 */
import type { BuiltinName, Casing, ErrorName, LiteralShape } from "../model/shape.ts";
import type { Type } from "./types.ts";

export type Core =
  /** `any`, `unknown`: nothing is looked at. */
  | { readonly kind: "anything" }
  | { readonly kind: "never" }
  | {
      readonly kind: "primitive";
      readonly name: "undefined" | "null" | "boolean" | "number" | "string" | "bigint";
    }
  /** TypeScript's `object`. */
  | { readonly kind: "nonprimitive" }
  | LiteralShape
  | { readonly kind: "template"; readonly texts: readonly string[]; readonly slots: readonly Type[] }
  | { readonly kind: "cased"; readonly casings: readonly Casing[]; readonly base: Type }
  | { readonly kind: "array"; readonly element: Type }
  | { readonly kind: "tuple"; readonly elements: readonly CoreElement[] }
  | CoreObject
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "set"; readonly element: Type }
  | { readonly kind: "builtin"; readonly name: BuiltinName }
  | { readonly kind: "error"; readonly name: ErrorName; readonly properties: readonly CoreProperty[] }
  | { readonly kind: "union"; readonly members: readonly Type[] }
  /** An intersection that is no single object: each member must hold, and none judges keys. */
  | { readonly kind: "every"; readonly members: readonly Core[] };

/** The cores of one kind: `CoreOf<"literal">`. */
export type CoreOf<K extends Core["kind"]> = Extract<Core, { readonly kind: K }>;

/** Kinds whose values have no parts that are looked at by themselves. */
export type PartlessKind =
  "anything" | "never" | "primitive" | "nonprimitive" | "literal" | "template" | "builtin";

export interface CoreObject {
  readonly kind: "object";
  readonly properties: readonly CoreProperty[];
  readonly index: readonly CoreIndex[];
}

export interface CoreProperty {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
}

export interface CoreIndex {
  readonly key: "string" | "number" | { readonly texts: readonly string[]; readonly slots: readonly Type[] };
  readonly type: Type;
}

export interface CoreElement {
  readonly type: Type;
  readonly quantity: "one" | "optional" | "rest";
}
