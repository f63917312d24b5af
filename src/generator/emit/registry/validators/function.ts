/**
 * The code of one validator: straight-line checks that return `false` at the first mismatch. One kind of type, one
 * function here; every line is short by construction, so that prettier has nothing to break.
 */
import { validatorDepth } from "../../../../contract/limits.ts";
import { inheritedOfErrors } from "../../../../contract/validate/match.ts";
import type {
  Core,
  CoreElement,
  CoreIndex,
  CoreObject,
  CoreProperty,
} from "../../../../contract/validate/core.ts";
import type { Type } from "../../../../contract/validate/types.ts";
import type { Constants } from "./constants.ts";
import { usesName } from "./imports.ts";
import { isInterpreted, type Plan, type Planned } from "./plan.ts";
import { coreTest, simpleTest, type Test } from "./test.ts";
import { unionBody } from "./union.ts";

/** What code is being written into. */
export interface Context {
  readonly plan: Plan;
  readonly constants: Constants;
  /** The depth to hand to a function that counts it: a variable, or a number at the top. */
  readonly depth: { readonly same: string; readonly next: string };
}

export type Lines = readonly string[];

export function functionLines(planned: Planned, plan: Plan, constants: Constants): Lines {
  const context: Context = { plan, constants, depth: { same: "d", next: "d + 1" } };
  const guard = planned.isRecursive ? [`if (--fuel < 0 || d > ${validatorDepth}) return spent();`] : [];
  const lines = [...guard, ...body(planned.type, context)];
  const parameters = [
    `${usesName(lines, "v") ? "v" : "_v"}: unknown`,
    ...(planned.takesDepth ? [`${usesName(lines, "d") ? "d" : "_d"}: number`] : []),
  ];
  return [`function ${planned.name}(${parameters.join(", ")}): boolean {`, ...indented(lines), "}"];
}

export function indented(lines: Lines): Lines {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}

/** The test of a part: an expression or a call. */
export function testOf(type: Type, operand: string, context: Context): Test {
  const simple = simpleTest(context.plan.types, type, operand);
  if (simple !== null) return simple;
  const planned = context.plan.functions.get(type);
  if (planned === undefined) throw new Error(`A type without a planned validator: ${type.id}`);
  const depth = planned.isRecursive ? context.depth.next : context.depth.same;
  const call = `${planned.name}(${operand}${planned.takesDepth ? `, ${depth}` : ""})`;
  return { yes: call, no: `!${call}` };
}

/** True when no value fits. */
export function isNever(type: Type, context: Context): boolean {
  return testOf(type, "v", context).no === "true";
}

/** `if (…) return false;`, or nothing when every value fits. */
export function refuseUnless(type: Type, operand: string, context: Context): Lines {
  const { no } = testOf(type, operand, context);
  return no === "false" ? [] : no === "true" ? ["return false;"] : [`if (${no}) return false;`];
}

function body(type: Type, context: Context): Lines {
  const { types } = context.plan;
  if (isInterpreted(types, type)) return interpretedBody(type, context);
  const core = types.core(type);
  switch (core.kind) {
    case "object":
      return objectBody(core, context);
    case "array":
      return arrayBody(core.element, context);
    case "tuple":
      return tupleBody(core.elements, context);
    case "map":
      return mapBody(core.key, core.value, context);
    case "set":
      return setBody(core.element, context);
    case "error":
      return errorBody(core, context);
    case "union":
      return unionBody(core.members, context);
    case "template":
      return [`return ${context.constants.template(core.texts, core.slots)}(v);`];
    case "literal":
      return [`return v === ${context.constants.literal(core)};`];
    case "every":
    case "anything":
    case "never":
    case "primitive":
    case "nonprimitive":
    case "builtin": {
      // A type that needs a function although its test is an expression: a named one that counts depth.
      return [`return ${coreTest(types, core, "v")?.yes ?? "false"};`];
    }
  }
}

function interpretedBody(type: Type, { plan, constants }: Context): Lines {
  return [
    `const left = matches(v, ${constants.shape(type)}, declarations, "${plan.excess}", fuel);`,
    "if (left >= 0) fuel = left;",
    "return left >= 0;",
  ];
}

function objectBody(core: CoreObject, context: Context): Lines {
  if (demandsNever(core.properties, context)) return ["return false;"];
  return core.index.length > 0 ? recordBody(core, context) : fixedBody(core, context);
}

