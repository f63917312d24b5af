/**
 * Finds the places of a module where an imported name stands for the import, and not for a variable of an inner scope or a
 * property. Only asked for when imports must be looked up each time they are read; see `emit.ts`.
 */
import type { Node, Pattern, Program } from "acorn";
import { bound } from "../script/rewrite-exports.ts";

export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `called`: written without a `this`. `short`: `{ name }`, where the name is a key too. */
  readonly how: "read" | "called" | "short";
  /** It begins a statement of a list, so that the line before it may not end there. */
  readonly begins: boolean;
}

interface AnyNode extends Node {
  readonly [key: string]: unknown;
}

type Names = ReadonlySet<string>;

/** In the order of the source. Recurses: throws `RangeError` for a module nested too deeply. */
export function referencesOf(program: Program, names: Names): readonly Reference[] {
  const found: Reference[] = [];
  for (const statement of program.body as unknown as AnyNode[]) visit(statement, names, "read", true);
  return found.sort((a, b) => a.start - b.start);

  function visit(
    node: AnyNode | null | undefined,
    free: Names,
    how: Reference["how"] = "read",
    begins = false,
  ): void {
    if (!node || free.size === 0) return;
    switch (node.type) {
      case "Identifier":
        if (free.has(node["name"] as string)) {
          found.push({ name: node["name"] as string, start: node.start, end: node.end, how, begins });
        }
        return;
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
        return;
      case "ExportNamedDeclaration":
        return visit(node["declaration"] as AnyNode | null, free);
      case "LabeledStatement":
        return visit(node["body"] as AnyNode, free);
      case "ExpressionStatement":
        return visit(node["expression"] as AnyNode, free, "read", begins);
      case "MemberExpression":
        visit(node["object"] as AnyNode, free, "read", begins);
        return node["computed"] ? visit(node["property"] as AnyNode, free) : undefined;
      case "CallExpression":
        visit(node["callee"] as AnyNode, free, "called", begins);
        return all(node["arguments"], free);
      case "TaggedTemplateExpression":
        visit(node["tag"] as AnyNode, free, "called", begins);
        return visit(node["quasi"] as AnyNode, free);
      case "Property":
        return property(node, free);
      case "AssignmentPattern":
        visit(node["left"] as AnyNode, free, how);
        return visit(node["right"] as AnyNode, free);
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
        if (node["computed"]) visit(node["key"] as AnyNode, free);
        return visit(node["value"] as AnyNode | null, free);
      case "VariableDeclarator":
        declared(node["id"] as AnyNode, free);
        return visit(node["init"] as AnyNode | null, free);
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return inFunction(node, free);
      case "ClassDeclaration":
      case "ClassExpression": {
        const inner = without(free, namesOf(node["id"]));
        visit(node["superClass"] as AnyNode | null, inner);
        return visit(node["body"] as AnyNode, inner);
      }
      case "BlockStatement":
      case "StaticBlock": {
        const vars = node.type === "StaticBlock" ? hoisted(node["body"]) : [];
        return list(node["body"], without(free, [...lexical(node["body"]), ...vars]));
      }
      case "CatchClause": {
        const param = node["param"] as AnyNode | null;
        const inner = without(free, namesOf(param));
        if (param) declared(param, inner);
        return visit(node["body"] as AnyNode, inner);
      }
      case "SwitchStatement": {
        visit(node["discriminant"] as AnyNode, free);
        const cases = node["cases"] as AnyNode[];
        const inner = without(
          free,
          cases.flatMap((one) => lexical(one["consequent"])),
        );
        for (const one of cases) {
          visit(one["test"] as AnyNode | null, inner);
          list(one["consequent"], inner);
        }
        return;
      }
      case "ForStatement":
        return children(node, without(free, lexical([node["init"]])));
      case "ForInStatement":
      case "ForOfStatement":
        return children(node, without(free, lexical([node["left"]])));
      default:
        // A statement that holds one of these goes on where its first part does: `f() + 1`, `f(), g()`.
        children(node, free, begins);
    }
  }

  function children(node: AnyNode, free: Names, begins = false): void {
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (Array.isArray(value)) for (const member of value) visitPart(member, free, begins, node);
      else visitPart(value, free, begins, node);
    }
  }

  function visitPart(value: unknown, free: Names, begins: boolean, parent: AnyNode): void {
    if (typeof value !== "object" || value === null || typeof (value as AnyNode).type !== "string") return;
    const part = value as AnyNode;
    visit(part, free, "read", begins && part.start === parent.start);
  }

  function all(nodes: unknown, free: Names): void {
    for (const node of nodes as AnyNode[]) visit(node, free);
  }

  /** Statements one after the other: none of them may grow together with the one before. */
  function list(nodes: unknown, free: Names): void {
    for (const node of nodes as AnyNode[]) visit(node, free, "read", true);
  }

  function property(node: AnyNode, free: Names): void {
    if (node["computed"]) visit(node["key"] as AnyNode, free);
    visit(node["value"] as AnyNode, free, node["shorthand"] ? "short" : "read");
  }

  /** The parts of a pattern that are no declared names: keys and defaults. */
  function declared(pattern: AnyNode | null, free: Names): void {
    switch (pattern?.type) {
      case "ObjectPattern":
        for (const one of pattern["properties"] as AnyNode[]) {
          if (one.type === "RestElement") continue;
          if (one["computed"]) visit(one["key"] as AnyNode, free);
          declared(one["value"] as AnyNode, free);
        }
        return;
      case "ArrayPattern":
        for (const one of pattern["elements"] as (AnyNode | null)[]) declared(one, free);
        return;
      case "RestElement":
        return declared(pattern["argument"] as AnyNode, free);
      case "AssignmentPattern":
        declared(pattern["left"] as AnyNode, free);
        return visit(pattern["right"] as AnyNode, free);
      default:
    }
  }

  function inFunction(node: AnyNode, free: Names): void {
    const own = node.type === "FunctionExpression" ? namesOf(node["id"]) : [];
    const params = node["params"] as AnyNode[];
    const outer = without(free, [...own, ...params.flatMap(namesOf)]);
    for (const param of params) declared(param, outer);
    const body = node["body"] as AnyNode;
    if (body.type !== "BlockStatement") return visit(body, outer);
    list(body["body"], without(outer, [...lexical(body["body"]), ...hoisted(body["body"])]));
  }
}

