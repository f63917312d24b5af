/**
 * Which declarations a shape reaches, and which of them reach themselves. The same answer for the emitter of
 * validators and for the interpreter, so that both count depth at the same steps.
 */
import type { LeafTable, RegistryDeclaration } from "../registry.ts";
import type { Shape } from "../shape.ts";
import { partsOf, referencesOf } from "../walk.ts";

/** Every shape of a leaf that stands at the top of a value or of a type parameter. */
export function leafShapesOf(leaf: Pick<LeafTable, "signatures" | "throws">): readonly Shape[] {
  return [
    ...leaf.signatures.flatMap((signature) => [
      ...signature.typeParameters.flatMap(({ constraint, default: fallback }) => [constraint, fallback]),
      ...signature.parameters.map(({ shape }) => shape),
      signature.result,
    ]),
    ...leaf.throws.map(({ shape }) => shape),
  ].filter((shape) => shape !== null);
}

/** The declarations that shapes mention, directly or through other declarations. */
export function reachableDeclarations(
  shapes: readonly Shape[],
  declarations: ReadonlyMap<string, RegistryDeclaration>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = shapes.flatMap((shape) => [...referencesOf(shape)]);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const declaration = declarations.get(name);
    if (declaration === undefined || found.has(name)) continue;
    found.add(name);
    pending.push(...declarationReferences(declaration));
  }
  return found;
}

/** Names of the declarations that can be met again inside a value of their own type. */
export function recursiveDeclarations(declarations: readonly RegistryDeclaration[]): ReadonlySet<string> {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  return new Set(
    declarations
      .filter((declaration) => {
        const own = [declaration.shape, ...boundsOf(declaration)];
        return reachableDeclarations(own, byName).has(declaration.name);
      })
      .map(({ name }) => name),
  );
}

function declarationReferences(declaration: RegistryDeclaration): readonly string[] {
  return [declaration.shape, ...boundsOf(declaration)].flatMap((shape) => [...referencesOf(shape)]);
}

function boundsOf(declaration: RegistryDeclaration): readonly Shape[] {
  return declaration.typeParameters
    .flatMap(({ constraint, default: fallback }) => [constraint, fallback])
    .filter((shape) => shape !== null);
}

/** True when a shape mentions a type parameter, so that its meaning depends on where it stands. */
export function isOpen(shape: Shape): boolean {
  return shape.kind === "parameter" || partsOf(shape).some((part) => isOpen(part.shape));
}
