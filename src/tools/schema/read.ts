/**
 * Reads JSON Schemas (2020-12 and draft-07, and the schemas of OpenAPI 3.0 and 3.1) as nodes. Nothing throws: what cannot be said is `any`, with a
 * note, so that every problem of a document is told at once. References are followed inside the document only.
 */
import { isFields, nameOfStep, textIn, type Fields } from "./fields.ts";
import { merged } from "./merge.ts";
import type { Definition, SchemaNode, SchemaNote } from "./node.ts";
import { readOwn, unionOf } from "./own.ts";

/** A schema is data of strangers: any JSON. */
export type JsonSchema = unknown;

export interface Reading {
  /** The node of a schema, whose references are looked up in the first of the documents that has what they name. */
  read(schema: JsonSchema, documents: readonly JsonSchema[], at: string): SchemaNode;
  /** What references have named, in the order they were found. */
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly notes: readonly SchemaNote[];
}

/** Deeper schemas end in `any`: nobody writes such a type, and a stranger could send one without end. */
const mostDepth = 64;

/** Schemas that are read one inside another, across references. A definition further in is read when those around it are, so that no chain is too long for the stack. */
const mostInside = 200;

/** The same where a schema is combined with what a reference stands for, which cannot wait. Beyond it the two are left as an intersection. */
const mostCombined = 400;

/** Names definitions after their place: `#/$defs/Row` is a `Row`. `free` gives a name that nobody has. */
export function startReading(free: (wish: string) => string): Reading {
  const definitions = new Map<string, Definition>();
  const notes: SchemaNote[] = [];
  /** By the number of the document. */
  const named = new Map<string, string>();
  const numbers = new WeakMap<object, { readonly whole: number; readonly definitions: number }>();
  const texts = new Map<string, number>();
  /** What is named and not yet read. */
  const waiting = new Map<string, () => void>();
  const leads = startLeading();
  let inside = 0;

  function readWhole(schema: JsonSchema, documents: readonly JsonSchema[], at: string): SchemaNode {
    const node = read(schema, documents, at);
    for (const name of waiting.keys()) readWaiting(name);
    return node;
  }

  function readWaiting(name: string): void {
    const define = waiting.get(name);
    waiting.delete(name);
    define?.();
  }

  /** What a reference stands for; `null` while that is still being read. */
  function standsFor(name: string): SchemaNode | null {
    if (inside < mostCombined) readWaiting(name);
    return definitions.get(name)?.node ?? null;
  }

  /** One for equal documents, so that two tools with one `Row` have one type. For a definition, equal definitions are enough. */
  function numberOf(document: JsonSchema, target: string): number {
    if (!isFields(document)) return -1;
    const number = (part: unknown): number => {
      const text = JSON.stringify(part);
      const known = texts.get(text) ?? texts.size;
      texts.set(text, known);
      return known;
    };
    let found = numbers.get(document);
    if (found === undefined) {
      const [whole, part] = [number(document), shared(document)];
      found = { whole, definitions: part === document ? whole : number(part) };
      numbers.set(document, found);
    }
    return isDefinition.test(target) ? found.definitions : found.whole;
  }

  function note(at: string, message: string): SchemaNode {
    if (!notes.some((one) => one.at === at && one.message === message)) notes.push({ at, message });
    return { kind: "any" };
  }

  function read(schema: JsonSchema, documents: readonly JsonSchema[], at: string, depth = 0): SchemaNode {
    if (schema === false) return { kind: "never" };
    if (!isFields(schema)) return note(at, "The schema says nothing of the value, so it is `unknown`.");
    if (depth > mostDepth)
      return note(at, `The schema is over ${mostDepth} levels deep, so the rest is \`unknown\`.`);
    const inner = (part: JsonSchema, step: string): SchemaNode => {
      inside++;
      const node = read(part, documents, `${at}${step}`, depth + 1);
      inside--;
      return node;
    };
    const said = notes.length;
    const parts: SchemaNode[] = [];
    if (typeof schema["$ref"] === "string") parts.push(reference(schema["$ref"], documents, at));
    for (const keyword of ["$dynamicRef", "$recursiveRef"])
      if (keyword in schema) note(at, `\`${keyword}\` is not followed, so what it names is \`unknown\`.`);
    const own = readOwn(schema, inner, (message) => note(at, message));
    if (own !== null) parts.push(own);
    for (const keyword of ["anyOf", "oneOf"] as const) {
      const members = schema[keyword];
      if (!Array.isArray(members) || members.length === 0) continue;
      const nodes = members.map((member: unknown) => inner(member, ""));
      if (nodes.every(({ kind }) => kind === "any")) continue;
      const exactlyOne = keyword === "oneOf" && nodes.length > 1;
      parts.push(
        nodes.length === 1 && nodes[0]
          ? nodes[0]
          : { kind: "union", members: nodes, ...(exactlyOne && { exactlyOne }) },
      );
    }
    if (Array.isArray(schema["allOf"]))
      parts.push(...schema["allOf"].map((member: unknown) => inner(member, "")));
    for (const keyword of unsaid)
      if (keyword in schema)
        note(at, `\`${keyword}\` cannot be said as a type; the far side alone checks it.`);
    const node = merged(parts, standsFor);
    const whole: SchemaNode = schema["nullable"] === true ? nullable(node) : node;
    return whole.kind === "any" && notes.length === said
      ? note(at, "The schema says nothing of the value, so it is `unknown`.")
      : whole;
  }

  function reference(target: string, documents: readonly JsonSchema[], at: string): SchemaNode {
    const document = documents.find((one) => resolve(one, target) !== undefined);
    if (document === undefined) {
      return note(at, `\`${target}\` is not in the document, so what it names is \`unknown\`.`);
    }
    const key = `${target} ${numberOf(document, target)}`;
    const known = named.get(key);
    if (known !== undefined) return { kind: "reference", name: known };
    const found = resolve(document, target);
    const name = free(target === "#" ? "Root" : nameOfStep(target.split("/").at(-1) ?? "Type"));
    named.set(key, name);
    waiting.set(name, () => {
      inside++;
      // Its own node is there only when it is read: a schema that contains itself is read once.
      const node = read(found, documents, name);
      inside--;
      const description = isFields(found) ? textIn(found, "description") : "";
      // Names that only lead back to one another have no value.
      const isCircle = node.kind === "reference" && !leads(name, node.name);
      definitions.set(name, { name, node: isCircle ? { kind: "never" } : node, description });
    });
    if (inside < mostInside) readWaiting(name);
    return { kind: "reference", name };
  }

  return { read: readWhole, definitions, notes };
}

