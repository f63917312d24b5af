/**
 * Compares unions by their members. A shape that is no union is a union of one, so that `string` → `string | null`
 * reads as "null was added".
 *
 * Members that are the same on both sides are set aside; what remains is paired when it is plainly the same member
 * changed (one name, one discriminant, the only object left), and the rest was added or removed.
 */
import { rowOf } from "../../model/kinds.ts";
import {
  isTemporalName,
  type BuiltinName,
  type Compound,
  type Keyword,
  type ObjectShape,
  type Shape,
} from "../../model/shape.ts";
import type { Comparison, Spot } from "./comparison.ts";
import { structureKey } from "../shape-key.ts";
import { compareWhole } from "./whole.ts";

export function compareUnions(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  const blurred = comparison.position === "result" ? findBlurred(comparison, before, after) : null;
  if (blurred !== null) comparison.report("type-changed", spot, blurred.before, blurred.after);
  const old = [...membersOf(before)];
  const now = [...membersOf(after)];
  const pairs = [...take(old, now, isSame), ...take(old, now, isNamesake(comparison))];
  for (const suits of [hasSameTag(comparison), isOnly(comparison, old, now)])
    pairs.push(...take(old, now, suits));
  // Nothing in common (`"a" | "b"` → `string`): the change is of the whole.
  if (pairs.length === 0) return compareWhole(comparison, before, after, spot);
  for (const [one, other] of pairs) comparison.compare(one, other, spot);

  const removed = old.filter((member) => !holds(comparison, after, member, "before"));
  const added = now.filter((member) => !holds(comparison, before, member, "after"));
  for (const member of removed) comparison.report("member-removed", spot, member, null);
  for (const member of added) comparison.report("member-added", spot, null, member);
}

/**
 * A property that used to tell two members apart and no longer does: of `{ text } | { rows }`, the second gains `text`.
 * A script that asks `"text" in result` takes one for the other.
 */
function findBlurred(
  comparison: Comparison,
  before: Shape,
  after: Shape,
): { before: Shape; after: Shape } | null {
  const old = membersWithNames(before, comparison.expandBefore);
  if (old.length < 2) return null;
  for (const now of membersWithNames(after, comparison.expandAfter)) {
    // What it was: every member of before that scripts may have taken it for.
    for (const was of old.filter(({ shape }) => comparison.isSafe(shape, now.shape))) {
      const added = now.names.filter((name) => !was.names.includes(name));
      const others = old.filter((other) => other !== was && !comparison.isSafe(other.shape, was.shape));
      if (added.some((name) => others.some(({ names }) => names.includes(name)))) {
        const wasThereBefore = old.some(({ names }) => hasSameNames(names, now.names));
        if (!wasThereBefore) return { before: was.shape, after: now.shape };
      }
    }
  }
  return null;
}

interface Member {
  readonly shape: Shape;
  readonly names: readonly string[];
}

function membersWithNames(union: Shape, expand: (shape: Shape) => Shape): readonly Member[] {
  return membersOf(union).flatMap((shape) => {
    const own = expand(shape);
    const names = namesOf(own);
    return names.length > 0 ? [{ shape, names }] : [];
  });
}

/** What `in` finds in a value of a shape: its properties, and those its class has. */
function namesOf(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case "object":
      return shape.properties.map(({ name }) => name);
    case "array":
    case "tuple":
      return namesOfClass(Array);
    case "map":
      return namesOfClass(Map);
    case "set":
      return namesOfClass(Set);
    case "error":
      return ["name", "message", "stack", "cause", ...shape.properties.map(({ name }) => name)];
    case "builtin":
      return namesOfBuiltin(shape.name);
    default:
      shape.kind satisfies Keyword | "literal" | "template" | "cased" | "unsupported" | Compound;
      return [];
  }
}

/** Of a class that not every engine has, the same in each: what a typed array has it has from the class of them all. */
function namesOfBuiltin(name: BuiltinName): readonly string[] {
  if (isTemporalName(name)) return [];
  return namesOfClass(globalThis[name === "Float16Array" ? "Float32Array" : name]);
}

