/**
 * Lowers the data of an object type: the properties a structured clone has. What lives on a prototype, is keyed by a symbol
 * or is private to a class stays behind, and is named so that it can be said.
 */
import type { IndexSignature, Property, Shape, TemplateShape } from "../../model/shape.ts";
import type { IndexView, PropertyView, TypeUse } from "../frontend/frontend.ts";
import { notClonable } from "./unsupported.ts";
import { orUndefined } from "./union.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";

export interface Data {
  readonly properties: readonly Property[];
  readonly index: readonly IndexSignature[];
  /** What does not cross, in groups: "its methods". */
  readonly lost: readonly string[];
}

export const itsMethods = "its methods and accessors";

export function dataProperties(lowering: Lowering, use: TypeUse, scope: Scope, isClass = true): Data {
  const views = lowering.frontend.properties(use.type);
  const lost = new Set<string>();
  const crosses = (view: PropertyView): boolean => {
    if (view.symbol) {
      if (!isNeverThere(lowering, view)) lost.add("its symbol keys");
    } else if ((isClass || view.isKept) && view.onPrototype) lost.add(itsMethods);
    else if (isClass && view.hidden) lost.add("its private fields");
    else return true;
    return false;
  };
  const properties = views.filter(crosses).map((view) => lowerProperty(lowering, view, scope));
  const index = lowering.frontend.indexes(use.type).flatMap((view) => {
    if (view.key !== "symbol") return [indexSignature(lowering, view, view.key, scope)];
    lost.add("its symbol keys");
    return [];
  });
  return { properties, index, lost: [...lost] };
}

/** `[empty]?: never`, which keeps others from passing: a key that no value has is not lost. */
function isNeverThere({ frontend }: Lowering, { optional, use }: PropertyView): boolean {
  if (!optional) return false;
  const view = frontend.view(use);
  return view.kind === "missing" || (view.kind === "primitive" && /^(undefined|never)$/.test(view.name));
}

/** One property, whatever it is a property of. */
export function lowerProperty(lowering: Lowering, view: PropertyView, scope: Scope): Property {
  const { use } = view;
  const lowered =
    view.name === "__proto__"
      ? notClonable(
          lowering,
          use,
          "a key `__proto__` could replace the prototype of what arrives",
          "Give the property another name.",
        )
      : lower(lowering, use, { ...scope, hint: view.name });
  const shape = !view.optional && mayBeMissing(lowering, use) ? orUndefined(lowered) : lowered;
  const { doc } = view;
  const hasDoc = doc.text !== "" || doc.tags.length > 0;
  return {
    name: view.name,
    shape: view.source !== null ? placed(shape, view) : shape,
    optional: view.optional,
    readonly: view.readonly,
    ...(hasDoc ? { doc } : {}),
    ...(view.source === null ? {} : { source: view.source }),
  };
}

/**
 * `{ [K in keyof T & string as `get_${K}`]: T[K] }` makes a required property of an optional one: what was absence is
 * `undefined` there.
 */
export function mayBeMissing({ frontend }: Lowering, use: TypeUse): boolean {
  const view = frontend.view(use);
  if (view.kind !== "union") return view.kind === "missing";
  return view.members.some((member) => frontend.view(member.use).kind === "missing");
}

/** A finding without a place of its own is at the property that has it. */
function placed(shape: Shape, view: PropertyView): Shape {
  return shape.kind === "unsupported" && shape.source === undefined && view.source !== null
    ? { ...shape, source: view.source }
    : shape;
}

function indexSignature(
  lowering: Lowering,
  view: IndexView,
  key: "string" | "number" | TypeUse,
  scope: Scope,
): IndexSignature {
  const shape = typeof key === "string" ? key : lower(lowering, key, scope);
  return {
    key:
      typeof shape === "string" || shape.kind === "template"
        ? shape
        : shape.kind === "cased"
          ? only(shape)
          : anyText,
    value: lower(lowering, view.value, scope),
    readonly: view.readonly,
  };
}

/** `Uppercase<string>` as the pattern it is. */
const only = (slot: Shape): TemplateShape => ({ kind: "template", texts: ["", ""], slots: [slot] });

/** Keys of a branded string are strings. */
const anyText: "string" | TemplateShape = "string";