/** An object without index signatures. With `refuse` its keys are counted down, which is cheaper than naming them. */
function fixedBody(core: CoreObject, context: Context): Lines {
  const { constants, plan } = context;
  if (plan.excess !== "refuse") {
    return [
      ...plainLines(core),
      'if (hasKey(v, "__proto__")) return false;',
      ...withFields(core.properties.flatMap((property, at) => propertyLines(property, at, "exact", context))),
      "return true;",
    ];
  }
  const optional = core.properties.filter((property) => property.optional);
  const exact = optional.filter(({ type }) => !takesUndefined(type, context));
  const required = core.properties.length - optional.length;
  const rest =
    optional.length === 0
      ? "return n === 0;"
      : `return n === 0 || (n < 0 && onlyKeys(v, ${constants.keys(core.properties)}, ${constants.keys(exact)}));`;
  return [
    ...plainLines(core),
    `let n = ${required};`,
    ...withFields(core.properties.flatMap((property, at) => propertyLines(property, at, "count", context))),
    "for (const _ in v) n--;",
    rest,
  ];
}

/**
 * A plain object. Nearly all have `Object` for their constructor, which is far cheaper to ask for than the prototype; a
 * guest cannot fake it, because functions do not cross.
 */
function plainLines(core: CoreObject): Lines {
  if (core.properties.some(({ name }) => name === "constructor"))
    return ["if (!isPlainObject(v)) return false;"];
  return [
    'if (typeof v !== "object" || v === null) return false;',
    "if (v.constructor !== Object && !isPlainObject(v)) return false;",
  ];
}

/** The checks, with a typed name for the object where they use one. */
function withFields(checks: Lines): Lines {
  return usesName(checks, "o") ? ["const o = v as Fields;", ...checks] : checks;
}

function demandsNever(properties: readonly CoreProperty[], context: Context): boolean {
  return properties.some(({ type, optional }) => !optional && isNever(type, context));
}

/** Names that every object has: read only when they are the object's own. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** `count`: an optional property that is there is counted. `exact`: one that is `undefined` is looked at again. */
function propertyLines(property: CoreProperty, at: number, way: "count" | "exact", context: Context): Lines {
  const { name, type, optional } = property;
  const key = context.constants.text(name);
  const value = `p${at}`;
  const test = testOf(type, value, context);
  const has = `hasKey(v, ${key})`;
  const read = `const ${value} = ${isInherited(name) ? `own(v, ${key})` : `o[${key}]`};`;
  if (test.no === "false") {
    if (!optional) return [`if (!${has}) return false;`];
    return way === "count" ? [`if (${has}) n++;`] : [];
  }
  if (test.no === "true") return [`if (${has}) return false;`];
  const undefinedFits = takesUndefined(type, context);
  if (!optional) {
    const presence = undefinedFits ? [`if (${value} === undefined && !${has}) return false;`] : [];
    return [read, ...presence, `if (${test.no}) return false;`];
  }
  const inner = [`if (${test.no}) return false;`, ...(way === "count" ? ["n++;"] : [])];
  const refused = way === "exact" && !undefinedFits;
  return [
    read,
    `if (${value} !== undefined) {`,
    ...indented(inner),
    ...(refused ? [`} else if (${has}) {`, "  return false;", "}"] : ["}"]),
  ];
}

function errorBody(core: Extract<Core, { kind: "error" }>, context: Context): Lines {
  if (demandsNever(core.properties, context)) return ["return false;"];
  return [
    `if (!isError(v, "${core.name}")) return false;`,
    ...core.properties.flatMap((property, at) => ownLines(property, at, context)),
    "return true;",
  ];
}

/** A property of an error: its own, or for `name` and `message` its class's. */
function ownLines({ name, type, optional }: CoreProperty, at: number, context: Context): Lines {
  const key = context.constants.text(name);
  const value = `p${at}`;
  const test = testOf(type, value, context);
  if (inheritedOfErrors.includes(name)) {
    return test.no === "false"
      ? []
      : [`const ${value}: unknown = v.${name};`, `if (${test.no}) return false;`];
  }
  const has = `hasKey(v, ${key})`;
  if (test.no === "false") return optional ? [] : [`if (!${has}) return false;`];
  if (test.no === "true") return [`if (${has}) return false;`];
  return optional
    ? [`if (${has}) {`, `  const ${value} = own(v, ${key});`, `  if (${test.no}) return false;`, "}"]
    : [`if (!${has}) return false;`, `const ${value} = own(v, ${key});`, `if (${test.no}) return false;`];
}

function recordBody(core: CoreObject, context: Context): Lines {
  const known = core.properties.map(({ name }) => context.constants.text(name));
  const skip =
    known.length === 0 ? [] : ["switch (k) {", ...known.map((key) => `  case ${key}:`), "    continue;", "}"];
  return [
    ...plainLines(core),
    "const o = v as Fields;",
    ...core.properties.flatMap((property, at) => propertyLines(property, at, "exact", context)),
    "for (const k in o) {",
    '  if (--fuel < 0 || k === "__proto__") return false;',
    ...indented(skip),
    ...indented(indexLines(core.index, context)),
    "}",
    "return true;",
  ];
}

