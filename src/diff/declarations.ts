/**
 * Compares the names of types. Scripts can write `SecureExec.User`, so a type's name is part of the promise even when
 * its structure stays; what a change of structure means is found at every use.
 */
import type { Contract, Declaration } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import type { Finding } from "./change.ts";
import { structureKey } from "./shape-key.ts";

export function compareDeclarations(before: Contract, after: Contract): Finding[] {
  const old = new Map(before.declarations.map((declaration) => [declaration.name, declaration]));
  const now = new Map(after.declarations.map((declaration) => [declaration.name, declaration]));
  const gone = [...old.values()].filter((declaration) => !now.has(declaration.name));
  const added = [...now.values()].filter((declaration) => !old.has(declaration.name));
  const findings: Finding[] = [];
  for (const declaration of gone) {
    const { name } = declaration;
    const twin = added.find((candidate) => textOf(candidate) === textOf(declaration));
    if (twin) {
      added.splice(added.indexOf(twin), 1);
      findings.push({ kind: "declaration-renamed", ...at(twin.name), before: name, after: twin.name });
    } else findings.push({ kind: "declaration-removed", ...at(name), name });
  }
  for (const { name } of added) findings.push({ kind: "declaration-added", ...at(name), name });
  for (const [name, declaration] of now) {
    const other = old.get(name);
    if (other && haveOtherParameters(other, declaration)) {
      findings.push({ kind: "declaration-parameters-changed", ...at(name), name });
    }
    // Only the text of a type can be a record by itself: `type A = { x: string }` is a `Record<string, string>`.
    if (other?.kind === "alias" && other.shape.kind === "object" && declaration.kind === "interface") {
      findings.push({ kind: "declaration-made-interface", ...at(name), name });
    }
  }
  return findings;
}

const at = (name: string): Pick<Finding, "path" | "where" | "root"> => ({
  path: [],
  where: `type ${name}`,
  root: name,
});

/** A declaration without its name, also where it mentions itself. */
function textOf(declaration: Declaration): string {
  const text = structureKey([declaration.typeParameters, declaration.shape]);
  const self = `"kind":"reference","name":${JSON.stringify(declaration.name)}`;
  return text.replaceAll(self, '"kind":"reference","name":""');
}

/**
 * Whether a script that writes `Page<User>`, or `Page` with what it stands for then, may find another type. A parameter
 * that takes more than it did finds none.
 */
function haveOtherParameters(before: Declaration, after: Declaration): boolean {
  if (before.typeParameters.length !== after.typeParameters.length) return true;
  return after.typeParameters.some((parameter, at) => {
    const old = before.typeParameters[at];
    const isSame = (one: Shape | null | undefined, other: Shape | null): boolean =>
      boundText(before, one ?? null) === boundText(after, other);
    const isTightened = parameter.constraint !== null && !isSame(old?.constraint, parameter.constraint);
    return isTightened || !isSame(old?.default, parameter.default);
  });
}

/** A constraint or default, in which parameters go by their places: what they are called makes no difference. */
function boundText({ typeParameters }: Declaration, shape: Shape | null): string {
  return typeParameters.reduce(
    (text, { name }, at) =>
      text.replaceAll(`"kind":"parameter","name":${JSON.stringify(name)}`, `"kind":"parameter","name":${at}`),
    structureKey(shape),
  );
}
