/**
 * Finds what the tree of a module says beside its imports and exports: whether it waits at its top level, which variables
 * are assigned to anywhere, and where it calls `import()`. One walk with a stack of its own, because a long chain of
 * operators is deeper than ours.
 */
import type { Node, Program } from "acorn";
import { bound } from "../script/rewrite-exports.ts";
import type { Pattern } from "acorn";
import { checkSpecifier, type Wanted } from "./wanted.ts";

export interface Seen {
  readonly isAsync: boolean;
  /** Names that are assigned to, in whichever scope; `null` when nobody can tell, because code may be made of text. */
  readonly assigned: ReadonlySet<string> | null;
  /** Each `import()`: where it starts, and the module it names, if that is written there. */
  readonly dynamic: readonly { readonly start: number; readonly wanted: Wanted | null }[];
}

interface AnyNode extends Node {
  readonly [key: string]: unknown;
}

export function lookThrough(program: Program, dynamicImport: boolean): Seen {
  const assigned = new Set<string>();
  const dynamic: { start: number; wanted: Wanted | null }[] = [];
  let isAsync = false;
  let evaluates = false;
  const stack: (readonly [node: unknown, isInside: boolean])[] = [[program, false]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [at, isInside] = next;
    if (typeof at !== "object" || at === null) continue;
    if (Array.isArray(at)) {
      for (const member of at) stack.push([member, isInside]);
      continue;
    }
    const node = at as AnyNode;
    if (typeof node.type !== "string") continue;
    if (!isInside && waits(node)) isAsync = true;
    if (node.type === "Identifier" && node["name"] === "eval") evaluates = true;
    for (const name of targets(node)) assigned.add(name);
    if (dynamicImport && node.type === "ImportExpression") {
      dynamic.push({ start: node.start, wanted: readDynamic(node) });
    }
    const inside = isInside || isFunction(node);
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value === "object") stack.push([value, inside]);
    }
  }
  return { isAsync, assigned: evaluates ? null : assigned, dynamic };
}

/** `using` waits too: what it disposes may fail after the last statement, which only a promise tells. */
function waits(node: AnyNode): boolean {
  if (node.type === "AwaitExpression") return true;
  if (node.type === "ForOfStatement") return node["await"] === true;
  return node.type === "VariableDeclaration" && /using$/.test(String(node["kind"]));
}

/** Fields of classes and static blocks are functions too, as far as waiting goes: neither may contain an `await`. */
function isFunction({ type }: AnyNode): boolean {
  return (
    type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression"
  );
}

function targets(node: AnyNode): Iterable<string> {
  switch (node.type) {
    case "AssignmentExpression":
      return bound(node["left"] as Pattern);
    case "UpdateExpression":
      return bound(node["argument"] as Pattern);
    case "ForOfStatement":
    case "ForInStatement":
      return bound(node["left"] as Pattern);
    // The same variable may be declared, and given a value, twice.
    case "VariableDeclaration":
      return node["kind"] === "var"
        ? (node["declarations"] as { id: Pattern }[]).flatMap(({ id }) => [...bound(id)])
        : [];
    default:
      return [];
  }
}

function readDynamic(node: AnyNode): Wanted | null {
  const source = node["source"] as AnyNode;
  const specifier = source.type === "Literal" ? source["value"] : plainTemplate(source);
  if (typeof specifier !== "string") return null;
  checkSpecifier(specifier, source);
  return { specifier, kind: isJson(node["options"] as AnyNode | null) ? "json" : "code", at: source.start };
}

function plainTemplate(node: AnyNode): unknown {
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node["quasis"] as { value: { cooked?: string | null } }[];
  return quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
}

/** `{ with: { type: "json" } }` */
function isJson(options: AnyNode | null): boolean {
  return property(property(options, "with"), "type")?.["value"] === "json";
}

function property(node: AnyNode | null | undefined, name: string): AnyNode | null {
  if (node?.type !== "ObjectExpression") return null;
  for (const one of node["properties"] as AnyNode[]) {
    const key = one["key"] as AnyNode | undefined;
    if (key !== undefined && (key["name"] === name || key["value"] === name)) return one["value"] as AnyNode;
  }
  return null;
}
