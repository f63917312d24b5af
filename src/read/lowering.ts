/**
 * Lowers a type of the compiler to our shape, within bounds: a type that grows without end is found and not followed. Which
 * kind a type is, and how that kind is lowered, is in `kinds.ts` and `shape/`. Independent of direction: what cannot cross
 * one way cannot cross the other.
 */
import type { Shape } from "../model/shape.ts";
import type { Declarations } from "./declarations.ts";
import type { Frontend, TypeHandle, TypeUse, TypeView } from "./frontend/frontend.ts";

/** What lowering needs beside the type. One for the whole definition. */
export interface Lowering {
  readonly frontend: Frontend;
  readonly declarations: Declarations;
  readonly kinds: LoweredKinds;
  /** Types lowered since the whole that is being lowered began. */
  steps: number;
  /** How that whole turned out to be deeper or larger than anything that ends. */
  endless: "nested" | "growing" | null;
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
  tooDeep(lowering: Lowering, use: TypeUse): Shape;
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

/** Unnamed types inside one another. Deeper is a type that grows without end. */
const maxInlineDepth = 48;

/** Type arguments inside one another: `WithId<WithId<…>>`. Deeper is a type whose parts are larger than it is. */
const maxArgumentDepth = 48;

/** Types in one parameter, result or declaration. An unnamed type that doubles at each level never ends by itself. */
const maxSteps = 10_000;

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
  const isGrowing = scope.argumentDepth > maxArgumentDepth;
  if (isGrowing || scope.open.size > maxInlineDepth || ++lowering.steps > maxSteps) {
    lowering.endless ??= isGrowing ? "growing" : "nested";
    return { kind: "never" };
  }
  return lowering.kinds.named(lowering, use, scope) ?? lowerBody(lowering, use, scope);
}

/** A whole that is reported as one when it turns out to have no end: a parameter, a result, a declaration. */
export function lowerWhole(lowering: Lowering, use: TypeUse, lowerIt: () => Shape): Shape {
  lowering.steps = 0;
  lowering.endless = null;
  const shape = lowerIt();
  return lowering.endless === null ? shape : lowering.kinds.tooDeep(lowering, use);
}

/** A type by its structure, whatever it is called. */
export function lowerBody(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  return lowering.kinds.body(lowering, use, scope);
}
