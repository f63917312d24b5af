/**
 * Compares two contracts and says for every difference what it means for the scripts that were written against the
 * first. Pure: contracts in, changes out.
 */
import type { Contract, Leaf } from "../model/contract.ts";
import type { Change, Finding } from "./change.ts";
import { compareDeclarations } from "./declarations.ts";
import { compareLeafDocs, compareNamespaceDocs, compareTypeDocs } from "./docs.ts";
import { compareErrors } from "./errors.ts";
import { kinds } from "./kinds.ts";
import { compareOverloads } from "./overloads.ts";
import { comparePolicies } from "./policy.ts";
import { compareProfiles } from "./profiles.ts";
import { compareGlobals } from "./globals.ts";
import { compareScripts } from "./scripts.ts";
import { scopeOf } from "./relation/scope.ts";
import { matchTrees } from "./tree.ts";
import { toChange } from "./words.ts";

export interface DiffOptions {
  /** The digests that the two contracts carry; a difference without any change is reported as one. */
  readonly digests?: { readonly before: string; readonly after: string };
}

/**
 * Every change between two contracts: breaking ones first, then compatible ones, then documentation; within a class
 * in the order of the new tree.
 *
 * @example
 * const changes = diffContracts(before, after);
 * changes.filter((change) => change.class === "breaking").map((change) => change.message);
 * // ["`db.query`, `argument limit`: the parameter `limit` became required."]
 */
export function diffContracts(before: Contract, after: Contract, options: DiffOptions = {}): Change[] {
  const scopes = { before: scopeOf(before), after: scopeOf(after) };
  const tree = matchTrees(before, after);
  const findings: Finding[] = [
    ...tree.findings,
    ...tree.namespaces.flatMap(([old, now]) => compareNamespaceDocs(old, now)),
    ...tree.leaves.flatMap(([old, now]) => compareLeaves(old, now, scopes)),
    ...compareProfiles(before, after, tree.leaves),
    ...compareScripts(before, after, scopes),
    ...compareGlobals(before, after, scopes),
    ...compareDeclarations(before, after),
    ...compareTypeDocs(before, after),
  ];
  if (before.style !== after.style) {
    findings.push({ kind: "style-changed", path: [], where: "", before: before.style, after: after.style });
  }
  if (findings.length === 0 && options.digests && options.digests.before !== options.digests.after) {
    findings.push({ kind: "digest-changed", path: [], where: "", ...options.digests });
  }
  return sort(findings).map(toChange);
}

function compareLeaves(before: Leaf, after: Leaf, scopes: Parameters<typeof compareErrors>[2]): Finding[] {
  return [
    ...compareOverloads(before.signatures, after.signatures, { path: after.path, ...scopes }),
    ...comparePolicies(before.policy, after.policy, after.path),
    ...compareErrors(before, after, scopes),
    ...compareLeafDocs(before, after),
  ];
}

const classes = ["breaking", "compatible", "docs"] as const;

/** By class, else as found; the same finding twice (two overloads that share a parameter) is one. */
function sort(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return classes.flatMap((name) =>
    [...unique.values()].filter((finding) => kinds[finding.kind].class === name),
  );
}