/** Those of its base too: the typed arrays have theirs from one. */
function namesOfClass({ prototype }: { readonly prototype: object }): readonly string[] {
  const names: string[] = [];
  for (let at = prototype; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
    names.push(...Object.getOwnPropertyNames(at));
  return names;
}

const hasSameNames = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((name) => others.includes(name));

const membersOf = (shape: Shape): readonly Shape[] => (shape.kind === "union" ? shape.members : [shape]);

type Suits = (before: Shape, after: Shape) => boolean;

/** Takes pairs out of both lists. */
function take(before: Shape[], after: Shape[], suits: Suits): [Shape, Shape][] {
  const pairs: [Shape, Shape][] = [];
  for (const one of [...before]) {
    const other = after.find((candidate) => suits(one, candidate));
    if (!other) continue;
    pairs.push([one, other]);
    before.splice(before.indexOf(one), 1);
    after.splice(after.indexOf(other), 1);
  }
  return pairs;
}

/** The same text, documentation aside. */
const isSame: Suits = (one, other) => structureKey(one) === structureKey(other);

const isNamesake =
  (comparison: Comparison): Suits =>
  (one, other) => {
    if (one.kind !== "reference" || other.kind !== "reference" || one.name !== other.name) return false;
    return comparison.before.declarations.has(one.name) && comparison.after.declarations.has(one.name);
  };

/** `{ kind: "text"; … }` is the same member as long as its `kind` is `"text"`. */
const hasSameTag =
  (comparison: Comparison): Suits =>
  (one, other) => {
    const before = comparison.expandBefore(one);
    const after = comparison.expandAfter(other);
    if (before.kind !== "object" || after.kind !== "object") return false;
    const tags = tagsOf(after);
    return [...tagsOf(before)].some(([name, value]) => tags.get(name) === value);
  };

function tagsOf(shape: ObjectShape): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { name, shape: value, optional } of shape.properties) {
    if (!optional && value.kind === "literal") tags.set(name, structureKey(value));
  }
  return tags;
}

/** The one member of its kind that is left on each side; literals and primitives are never "changed" into each other. */
const isOnly =
  (comparison: Comparison, before: readonly Shape[], after: readonly Shape[]): Suits =>
  (one, other) => {
    const kind = comparison.expandBefore(one).kind;
    if (rowOf(kind).values !== "structure" || comparison.expandAfter(other).kind !== kind) return false;
    const count = (shapes: readonly Shape[], open: (shape: Shape) => Shape): number =>
      shapes.filter((shape) => open(shape).kind === kind).length;
    return count(before, comparison.expandBefore) === 1 && count(after, comparison.expandAfter) === 1;
  };

/** Whether a union of the other side takes a member of this side, so that it is neither new nor gone. */
function holds(comparison: Comparison, union: Shape, member: Shape, side: "before" | "after"): boolean {
  const fits = (part: Shape): boolean => {
    if (side === "before") {
      return isArgument ? comparison.isSafe(member, part) : comparison.isSafeBackwards(member, part);
    }
    return isArgument ? comparison.isSafeBackwards(part, member) : comparison.isSafe(part, member);
  };
  const isArgument = comparison.position === "argument";
  const decides = isArgument === (side === "before");
  const own = side === "before" ? comparison.expandBefore(member) : comparison.expandAfter(member);
  if (!decides || own.kind !== "object") return fits(union);
  // Assignability alone would let a property vanish: `{ a; b }` fits `{ a }`, but a literal with `b` is refused there,
  // and a reader of `b` finds nothing.
  return membersOf(union).some((part) => {
    const other = side === "before" ? comparison.expandAfter(part) : comparison.expandBefore(part);
    if (!fits(part)) return false;
    if (other.kind !== "object") return true;
    return isArgument ? hasAllKeys(other, own) : hasAllKeys(own, other);
  });
}

function hasAllKeys(object: ObjectShape, of: ObjectShape): boolean {
  const names = new Set(object.properties.map((property) => property.name));
  return object.index.length > 0 || of.properties.every((property) => names.has(property.name));
}
