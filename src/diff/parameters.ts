/**
 * Compares the parameters of two signatures. Scripts pass arguments by position, so position decides; names only
 * help to say what happened.
 */
import type { Parameter, Signature } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import type { Finding } from "./change.ts";
import type { ChangeKind } from "./kinds.ts";
import { type Scope, unionOf } from "./relation/scope.ts";
import { shapeText } from "./shape-text.ts";
import { compareShapes } from "./shapes/compare.ts";

export interface SignatureUse {
  readonly path: readonly string[];
  readonly before: Scope;
  readonly after: Scope;
}

export function compareParameters(before: Signature, after: Signature, use: SignatureUse): Finding[] {
  const old = before.parameters;
  const now = after.parameters;
  if (isReordered(old, now)) {
    return [
      { kind: "parameters-reordered", path: use.path, where: "", before: namesOf(old), after: namesOf(now) },
    ];
  }
  const inserted = insertedInto(old, now);
  if (inserted.length > 0)
    return inserted.map((parameter) => found("parameter-inserted", parameter, use, null, parameter));
  // Removed from the middle: the others kept their names and moved up.
  const removed = insertedInto(now, old);
  if (removed.length > 0)
    return removed.map((parameter) => found("parameter-removed", parameter, use, parameter, null));

  const length = Math.max(old.length, now.length);
  return Array.from({ length }, (_, index) => compareAt(old[index], now[index], old, now, use)).flat();
}

function compareAt(
  before: Parameter | undefined,
  after: Parameter | undefined,
  old: readonly Parameter[],
  now: readonly Parameter[],
  use: SignatureUse,
): Finding[] {
  if (before && after) return comparePair(before, after, use);
  if (before) {
    const rest = now.at(-1);
    // Swallowed by a rest parameter further left: `f(a, b)` → `f(...all)`.
    if (rest?.quantity === "rest") return compareType(before, rest, use);
    return [found("parameter-removed", before, use, before, null)];
  }
  if (!after) return [];
  // Behind a rest parameter of before, arguments of its shape were passed here already.
  const rest = old.at(-1);
  if (rest?.quantity === "rest") return compareType(rest, after, use);
  const kinds = {
    one: "parameter-required-added",
    optional: "parameter-optional-added",
    rest: "parameter-rest-added",
  } as const;
  return [found(kinds[after.quantity], after, use, null, after)];
}

function comparePair(before: Parameter, after: Parameter, use: SignatureUse): Finding[] {
  const findings: Finding[] = [];
  const kind = quantityKind(before, after);
  if (kind) findings.push(found(kind, after, use, before, after));
  if (before.name !== after.name) {
    const where = `argument ${after.name}`;
    const names = { before: before.name, after: after.name };
    findings.push({ kind: "parameter-renamed", path: use.path, where, ...names });
  }
  return [...findings, ...compareType(before, after, use)];
}

function quantityKind(before: Parameter, after: Parameter): ChangeKind | null {
  if (before.quantity === after.quantity) return null;
  if (before.quantity === "rest") return "parameter-rest-removed";
  if (after.quantity === "rest") return "parameter-made-rest";
  return after.quantity === "optional" ? "parameter-made-optional" : "parameter-made-required";
}

function compareType(before: Parameter, after: Parameter, use: SignatureUse): Finding[] {
  const where = `argument ${after.name}`;
  return compareShapes(given(before, after), after.shape, { ...use, position: "argument", where });
}

/** An optional parameter takes an explicit `undefined`; a rest parameter in its place does so only if it says it. */
function given(before: Parameter, after: Parameter): Shape {
  const mayBeUndefined = before.quantity === "optional" && after.quantity === "rest";
  return mayBeUndefined ? unionOf([before.shape, { kind: "undefined" }]) : before.shape;
}

/** The same names in another order, with the types that went with them. */
function isReordered(old: readonly Parameter[], now: readonly Parameter[]): boolean {
  if (old.length !== now.length || namesOf(old) === namesOf(now)) return false;
  const byName = new Map(now.map((parameter) => [parameter.name, parameter]));
  return old.every((parameter) => {
    const other = byName.get(parameter.name);
    return other !== undefined && shapeText(other.shape) === shapeText(parameter.shape);
  });
}

/** Parameters that came between others whose names stayed; empty when the new ones are all at the end. */
function insertedInto(old: readonly Parameter[], now: readonly Parameter[]): readonly Parameter[] {
  if (now.length <= old.length || old.length === 0) return [];
  const names = old.map((parameter) => parameter.name);
  const kept = now.filter((parameter) => names.includes(parameter.name)).map((parameter) => parameter.name);
  if (kept.join() !== names.join()) return [];
  const isAtEnd = now.slice(0, old.length).every((parameter, index) => parameter.name === names[index]);
  return isAtEnd ? [] : now.filter((parameter) => !names.includes(parameter.name));
}

function found(
  kind: ChangeKind,
  parameter: Parameter,
  use: SignatureUse,
  before: Parameter | null,
  after: Parameter | null,
): Finding {
  return {
    kind,
    path: use.path,
    where: `argument ${parameter.name}`,
    before: before && shapeText(before.shape),
    after: after && shapeText(after.shape),
    name: parameter.name,
  };
}

const namesOf = (parameters: readonly Parameter[]): string =>
  parameters.map((parameter) => parameter.name).join(", ");
