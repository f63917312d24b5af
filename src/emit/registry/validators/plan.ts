/**
 * Plans the validators of a contract: which types get a function, what it is called, and whether it counts depth. Keeps
 * out how a function looks.
 */
import type { ExcessProperties } from "../../../model/registry.ts";
import type { Core, PartlessKind } from "../../../validation/core.ts";
import type { Type, Types } from "../../../validation/types.ts";
import { simpleTest } from "./test.ts";

export interface Planned {
  readonly type: Type;
  readonly name: string;
  /** True when a value of the type can nest without end, so that the function is told how deep it is. */
  readonly takesDepth: boolean;
  readonly isRecursive: boolean;
  /**
   * True when a small value can make much work of it without a list between, which would have paid: one that reaches a value of
   * its own type, or a type of so many parts that sharing them is worth something.
   */
  readonly pays: boolean;
}

export interface Plan {
  readonly types: Types;
  readonly excess: ExcessProperties;
  readonly functions: ReadonlyMap<Type, Planned>;
}

/** Type arguments nested deeper than this belong to a generic that grows; the interpreter checks those. */
const maxGrowth = 4;

/**
 * Calls that one value may cost without paying. Twenty types, each with two properties of the next, cost a million calls for
 * twenty objects; what authors write by hand stays far below this, and pays nothing.
 */
const mostUnpaid = 32;

/** True when straight-line code cannot check a type. */
export function isInterpreted(types: Types, type: Type): boolean {
  return type.growth > maxGrowth || types.core(type).kind === "every";
}

/** Plans one function for each type that is too much for an expression, in the order in which values meet them. */
export function plan(
  types: Types,
  roots: readonly Type[],
  excess: ExcessProperties,
  taken: ReadonlySet<string>,
): Plan {
  const found = discover(types, roots);
  const deep = takingDepth(types, found);
  const paying = payers(types, found);
  const names = new Set([...taken, "isSpent"]);
  const functions = new Map<Type, Planned>();
  for (const type of found) {
    const name = functionName(types.resolve(type).name, names);
    names.add(name);
    functions.set(type, {
      type,
      name,
      takesDepth: deep.has(type),
      isRecursive: isCounted(types, type),
      pays: paying.has(type),
    });
  }
  return { types, excess, functions };
}

function discover(types: Types, roots: readonly Type[]): readonly Type[] {
  const found = new Set<Type>();
  const visit = (type: Type): void => {
    if (found.has(type) || simpleTest(types, type, "v") !== null) return;
    found.add(type);
    if (!isInterpreted(types, type)) partTypes(types, type).forEach(visit);
  };
  roots.forEach(visit);
  return [...found];
}

function isCounted(types: Types, type: Type): boolean {
  return types.resolve(type).recursive && !isInterpreted(types, type);
}

/** The types that count depth, and those that lead to one. */
function takingDepth(types: Types, found: readonly Type[]): ReadonlySet<Type> {
  const deep = new Set(found.filter((type) => isCounted(types, type)));
  for (let before = -1; before !== deep.size;) {
    before = deep.size;
    for (const type of found) {
      if (deep.has(type) || isInterpreted(types, type)) continue;
      if (partTypes(types, type).some((part) => deep.has(part))) deep.add(type);
    }
  }
  return deep;
}

function payers(types: Types, found: readonly Type[]): ReadonlySet<Type> {
  const paying = new Set(found.filter((type) => isCounted(types, type) && meetsItself(types, type)));
  const costs = new Map<Type, number>();
  /** The calls that a call of a type's function makes, up to those that pay for themselves. */
  const costOf = (type: Type): number => {
    if (paying.has(type)) return 0;
    let cost = costs.get(type);
    if (cost !== undefined) return cost;
    costs.set(type, 0);
    const parts = isInterpreted(types, type) ? [] : unpaidParts(types, type);
    cost = parts.reduce((sum, part) => (isFound.has(part) ? sum + costOf(part) : sum), 1);
    if (cost > mostUnpaid) paying.add(type);
    costs.set(type, cost);
    return cost > mostUnpaid ? 0 : cost;
  };
  const isFound = new Set(found);
  found.forEach(costOf);
  return paying;
}

/** True when a type is found in its own values behind properties and places of a tuple alone. */
function meetsItself(types: Types, type: Type): boolean {
  const seen = new Set<Type>();
  const meets = (part: Type): boolean => {
    if (part === type && seen.size > 0) return true;
    if (seen.has(part)) return false;
    seen.add(part);
    return !isInterpreted(types, part) && unpaidParts(types, part).some(meets);
  };
  return meets(type);
}

/** The parts whose number a value does not choose. Elements of a list and entries of a record are paid for by it. */
function unpaidParts(types: Types, type: Type): readonly Type[] {
  const core = types.core(type);
  switch (core.kind) {
    case "array":
    case "set":
    case "map":
      return [];
    case "object":
      return core.properties.map((property) => property.type);
    default:
      core.kind satisfies PartlessKind | "cased" | "tuple" | "error" | "union" | "every";
      return partsOfCore(types, core);
  }
}

/** The types whose functions the function of a type calls. */
function partTypes(types: Types, type: Type): readonly Type[] {
  return partsOfCore(types, types.core(type));
}

function partsOfCore(types: Types, core: Core): readonly Type[] {
  switch (core.kind) {
    case "array":
    case "set":
      return [core.element];
    case "tuple":
      return core.elements.map(({ type }) => type);
    case "map":
      return [core.key, core.value];
    case "object":
      return [...core.properties.map(({ type }) => type), ...core.index.map(({ type }) => type)];
    case "error":
      return core.properties.map(({ type }) => type);
    case "cased":
      return [core.base];
    case "union":
      return flatMembers(types, core.members);
    default:
      core.kind satisfies PartlessKind | "every";
      return [];
  }
}

/** Members of a union, with those of nested unions, unless a nested one counts depth. */
export function flatMembers(types: Types, members: readonly Type[]): readonly Type[] {
  return members.flatMap((member) => {
    const { core, recursive } = types.resolve(member);
    return core.kind === "union" && !recursive ? flatMembers(types, core.members) : [member];
  });
}

/** `isUser` for a type with a short plain name, else a number. */
function functionName(name: string | null, taken: ReadonlySet<string>): string {
  const stem = name !== null && /^[A-Za-z][A-Za-z0-9]{0,23}$/u.test(name) ? `is${name}` : "is";
  if (stem !== "is" && !taken.has(stem)) return stem;
  let count = 1;
  while (taken.has(`${stem}${count}`)) count++;
  return `${stem}${count}`;
}