/** Remembers which name stands for nothing but another; false when the other leads back to it. A chain is walked once, and then by a shorter way. */
function startLeading(): (name: string, to: string) => boolean {
  const next = new Map<string, string>();
  return (name, to) => {
    const passed: string[] = [];
    let end = to;
    for (let step = next.get(end); step !== undefined; step = next.get(end)) {
      passed.push(end);
      end = step;
    }
    for (const one of passed) next.set(one, end);
    if (end === name) return false;
    next.set(name, end);
    return true;
  };
}

/** Keywords that no type can say. The value is described without them. */
const unsaid = [
  "not",
  "if",
  "contains",
  "dependentSchemas",
  "dependentRequired",
  "dependencies",
  "propertyNames",
];

const isDefinition = /^#\/(?:\$defs|definitions)\//u;

/** What of a document its definitions depend on: of a tool's schema they themselves, where none of them leads out of them; of an API all. */
function shared(document: Fields): unknown {
  const { $defs, definitions, openapi } = document;
  if (openapi !== undefined || ($defs === undefined && definitions === undefined)) return document;
  const both = { $defs, definitions };
  return /"\$ref":"#(?!\/(?:\$defs|definitions)\/)/u.test(JSON.stringify(both)) ? document : both;
}

function nullable(node: SchemaNode): SchemaNode {
  if (node.kind === "any") return node;
  const members = node.kind === "union" && !node.exactlyOne ? node.members : [node];
  return unionOf([...members, { kind: "null" }]);
}

/** `#/$defs/Row`, `#`; `undefined` for what is not in the document. */
function resolve(document: JsonSchema, target: string): unknown {
  if (target === "#") return document;
  if (!target.startsWith("#/")) return undefined;
  return target
    .slice(2)
    .split("/")
    .reduce<unknown>((value, step) => {
      const key = nameOfStep(step);
      return typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Fields)[key]
        : undefined;
    }, document);
}
