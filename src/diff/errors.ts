/**
 * Compares the declared errors of a leaf. Their data is received like a result.
 */
import type { Leaf, ThrownError } from "../model/contract.ts";
import type { Finding } from "./change.ts";
import { kinds } from "./kinds.ts";
import type { Scope } from "./relation/scope.ts";
import { shapeText } from "./shape-text.ts";
import { compareShapes } from "./shapes/compare.ts";

export function compareErrors(before: Leaf, after: Leaf, scopes: { before: Scope; after: Scope }): Finding[] {
  const path = after.path;
  const old = new Map(before.throws.map((error) => [error.name, error]));
  const now = new Map(after.throws.map((error) => [error.name, error]));
  const findings: Finding[] = [];
  for (const [name, error] of old) {
    const other = now.get(name);
    if (!other) findings.push({ kind: "error-undeclared", path, where: `error ${name}`, name });
    else findings.push(...compareError(error, other, path, scopes));
  }
  for (const name of now.keys()) {
    if (!old.has(name)) findings.push({ kind: "error-declared", path, where: `error ${name}`, name });
  }
  return findings;
}

function compareError(
  before: ThrownError,
  after: ThrownError,
  path: readonly string[],
  scopes: { before: Scope; after: Scope },
): Finding[] {
  const where = `error ${after.name}`;
  const findings: Finding[] = [];
  const data = compareShapes(before.shape, after.shape, { position: "result", path, where, ...scopes });
  const classes = new Set(data.map((finding) => kinds[finding.kind].class));
  const change = {
    path,
    where,
    name: after.name,
    before: shapeText(before.shape),
    after: shapeText(after.shape),
  };
  if (classes.has("breaking")) findings.push({ kind: "error-data-removed", ...change });
  else if (classes.has("compatible")) findings.push({ kind: "error-data-added", ...change });
  if (before.description !== after.description) {
    findings.push({ kind: "error-documentation-changed", path, where, name: after.name });
  }
  return findings;
}
