/**
 * Compares the names of types. Scripts can write `SecureExec.User`, so a type's name is part of the promise even when
 * its structure stays; what a change of structure means is found at every use.
 */
import type { Contract, Declaration } from "../../contract/contract.ts";
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
    if (other && parametersOf(other) !== parametersOf(declaration)) {
      findings.push({ kind: "declaration-parameters-changed", ...at(name), name });
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

/** Number and requiredness: what a script that writes `Page<User>` relies on. */
const parametersOf = (declaration: Declaration): string =>
  declaration.typeParameters.map((parameter) => (parameter.default ? "optional" : "one")).join();
