/**
 * Lowers a type of the compiler to our shape, within bounds: a type that grows without end is found and not followed. Which
 * kind a type is, and how that kind is lowered, is in `kinds.ts` and `shape/`. Independent of direction: what cannot cross
 * one way cannot cross the other.
 */
import { maxArgumentDepth, maxTypeDepth, maxTypes } from "../model/limits.ts";
import type { Shape } from "../model/shape.ts";
import type { Declarations } from "./declarations.ts";
import type { Frontend, TypeHandle, TypeUse, TypeView } from "./frontend/frontend.ts";

/** Deeper than anybody writes; with larger type arguments at every level; or more types than anybody reads. */
export type Endless = "nested" | "growing" | "many";

/** What lowering needs beside the type. One for the whole definition. */
export interface Lowering {
  readonly frontend: Frontend;
  readonly declarations: Declarations;
  readonly kinds: LoweredKinds;
  /** Types lowered since the whole that is being lowered began. */
  steps: number;
  /** How that whole turned out to be deeper or larger than anything that ends. */
  endless: Endless | null;
  /** True once it is known that all of this will be read again, so that what is still to come need not be looked into. */
  isMoot(): boolean;
}

/** How each kind of type is lowered. In the `Lowering`, because whoever lowers a whole lowers its parts in turn. */
export interface LoweredKinds {
  /** A type that has a name of its own in the output, as a reference; `null` for every other. */
  named(lowering: Lowering, use: TypeUse, scope: Scope): Shape | null;
  /** A type by its structure, whatever it is called. */
  body(lowering: Lowering, use: TypeUse, scope: Scope): Shape;
  /** What stands for a whole that has no end. */
  endless(lowering: Lowering, use: TypeUse, endless: Endless): Shape;
}

/** The views of one kind: what the file of that kind lowers. */
export type ViewOf<K extends TypeView["kind"]> = Extract<TypeView, { readonly kind: K }>;

/** Where a type stands: which type parameters have a name here, and what is being lowered around it. */
export interface Scope {
  /** Type parameters of the enclosing signature or declaration. */
  readonly parameters: ReadonlyMap<TypeHandle, string>;
  /** The generic declaration whose body this is; its type parameters must stay without computation. */
  readonly generic: object | null;
  /** The type whose declaration this is: printed as text, it is its body and not its own name. */
  readonly definition: TypeHandle | null;
  /** What `this` stands for inside an interface. */
  readonly self: Shape | null;
  /** Unnamed types around this one: meeting one again means it is recursive and needs a name. */
  readonly open: ReadonlyMap<TypeHandle, OpenType>;
  /** Type arguments around this one. */
  readonly argumentDepth: number;
  /** Inside a mapped type, whose properties say for themselves whether they may be missing. */
  readonly isMapped: boolean;
  /** The nearest property, for naming what has no name. */
  readonly hint: string;
}

export interface OpenType {
  /** Set when the type was met inside itself. */
  name: string | null;
}

export const outerScope: Scope = {
  parameters: new Map(),
  generic: null,
  definition: null,
  self: null,
  open: new Map(),
  argumentDepth: 0,
  isMapped: false,
  hint: "",
};

export function lower(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  if (lowering.isMoot()) return { kind: "never" };
  const endless = endlessly(lowering, scope);
  if (endless !== null) {
    lowering.endless ??= endless;
    return { kind: "never" };
  }
  return lowering.kinds.named(lowering, use, scope) ?? lowerBody(lowering, use, scope);
}

function endlessly(lowering: Lowering, scope: Scope): Endless | null {
  if (scope.argumentDepth > maxArgumentDepth) return "growing";
  if (scope.open.size > maxTypeDepth) return "nested";
  return ++lowering.steps > maxTypes ? "many" : null;
}

/** A whole that is reported as one when it turns out to have no end: a parameter, a result, a declaration. */
export function lowerWhole(lowering: Lowering, use: TypeUse, lowerIt: () => Shape): Shape {
  lowering.steps = 0;
  lowering.endless = null;
  const shape = lowerIt();
  return lowering.endless === null ? shape : lowering.kinds.endless(lowering, use, lowering.endless);
}

/** A type by its structure, whatever it is called. */
export function lowerBody(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  return lowering.kinds.body(lowering, use, scope);
}
