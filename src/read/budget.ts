/**
 * Keeps each leaf within its budget of declarations. Where its types drag in more than anybody would read, or have no end, the largest
 * of them becomes a finding, with the `Pick<>` that would do.
 */
import { maxDeclarations } from "../model/limits.ts";
import { rowOf } from "../model/kinds.ts";
import { referencesOf } from "../model/parts.ts";
import type { Property, Shape } from "../model/shape.ts";
import { reach } from "./bodies.ts";
import type { Lowering } from "./lowering.ts";

/** `shapesOf` and `map` are those of what is held to the budget: a leaf, or a kind of script. */
export function withinBudget<T>(
  lowering: Lowering,
  whole: T,
  shapesOf: (whole: T) => readonly Shape[],
  map: (whole: T, change: (shape: Shape) => Shape) => T,
): T {
  let fitting = whole;
  for (;;) {
    const shapes = shapesOf(fitting);
    const { found, isGrowing } = reach(lowering, shapes, maxDeclarations);
    if (found.size <= maxDeclarations && !isGrowing) return fitting;
    const token = heaviest(lowering, shapes);
    const reason = isGrowing
      ? "each of its parts has larger type arguments than it has, without an end"
      : `it drags in more than ${maxDeclarations} declarations`;
    fitting = map(fitting, (shape) => without(lowering, shape, token, reason));
  }
}

/** The directly mentioned declaration that reaches most, before all one without an end; the first of equals. */
function heaviest(lowering: Lowering, shapes: readonly Shape[]): string {
  let best = { token: "", weight: -1 };
  for (const token of new Set(shapes.flatMap((shape) => [...referencesOf(shape)]))) {
    const reference: Shape = { kind: "reference", name: token, typeArguments: [] };
    const { found, isGrowing } = reach(lowering, [reference], maxDeclarations);
    const weight = isGrowing ? Infinity : found.size;
    if (weight > best.weight) best = { token, weight };
  }
  if (best.weight < 0) throw new Error("A leaf over its budget that mentions no declaration.");
  return best.token;
}

/** The shape with a finding in the place of everything that mentions the declaration. */
function without(lowering: Lowering, shape: Shape, token: string, reason: string): Shape {
  if (![...referencesOf(shape)].includes(token)) return shape;
  const { drafts } = lowering.declarations;
  const draft = drafts.get(token);
  const name = draft?.written ?? "";
  const isItself = shape.kind === "reference" && shape.name === token;
  // Around it a promise or an array may stay; anything else goes with it.
  if (shape.kind === "array" && !isItself)
    return { ...shape, element: without(lowering, shape.element, token, reason) };
  if (shape.kind === "union") {
    return { ...shape, members: shape.members.map((member) => without(lowering, member, token, reason)) };
  }
  return {
    kind: "unsupported",
    code: "type-too-large",
    type: name,
    reason,
    help: `Declare only what scripts need, for example ${exampleOf(name, draft?.shape ?? null)}.`,
  };
}

/** `Pick<Stripe.Customer, "id" | "email">`, of properties a script can use as they are. */
function exampleOf(name: string, shape: Shape | null): string {
  const properties: readonly Property[] = shape?.kind === "object" ? shape.properties : [];
  const picked = properties.filter(({ shape: inner }) => isSimple(inner)).slice(0, 3);
  if (picked.length === 0) return "an interface with those properties";
  return `\`Pick<${name}, ${picked.map((property) => JSON.stringify(property.name)).join(" | ")}>\``;
}

function isSimple(shape: Shape): boolean {
  return shape.kind === "union" ? shape.members.every(isSimple) : rowOf(shape.kind).values === "primitive";
}
