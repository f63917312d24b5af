/**
 * Writes the code of a union: cheap members first, then a switch on the property that tells objects apart, then one after the
 * other.
 */
import type { CoreOf } from "../../../validation/core.ts";
import type { Type } from "../../../validation/types.ts";
import { indented, testOf, type Context, type Lines } from "./context.ts";
import { flatMembers } from "./plan.ts";
import { manyLiterals, simpleTest } from "./test.ts";

type Literal = CoreOf<"literal">;

export function unionBody(members: readonly Type[], context: Context): Lines {
  const { types } = context.plan;
  const flat = flatMembers(types, members);
  const literals = flat.flatMap((member) => literalOf(member, context));
  const switched = literals.length >= manyLiterals ? literals : [];
  const others = flat.filter((member) => switched.length === 0 || literalOf(member, context).length === 0);
  const simple = others.filter((member) => simpleTest(types, member, "v") !== null);
  const complex = others.filter((member) => !simple.includes(member));
  const tests = simple.map((member) => testOf(member, "v", context).yes);
  if (tests.includes("true")) return ["return true;"];
  return [
    ...literalSwitch(switched, context),
    ...tests.flatMap((yes) => (yes === "false" ? [] : [`if (${yes}) return true;`])),
    ...complexLines(complex, context),
  ];
}

function literalOf(member: Type, { plan }: Context): readonly Literal[] {
  const { core, recursive } = plan.types.resolve(member);
  return core.kind === "literal" && !recursive ? [core] : [];
}

function literalSwitch(literals: readonly Literal[], { constants }: Context): Lines {
  if (literals.length === 0) return [];
  return [
    "switch (v) {",
    ...literals.map((core) => `  case ${constants.literal(core)}:`),
    "    return true;",
    "}",
  ];
}

function complexLines(members: readonly Type[], context: Context): Lines {
  const objects = members.filter((member) => context.plan.types.core(member).kind === "object");
  const others = members.filter((member) => !objects.includes(member));
  const tag =
    objects.length > 1 && others.every((member) => isNeverPlain(member, context))
      ? tagOf(objects, context)
      : null;
  if (tag === null) return sequence(members, context);
  return [
    "if (isPlainObject(v)) {",
    ...indented([
      `switch ((v as Fields)[${context.constants.text(tag.name)}]) {`,
      ...objects.flatMap((member): Lines => [
        ...(tag.values.get(member) ?? []).map((value) => `  case ${value}:`),
        `    return ${testOf(member, "v", context).yes};`,
      ]),
      "  default:",
      "    return false;",
      "}",
    ]),
    "}",
    ...sequence(others, context),
  ];
}

function sequence(members: readonly Type[], context: Context): Lines {
  const last = members.at(-1);
  if (last === undefined) return ["return false;"];
  return [
    ...members.slice(0, -1).map((member) => `if (${testOf(member, "v", context).yes}) return true;`),
    `return ${testOf(last, "v", context).yes};`,
  ];
}

/** A type whose values are no plain objects: an object need not be tried against it. */
function isNeverPlain(member: Type, { plan }: Context): boolean {
  const { kind } = plan.types.core(member);
  switch (kind) {
    case "array":
    case "tuple":
    case "map":
    case "set":
    case "error":
    case "builtin":
    case "template":
    case "cased":
    case "literal":
      return true;
    default:
      kind satisfies "anything" | "never" | "primitive" | "nonprimitive" | "object" | "union" | "every";
      return false;
  }
}

interface Tag {
  readonly name: string;
  readonly values: ReadonlyMap<Type, readonly string[]>;
}

/** A property that every member requires, with literal values that no two members share. */
function tagOf(objects: readonly Type[], context: Context): Tag | null {
  const { types } = context.plan;
  const [first] = objects;
  if (first === undefined) return null;
  for (const { name } of propertiesOf(first, context)) {
    const values = new Map<Type, readonly string[]>();
    for (const member of objects) {
      const property = propertiesOf(member, context).find((candidate) => candidate.name === name);
      const found = property === undefined || property.optional ? [] : literalsOf(property.type, context);
      if (found.length > 0) values.set(member, found);
    }
    const all = [...values.values()].flat();
    if (values.size === objects.length && new Set(all).size === all.length && !(name in Object.prototype)) {
      return { name, values };
    }
  }
  return null;

  function literalsOf(type: Type, { constants }: Context): readonly string[] {
    const core = types.core(type);
    const literals = core.kind === "union" ? core.members.map((member) => types.core(member)) : [core];
    if (!literals.every((literal): literal is Literal => literal.kind === "literal")) return [];
    return literals.map((literal) => constants.literal(literal));
  }
}

function propertiesOf(type: Type, { plan }: Context): CoreOf<"object">["properties"] {
  const core = plan.types.core(type);
  return core.kind === "object" ? core.properties : [];
}
