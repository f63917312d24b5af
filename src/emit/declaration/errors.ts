/**
 * Errors named by `@throws {T}`, as types a script can narrow to. TypeScript has no typed `catch`; a declared type is
 * what `error as SecureExec.NotFoundError` needs.
 */
import { walkLeaves } from "../../model/walk.ts";
import { emptyDoc, type Contract, type Declaration } from "../../model/contract.ts";

/** Declarations of thrown errors that are not among the contract's own, sorted by name. */
export function errorDeclarations(contract: Contract): readonly Declaration[] {
  const known = new Set(contract.declarations.map(({ name }) => name));
  const errors = new Map<string, Declaration>();
  for (const leaf of walkLeaves(contract.root)) {
    for (const { name, shape, description } of leaf.throws) {
      const isSelf = shape.kind === "reference" && shape.name === name;
      const isBuiltin = shape.kind === "error" && shape.properties.length === 0 && shape.name === name;
      if (known.has(name) || errors.has(name) || isSelf || isBuiltin) continue;
      errors.set(name, {
        name,
        kind: shape.kind === "error" || shape.kind === "object" ? "interface" : "alias",
        typeParameters: [],
        shape,
        doc: { ...emptyDoc, text: description },
        source: leaf.source,
      });
    }
  }
  return [...errors.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