function without(names: Names, taken: readonly string[]): Names {
  if (!taken.some((name) => names.has(name))) return names;
  const left = new Set(names);
  for (const name of taken) left.delete(name);
  return left;
}

function namesOf(pattern: unknown): string[] {
  return pattern === null || pattern === undefined ? [] : [...bound(pattern as Pattern)];
}

/** What `let`, `const`, classes and functions declare in this very block. */
function lexical(statements: unknown): string[] {
  return (statements as (AnyNode | null)[]).flatMap((statement) => {
    switch (statement?.type) {
      case "VariableDeclaration":
        return statement["kind"] === "var" ? [] : declaratorsOf(statement);
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return namesOf(statement["id"]);
      default:
        return [];
    }
  });
}

/** What `var` declares anywhere in a function, whatever block it stands in. */
function hoisted(statements: unknown): string[] {
  const names: string[] = [];
  const stack: unknown[] = [statements];
  while (stack.length > 0) {
    const next = stack.pop();
    if (typeof next !== "object" || next === null) continue;
    if (Array.isArray(next)) {
      for (const member of next) stack.push(member);
      continue;
    }
    const node = next as AnyNode;
    if (/Function|^Class/.test(node.type ?? "")) continue;
    if (node.type === "VariableDeclaration" && node["kind"] === "var") names.push(...declaratorsOf(node));
    for (const key of Object.keys(node)) if (typeof node[key] === "object") stack.push(node[key]);
  }
  return names;
}

function declaratorsOf(declaration: AnyNode): string[] {
  return (declaration["declarations"] as AnyNode[]).flatMap(({ id }) => namesOf(id));
}
