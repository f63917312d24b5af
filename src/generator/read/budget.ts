/**
 * Budget: a leaf whose types drag in more declarations than anybody would read gets a finding where it mentions the largest
 * of them, with the `Pick<>` that would do.
 */
import type { Leaf, Signature } from "../../contract/contract.ts";
import { maxDeclarations } from "../../contract/limits.ts";
import type { Property, Shape } from "../../contract/shape.ts";
import { partsOf, referencesOf } from "../../contract/walk.ts";
import { reach } from "./bodies.ts";
import type { Lowering } from "./lowering.ts";

export function withinBudget(lowering: Lowering, leaf: Leaf): Leaf {
  let fitting = leaf;
  for (;;) {
    const shapes = shapesOf(fitting);
    if (reach(lowering, shapes, maxDeclarations).size <= maxDeclarations) return fitting;
    const token = heaviest(lowering, shapes);
    fitting = mapShapes(fitting, (shape) => without(lowering, shape, token));
  }
}

function shapesOf(leaf: Leaf): Shape[] {
  return [
    ...leaf.signatures.flatMap((signature) => [
      ...signature.typeParameters.flatMap(({ constraint, default: fallback }) => [constraint, fallback]),
      ...signature.parameters.map(({ shape }) => shape),
      signature.result,
    ]),
    ...leaf.throws.map(({ shape }) => shape),
  ].filter((shape) => shape !== null);
}

/** The directly mentioned declaration that reaches most; the first of equals. */
function heaviest(lowering: Lowering, shapes: readonly Shape[]): string {
  let best = { token: "", weight: -1 };
  for (const token of new Set(shapes.flatMap((shape) => [...referencesOf(shape)]))) {
    const reference: Shape = { kind: "reference", name: token, typeArguments: [] };
    const weight = reach(lowering, [reference], maxDeclarations).size;
    if (weight > best.weight) best = { token, weight };
  }
  if (best.weight < 0) throw new Error("A leaf over its budget that mentions no declaration.");
  return best.token;
}

function mapShapes(leaf: Leaf, map: (shape: Shape) => Shape): Leaf {
  const signature = (from: Signature): Signature => ({
    ...from,
    typeParameters: from.typeParameters.map((parameter) => ({
      ...parameter,
      constraint: parameter.constraint && map(parameter.constraint),
      default: parameter.default && map(parameter.default),
    })),
    parameters: from.parameters.map((parameter) => ({ ...parameter, shape: map(parameter.shape) })),
    result: map(from.result),
  });
  const [first, ...others] = leaf.signatures;
  return {
    ...leaf,
    signatures: [signature(first), ...others.map(signature)],
    throws: leaf.throws.map((thrown) => ({ ...thrown, shape: map(thrown.shape) })),
  };
}

/** The shape with a finding in the place of everything that mentions the declaration. */
function without(lowering: Lowering, shape: Shape, token: string): Shape {
  if (![...referencesOf(shape)].includes(token)) return shape;
  const { drafts } = lowering.declarations;
  const draft = drafts.get(token);
  const name = draft?.written ?? "";
  const isItself = shape.kind === "reference" && shape.name === token;
  // Around it a promise or an array may stay; anything else goes with it.
  if (shape.kind === "array" && !isItself)
    return { ...shape, element: without(lowering, shape.element, token) };
  if (shape.kind === "union") {
    return { ...shape, members: shape.members.map((member) => without(lowering, member, token)) };
  }
  return {
    kind: "unsupported",
    code: "type-too-large",
    type: name,
    reason: `it drags in more than ${maxDeclarations} declarations`,
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
  return (
    /^(string|number|boolean|bigint|null|undefined|literal)$/.test(shape.kind) ||
    (shape.kind === "union" && partsOf(shape).every((part) => isSimple(part.shape)))
  );
}
