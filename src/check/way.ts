/**
 * Finds how a binding comes to a named type of a package, so that a finding inside that type can name what is the author's own: the argument or result it is reached
 * from, and the property that could be left out there.
 *
 *     list(options: Options): void;   // of a package: interface Options { request: { signal: AbortSignal } }
 *
 * `Options` is reached as the argument `options`; a finding at `.request.signal` of it as `options.request.signal`, and `Omit<Options, "request">` leaves it out.
 */
import type { Contract, Declaration, Leaf } from "../model/contract.ts";
import { namesIn } from "../model/parts.ts";
import { remembered } from "../model/remembered.ts";
import type { Shape } from "../model/shape.ts";
import { valuesOf } from "../model/values.ts";
import type { ShapeOwner, ShapeSite } from "../model/walk.ts";

export interface Way {
  /** Never a declaration. */
  readonly owner: ShapeOwner;
  /** From the owner's value to the one with the finding: `.request.signal`. */
  readonly at: string;
  /** The outermost type of a package on the way, which the author has named, and what follows it. */
  readonly outer: { readonly declaration: Declaration; readonly at: string };
}

/** `null` where the finding is in a type of the author's own, or is no part of a value of its first user. */
export function wayTo(contract: Contract, { owner, at }: ShapeSite): Way | null {
  if (owner.kind !== "declaration" || owner.usedBy === null || !isOfPackage(owner.declaration)) return null;
  const { usedBy, declaration } = owner;
  const way = remembered(known, usedBy, () => waysFrom(contract, usedBy)).get(declaration.name);
  if (way === undefined) return null;
  return { ...way, at: way.at + at, outer: { ...way.outer, at: way.outer.at + at } };
}

/** Contracts are never changed in place. */
const known = new WeakMap<Leaf, ReadonlyMap<string, Way>>();

const isOfPackage = ({ source }: Declaration): boolean => /(?:^|\/)node_modules\//.test(source.file);

interface Step {
  readonly owner: ShapeOwner;
  readonly shape: Shape;
  readonly at: string;
  readonly outer: Way["outer"] | null;
}

/** The shortest way to each type of a package that values of a leaf are made of. */
function waysFrom(contract: Contract, leaf: Leaf): ReadonlyMap<string, Way> {
  const declarations = new Map(contract.declarations.map((one) => [one.name, one]));
  const values = valuesOf(declarations);
  const seen = new Set<string>();
  const ways = new Map<string, Way>();
  let steps: readonly Step[] = startsOf(leaf);
  while (steps.length > 0) {
    const next: Step[] = [];
    for (const { owner, shape, at, outer } of steps) {
      for (const name of namesIn(shape, "declaration")) {
        const declaration = declarations.get(name);
        if (declaration === undefined || seen.has(name)) continue;
        seen.add(name);
        const first = outer ?? (isOfPackage(declaration) ? { declaration, at: "" } : null);
        if (first) ways.set(name, { owner, at, outer: first });
        next.push({ owner, shape: declaration.shape, at, outer: first });
      }
      for (const { shape: part, step } of values.partsOf(shape))
        next.push({ owner, shape: part, at: at + step, outer: outer && { ...outer, at: outer.at + step } });
    }
    steps = next;
  }
  return ways;
}

function startsOf(leaf: Leaf): readonly Step[] {
  const start = (owner: ShapeOwner, shape: Shape): Step => ({ owner, shape, at: "", outer: null });
  return [
    ...leaf.signatures.flatMap((signature) => [
      ...signature.parameters.map((parameter) =>
        start({ kind: "argument", leaf, signature, parameter }, parameter.shape),
      ),
      start({ kind: "result", leaf, signature }, signature.result),
    ]),
    ...leaf.throws.map(({ name, shape }) => start({ kind: "error", leaf, name }, shape)),
  ];
}

/** What to write instead of the type that the author has named, a full sentence; empty where no property leads on from it. */
export function leaveOut({ outer: { declaration, at } }: Way): string {
  const [, property] = /^\.([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(at) ?? [];
  const { name, shape, typeParameters } = declaration;
  if (property === undefined || shape.kind !== "object") return "";
  const type = typeParameters.length === 0 ? name : `${name}<…>`;
  // `Omit` of a type with an index signature forgets the names of its properties.
  return shape.index.length === 0
    ? `Where \`${property}\` is not needed, write \`Omit<${type}, "${property}">\` in place of \`${type}\`.`
    : `Where \`${property}\` is not needed, name what is: \`Pick<${type}, …>\` in place of \`${type}\`.`;
}
