/**
 * Lowering: a type of the compiler -> our shape. This file chooses the kind; each kind is lowered by its own file under
 * `shape/`. Independent of direction: what cannot cross one way cannot cross the other.
 */
import type { Shape } from "../model/shape.ts";
import type { Declarations } from "./declarations.ts";
import type { Frontend, TypeHandle, TypeUse } from "./frontend/frontend.ts";
import { arrayShape } from "./shape/array.ts";
import { casedShape } from "./shape/cased.ts";
import { callableShape } from "./shape/callable.ts";
import { deferredShape } from "./shape/deferred.ts";
import { intersectionShape } from "./shape/intersection.ts";
import { literalShape } from "./shape/literal.ts";
import { namedShape } from "./shape/named.ts";
import { nonnullishShape } from "./shape/nonnullish.ts";
import { objectShape } from "./shape/object.ts";
import { parameterShape } from "./shape/parameter.ts";
import { primitiveShape } from "./shape/primitive.ts";
import { templateShape } from "./shape/template.ts";
import { tupleShape } from "./shape/tuple.ts";
import { unionShape } from "./shape/union.ts";
import { tooDeep, unresolved } from "./shape/unsupported.ts";

/** What lowering needs beside the type. One for the whole definition. */
export interface Lowering {
  readonly frontend: Frontend;
  readonly declarations: Declarations;
  /** Types lowered since the whole that is being lowered began. */
  steps: number;
  /** Set when that whole is deeper or larger than anything that ends. */
  isEndless: boolean;
  /** True once it is known that all of this will be read again, so that what is still to come need not be looked into. */
  isMoot(): boolean;
}

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

/** Types in one parameter, result or declaration. An unnamed type that doubles at each level never ends by itself. */
const maxSteps = 10_000;

export const outerScope: Scope = {
  parameters: new Map(),
  generic: null,
  definition: null,
  self: null,
  open: new Map(),
  isMapped: false,
  hint: "",
};

export function lower(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  if (lowering.isMoot()) return { kind: "never" };
  if (scope.open.size > maxInlineDepth || ++lowering.steps > maxSteps) {
    lowering.isEndless = true;
    return { kind: "never" };
  }
  return namedShape(lowering, use, scope) ?? lowerBody(lowering, use, scope);
}

/** A whole that is reported as one when it turns out to have no end: a parameter, a result, a declaration. */
export function lowerWhole(lowering: Lowering, use: TypeUse, lowerIt: () => Shape): Shape {
  lowering.steps = 0;
  lowering.isEndless = false;
  const shape = lowerIt();
  return lowering.isEndless ? tooDeep(lowering, use) : shape;
}

/** A type by its structure, whatever it is called. */
export function lowerBody(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  const view = lowering.frontend.view(use);
  switch (view.kind) {
    case "primitive":
      return primitiveShape(lowering, use, view);
    case "missing":
      return { kind: "never" };
    case "unresolved":
      return unresolved(lowering, use, view);
    case "literal":
      return literalShape(view);
    case "template":
      return templateShape(lowering, use, view, scope);
    case "cased":
      return casedShape(lowering, view, scope);
    case "union":
      return unionShape(lowering, view, scope);
    case "intersection":
      return intersectionShape(lowering, use, view, scope);
    case "parameter":
      return parameterShape(lowering, view, scope);
    case "deferred":
      return deferredShape(lowering, use, scope);
    case "array":
      return arrayShape(lowering, view, scope);
    case "tuple":
      return tupleShape(lowering, view, scope);
    case "callable":
      return callableShape(lowering, use, view);
    case "nonnullish":
      return nonnullishShape();
    case "object":
      return objectShape(lowering, use, view, scope);
    default:
      return unknownView(view);
  }
}

function unknownView(view: never): never {
  throw new Error(`A view of a kind that lowering does not know: ${JSON.stringify(view)}`);
}
