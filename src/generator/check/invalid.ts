/**
 * The members of a tree that reading could turn into neither a namespace nor a leaf, by code. Reading words the reason;
 * three rules only differ in which of them they report.
 */
import type { Contract, InvalidNode } from "../../contract/contract.ts";
import { dottedName } from "../../contract/names.ts";
import { walkNodes } from "../../contract/walk.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";

export function reportInvalid(contract: Contract, code: InvalidNode["code"]): Diagnostic[] {
  return [...walkNodes(contract.root)].flatMap((node) => {
    if (node.kind !== "invalid" || node.code !== code) return [];
    const { path, reason, help, source } = node;
    return [report(code, { name: dottedName(path), reason, help }, source, path)];
  });
}
