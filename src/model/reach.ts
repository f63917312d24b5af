/**
 * Finds which declarations a shape reaches, and which of them reach themselves. The same answer for the emitter of
 * validators and for the interpreter, so that both count depth at the same steps.
 */
import { referencesOf } from "./parts.ts";
import type { RegistryDeclaration } from "./registry.ts";
import type { Shape } from "./shape.ts";
import { declarationShapesOf } from "./signatures.ts";

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
    pending.push(...declarationShapesOf(declaration).flatMap((shape) => [...referencesOf(shape)]));
  }
  return found;
}

/** Names of the declarations that can be met again inside a value of their own type. */
export function recursiveDeclarations(declarations: readonly RegistryDeclaration[]): ReadonlySet<string> {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  return new Set(
    declarations
      .filter((declaration) =>
        reachableDeclarations(declarationShapesOf(declaration), byName).has(declaration.name),
      )
      .map(({ name }) => name),
  );
}
