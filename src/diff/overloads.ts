/**
 * Compares the overloads of a leaf. TypeScript takes the first overload that fits a call, so an overload can change
 * a call without being changed itself: by coming before another.
 */
import type { Signature } from "../model/contract.ts";
import { isObject } from "../model/kinds.ts";
import type { Compound, Shape, Structure } from "../model/shape.ts";
import type { Finding } from "./change.ts";
import { kinds } from "./kinds.ts";
import type { SignatureUse } from "./parameters.ts";
import { expand, type Scope } from "./relation/scope.ts";
import { structureKey } from "./shape-key.ts";
import { signatureText } from "./shape-text.ts";
import { compareSignatures } from "./signature.ts";

export function compareOverloads(
  before: readonly Signature[],
  after: readonly Signature[],
  use: SignatureUse,
): Finding[] {
  const [first] = before;
  const [other] = after;
  if (before.length === 1 && after.length === 1 && first && other)
    return compareSignatures(first, other, use);

  const pairs = pair(before, after);
  const findings: Finding[] = [];
  for (const [old, now] of pairs) findings.push(...compareSignatures(old, now, use));
  const free = after.filter((signature) => ![...pairs.values()].includes(signature));
  for (const old of before.filter((signature) => !pairs.has(signature))) {
    const isMerged = after.some((now) => isHarmless(compareSignatures(old, now, use)));
    findings.push(found(isMerged ? "overload-merged" : "overload-removed", use, old, null));
  }
  for (const now of free) findings.push(found("overload-added", use, null, now));
  return [...findings, ...compareOrder(before, after, pairs, use)];
}

/** The same text first, then by position among what is left; an overload with no partner was added or removed. */
function pair(before: readonly Signature[], after: readonly Signature[]): Map<Signature, Signature> {
  const pairs = new Map<Signature, Signature>();
  const free = new Set(after);
  const take = (suits: (old: Signature, now: Signature) => boolean): void => {
    for (const old of before) {
      if (pairs.has(old)) continue;
      const now = [...free].find((candidate) => suits(old, candidate));
      if (!now) continue;
      pairs.set(old, now);
      free.delete(now);
    }
  };
  take((old, now) => structureKey(old) === structureKey(now));
  // As many left on both sides: each was changed in its place. Otherwise it cannot be known which one went.
  if (before.length - pairs.size === free.size) take(() => true);
  return pairs;
}

function compareOrder(
  before: readonly Signature[],
  after: readonly Signature[],
  pairs: ReadonlyMap<Signature, Signature>,
  use: SignatureUse,
): Finding[] {
  const origins = new Map([...pairs].map(([old, now]) => [now, old]));
  const findings: Finding[] = [];
  for (const [old, now] of pairs) {
    for (const rival of after.slice(0, after.indexOf(now))) {
      const origin = origins.get(rival);
      // It came first before, and takes what it took then: nothing new.
      const cameFirst = origin !== undefined && before.indexOf(origin) < before.indexOf(old);
      if (cameFirst && argumentsKey(origin) === argumentsKey(rival)) continue;
      if (!mayOverlap(rival, old, use)) continue;
      const taken: Signature = { ...rival, parameters: old.parameters };
      if (isHarmless(compareSignatures(old, taken, use))) continue;
      findings.push(found("overload-shadowed", use, old, rival));
    }
  }
  const order = after
    .filter((signature) => origins.has(signature))
    .map((signature) => origins.get(signature));
  const kept = before.filter((signature) => pairs.has(signature));
  const isReordered = order.some((signature, index) => signature !== kept[index]);
  if (isReordered && findings.length === 0)
    findings.push({ kind: "overload-reordered", path: use.path, where: "" });
  return findings;
}

/** What a signature takes, whatever its parameters are called. */
const argumentsKey = ({ parameters }: Signature): string =>
  structureKey(parameters.map(({ shape, quantity }) => [shape, quantity]));

const isHarmless = (findings: readonly Finding[]): boolean =>
  findings.every((finding) => kinds[finding.kind].class !== "breaking");

/** Whether some call may fit both; no only when a number of arguments or one argument rules it out. */
function mayOverlap(one: Signature, other: Signature, use: SignatureUse): boolean {
  const least = (signature: Signature): number =>
    signature.parameters.filter((parameter) => parameter.quantity === "one").length;
  const most = (signature: Signature): number =>
    signature.parameters.at(-1)?.quantity === "rest" ? Infinity : signature.parameters.length;
  if (least(one) > most(other) || least(other) > most(one)) return false;
  const shared = Math.min(one.parameters.length, other.parameters.length);
  return !Array.from({ length: shared }, (_, index) => index).some((index) => {
    const a = one.parameters[index];
    const b = other.parameters[index];
    if (a?.quantity !== "one" || b?.quantity !== "one") return false;
    return isDisjoint(expand(a.shape, use.after), expand(b.shape, use.before), use.after);
  });
}

/** Certain that no value is of both shapes: two different primitives, two different literals. */
function isDisjoint(one: Shape, other: Shape, scope: Scope): boolean {
  if (one.kind === "union") return one.members.every((member) => isDisjoint(member, other, scope));
  if (other.kind === "union") return other.members.every((member) => isDisjoint(one, member, scope));
  if (one.kind === "literal" && other.kind === "literal")
    return one.value !== other.value || one.type !== other.type;
  const a = primitiveOf(one);
  const b = primitiveOf(other);
  if (a !== null && b !== null) return a !== b;
  // `{}` takes primitives, so an object without properties is no proof.
  const isSolid = (shape: Shape): boolean =>
    isObject(shape) && (shape.kind !== "object" || shape.properties.some((part) => !part.optional));
  return (a !== null && isSolid(other)) || (b !== null && isSolid(one));
}

/** What `typeof` says of every value of a shape, or the value itself where it is the only one; `null` for other shapes. */
function primitiveOf(shape: Shape): string | null {
  switch (shape.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "null":
    case "undefined":
      return shape.kind;
    case "literal":
      return shape.type;
    case "template":
    case "cased":
      return "string";
    default:
      shape.kind satisfies
        | "any"
        | "unknown"
        | "never"
        | "void"
        | "nonprimitive"
        | "builtin"
        | "unsupported"
        | Structure
        | Compound;
      return null;
  }
}

function found(
  kind: Finding["kind"],
  use: SignatureUse,
  before: Signature | null,
  after: Signature | null,
): Finding {
  return {
    kind,
    path: use.path,
    where: "",
    before: before && signatureText(before),
    after: after && signatureText(after),
  };
}