/** With one signature for all keys every value must fit; else a key decides which signatures it must fit. */
function indexLines(index: readonly CoreIndex[], context: Context): Lines {
  const [only] = index;
  const checks = index.flatMap(({ type }) => refuseUnless(type, "x", context));
  const read = usesName(checks, "x") ? ["const x = o[k];"] : [];
  if (only !== undefined && index.every(({ key }) => key === "string")) return [...read, ...checks];
  const refuses = context.plan.excess === "refuse" && !index.some(({ key }) => key === "string");
  return [
    ...read,
    ...(refuses ? ["let known = false;"] : []),
    ...index.flatMap(({ key, type }): Lines => {
      const lines = refuseUnless(type, "x", context);
      if (key === "string") return lines;
      const takes =
        key === "number" ? "isNumericKey(k)" : `${context.constants.template(key.texts, key.slots)}(k)`;
      const inner = [...lines, ...(refuses ? ["known = true;"] : [])];
      return inner.length === 0 ? [] : [`if (${takes}) {`, ...indented(inner), "}"];
    }),
    ...(refuses ? ["if (!known) return false;"] : []),
  ];
}

function arrayBody(element: Type, context: Context): Lines {
  if (isNever(element, context)) return ["return Array.isArray(v) && v.length === 0;"];
  const checks = refuseUnless(element, "x", context);
  return [
    "if (!Array.isArray(v) || (fuel -= v.length) < 0) return false;",
    ...(checks.length === 0
      ? []
      : ["for (let i = 0; i < v.length; i++) {", "  const x: unknown = v[i];", ...indented(checks), "}"]),
    "return true;",
  ];
}

function tupleBody(elements: readonly CoreElement[], context: Context): Lines {
  if (elements.some(({ type, quantity }) => quantity === "one" && isNever(type, context))) {
    return ["return false;"];
  }
  const least = elements.filter(({ quantity }) => quantity === "one").length;
  const rest = elements.findIndex(({ quantity }) => quantity === "rest");
  const length =
    rest >= 0
      ? `v.length < ${least}`
      : least === elements.length
        ? `v.length !== ${least}`
        : `v.length < ${least} || v.length > ${elements.length}`;
  const behind = rest < 0 ? 0 : elements.length - rest - 1;
  const lines = elements.flatMap(({ type, quantity }, at): Lines => {
    if (quantity === "rest") return restLines(type, at, behind, context);
    const value = `e${at}`;
    const place = rest >= 0 && at > rest ? `v.length - ${elements.length - at}` : String(at);
    const { no } = testOf(type, value, context);
    if (no === "false") return [];
    const read = `const ${value}: unknown = v[${place}];`;
    if (quantity === "one") return [read, `if (${no}) return false;`];
    if (no === "true") return [read, `if (${value} !== undefined) return false;`];
    return [read, `if (${value} !== undefined) {`, `  if (${no}) return false;`, "}"];
  });
  return [`if (!Array.isArray(v)) return false;`, `if (${length}) return false;`, ...lines, "return true;"];
}

function restLines(type: Type, from: number, behind: number, context: Context): Lines {
  if (isNever(type, context)) return [`if (v.length > ${from + behind}) return false;`];
  const checks = refuseUnless(type, "x", context);
  const fuel = "if ((fuel -= v.length) < 0) return false;";
  if (checks.length === 0) return [fuel];
  const end = behind === 0 ? "v.length" : `v.length - ${behind}`;
  return [
    fuel,
    `for (let i = ${from}; i < ${end}; i++) {`,
    "  const x: unknown = v[i];",
    ...indented(checks),
    "}",
  ];
}

function mapBody(key: Type, value: Type, context: Context): Lines {
  if (isNever(key, context) || isNever(value, context)) return ["return isMap(v) && v.size === 0;"];
  const keys = refuseUnless(key, "k", context);
  const values = refuseUnless(value, "x", context);
  const head =
    keys.length > 0 && values.length > 0
      ? "for (const [k, x] of v) {"
      : keys.length > 0
        ? "for (const k of v.keys()) {"
        : "for (const x of v.values()) {";
  const loop = keys.length + values.length === 0 ? [] : [head, ...indented([...keys, ...values]), "}"];
  return ["if (!isMap(v) || (fuel -= v.size) < 0) return false;", ...loop, "return true;"];
}

function setBody(element: Type, context: Context): Lines {
  if (isNever(element, context)) return ["return isSet(v) && v.size === 0;"];
  const checks = refuseUnless(element, "x", context);
  return [
    "if (!isSet(v) || (fuel -= v.size) < 0) return false;",
    ...(checks.length === 0 ? [] : ["for (const x of v) {", ...indented(checks), "}"]),
    "return true;",
  ];
}

/** Whether an explicit `undefined` fits a type. */
export function takesUndefined(type: Type, { plan }: Context): boolean {
  const seen = new Set<Type>();
  const takes = (part: Type): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    const core = plan.types.core(part);
    if (core.kind === "anything") return true;
    if (core.kind === "union") return core.members.some(takes);
    return core.kind === "primitive" && core.name === "undefined";
  };
  return takes(type);
}
