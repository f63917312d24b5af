/**
 * Reports the members of a tree that reading could turn into neither a namespace nor a leaf, by code. Reading words the reason;
 * three rules only differ in which of them they report.
 */
import type { Contract, InvalidNode } from "../model/contract.ts";
import { dottedName } from "../model/names.ts";
import { walkNodes } from "../model/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";

export function reportInvalid(contract: Contract, code: InvalidNode["code"]): Diagnostic[] {
  return [...walkNodes(contract.root)].flatMap((node) => {
    if (node.kind !== "invalid" || node.code !== code) return [];
    const { path, reason, help, source } = node;
    return [report(code, { name: shownName(node), reason, help }, source, path)];
  });
}

/** `db[prefix + "Query"]` for a computed key; of a spread the object that is spread into. */
function shownName({ name, path }: InvalidNode): string {
  const parent = dottedName(path.slice(0, -1));
  if (name.startsWith("...")) return parent || name;
  return name.startsWith("[") ? parent + name : dottedName(path);
}
