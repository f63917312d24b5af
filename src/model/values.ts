/**
 * Finds what of a type its values are made of. That leaves out what only types speak of: the tag of a brand, the bounds and
 * defaults of type parameters, and a type argument that the generic type uses nowhere in its values. Nobody need ask whether
 * those could cross.
 */
import { namesIn, valuePartsOf, type ValuePart } from "./parts.ts";
import type { Shape } from "./shape.ts";

/** A named type, as far as it is asked about here. */
export interface Definition {
  readonly typeParameters: readonly { readonly name: string }[];
  /** `null` for one that nobody has looked into. */
  readonly shape: Shape | null;
}

export interface Values {
  /** The parts of a shape that values of it have: those of `valuePartsOf`, and of type arguments those that values hold. */
  partsOf(shape: Shape): readonly ValuePart[];
  /** Names of the declarations that values of these shapes are made of. */
  reachedFrom(shapes: readonly Shape[]): ReadonlySet<string>;
}

export function valuesOf(definitions: ReadonlyMap<string, Definition>): Values {
  const held = heldParameters(definitions);
  const parts = (shape: Shape): readonly ValuePart[] => partsHeld(shape, definitions, held);
  return {
    partsOf: parts,
    reachedFrom(shapes) {
      const found = new Set<string>();
      const pending = [...shapes];
      for (let shape = pending.pop(); shape !== undefined; shape = pending.pop()) {
        for (const name of namesIn(shape, "declaration")) {
          const definition = definitions.get(name);
          if (!definition || found.has(name)) continue;
          found.add(name);
          if (definition.shape) pending.push(definition.shape);
        }
        pending.push(...parts(shape).map((part) => part.shape));
      }
      return found;
    },
  };
}

/** Declaration -> names of its type parameters that its values hold values of. */
type Held = ReadonlyMap<string, ReadonlySet<string>>;

/** Generic types may hold each other, so what is known grows until nothing new is. */
function heldParameters(definitions: ReadonlyMap<string, Definition>): Held {
  const held = new Map<string, Set<string>>();
  const generics = [...definitions].filter(([, { typeParameters }]) => typeParameters.length > 0);
  for (const [name] of generics) held.set(name, new Set());
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const [name, { shape, typeParameters }] of generics) {
      const known = held.get(name);
      if (!known || !shape || known.size === typeParameters.length) continue;
      const before = known.size;
      for (const parameter of parametersIn(shape, definitions, held)) {
        if (typeParameters.some((one) => one.name === parameter)) known.add(parameter);
      }
      isNew ||= known.size > before;
    }
  }
  return held;
}

function* parametersIn(
  shape: Shape,
  definitions: ReadonlyMap<string, Definition>,
  held: Held,
): Generator<string> {
  if (shape.kind === "parameter") yield shape.name;
  // Its text may mention any of them.
  if (shape.kind === "deferred") yield* shape.text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
  for (const part of partsHeld(shape, definitions, held)) yield* parametersIn(part.shape, definitions, held);
}

function partsHeld(
  shape: Shape,
  definitions: ReadonlyMap<string, Definition>,
  held: Held,
): readonly ValuePart[] {
  const parts = valuePartsOf(shape);
  if (shape.kind !== "reference") return parts;
  const definition = definitions.get(shape.name);
  const names = held.get(shape.name);
  if (!definition || !names) return parts;
  return parts.filter((_, at) => {
    const parameter = definition.typeParameters[at];
    return parameter === undefined || names.has(parameter.name);
  });
}
