/**
 * Settles the bounds and defaults of type parameters. No value of them crosses, so rules do not judge them; but a
 * declaration that named a type it cannot declare would not compile, so such a bound or default is left out.
 *
 * - `K extends PropertyKey` -> `K extends string | number`: a symbol is no key that crosses.
 * - `T = () => void` -> no default: a reference in the contract names all of its arguments.
 * - `T extends { save(): void }` -> a declaration for each instantiation, which needs no bound.
 * - `T extends object = {}` -> no default, for `{}` alone is no object here; and an instantiation where it is the argument.
 */
import type { TypeParameter } from "../model/contract.ts";
import { partsOf } from "../model/parts.ts";
import type { Shape } from "../model/shape.ts";
import type { Declarations, Draft } from "./declarations.ts";
import { isNonnullish } from "./shape/nonnullish.ts";
import { unionOf } from "../model/union.ts";

/** True for what everything that it is made of crosses. */
export type Crosses = (shape: Shape) => boolean;

/** Those of a generic draft. One that cannot be said makes it compute: another pass declares its instantiations. */
export function settleBounds(draft: Draft, { computing, found }: Declarations, crosses: Crosses): void {
  const parameters = draft.typeParameters.map(withoutAlternatives);
  const isSayable = (bound: Shape | null): boolean => bound === null || crosses(bound);
  const key = keyOf(draft);
  if (key && !computing.has(key) && parameters.some(({ constraint }) => !isSayable(constraint)))
    found.add(key);
  draft.typeParameters = withDefaults(
    parameters.map((parameter) =>
      isSayable(parameter.constraint) ? parameter : { ...parameter, constraint: null },
    ),
    crosses,
  );
}

/** Those of a leaf. Its arguments are checked against the bound, and its result may be the default: what is left is judged. */
export function leafParameters(parameters: readonly TypeParameter[]): readonly TypeParameter[] {
  return withDefaults(parameters.map(withoutAlternatives), () => true);
}

function withoutAlternatives(parameter: TypeParameter): TypeParameter {
  const { constraint, default: fallback } = parameter;
  return {
    ...parameter,
    constraint: constraint && withoutUnsupported(constraint),
    default: fallback && withoutUnsupported(fallback),
  };
}

/** `string | symbol` -> `string`. A type that has nothing else stays what it is. */
export function withoutUnsupported(shape: Shape): Shape {
  if (shape.kind !== "union") return shape;
  const members = shape.members.filter(({ kind }) => kind !== "unsupported");
  return members.length === 0 ? shape : unionOf(members);
}

/** A parameter with a default cannot stand before one without. */
function withDefaults(parameters: readonly TypeParameter[], crosses: Crosses): readonly TypeParameter[] {
  const last = parameters.findLastIndex(
    ({ constraint, default: fallback }) =>
      fallback !== null && (!crosses(fallback) || breaks(fallback, constraint)),
  );
  return parameters.map((parameter, at) => (at <= last ? { ...parameter, default: null } : parameter));
}

/** Makes compute what is referred to with an argument that its bound would not take. */
export function findBrokenBounds(shape: Shape, declarations: Declarations): void {
  for (const part of partsOf(shape)) findBrokenBounds(part.shape, declarations);
  if (shape.kind !== "reference") return;
  const { drafts, computing, found } = declarations;
  const draft = drafts.get(shape.name);
  const key = draft && keyOf(draft);
  if (!key || computing.has(key)) return;
  const isBroken = draft.typeParameters.some(({ constraint }, at) => {
    const argument = shape.typeArguments[at];
    return argument !== undefined && breaks(argument, constraint);
  });
  if (isBroken) found.add(key);
}

/**
 * `P extends Record<string, unknown>` takes `{}`, an object without properties; where it stands alone it is anything but `null`
 * and `undefined`, which the bound does not take.
 */
function breaks(argument: Shape, bound: Shape | null): boolean {
  if (bound === null || bound.kind === "any" || bound.kind === "unknown") return false;
  return isNonnullish(argument) && !isNonnullish(bound);
}

/** What a generic draft is known by; `null` for one without type parameters. */
function keyOf({ origin }: Draft): object | null {
  return origin?.generic ? origin.named.key : null;
}
