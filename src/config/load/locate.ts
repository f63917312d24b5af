/**
 * Finds where in a config file a key is written, so that a finding about it has a code frame. A config that builds its
 * object in some other way than a literal has no such place; then the finding is about the file.
 */
import { stripTypeScriptTypes } from "node:module";
import type { Expression, Node, ObjectExpression, Program } from "acorn";
import { parse } from "acorn";
import { quietly } from "./quietly.ts";

export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The range of the key `["limits", "maxDepth"]` or of the list entry `["definition", 1]`; `null` when not found. */
export function locateKey(source: string, path: readonly (string | number)[]): Range | null {
  const program = parseConfig(source);
  let found: Node | null = null;
  let value: Expression | null = program === null ? null : defaultExport(program);
  for (const key of path) {
    const next = typeof key === "number" ? element(value, key) : property(value, key);
    if (next === null) break;
    found = next.node;
    value = next.value;
  }
  const loc = found?.loc;
  if (loc === undefined || loc === null) return null;
  const { start, end } = loc;
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** Types are blanked in place, so that positions stay. */
function parseConfig(source: string): Program | null {
  try {
    return parse(
      quietly(() => stripTypeScriptTypes(source)),
      { ecmaVersion: "latest", sourceType: "module", locations: true },
    );
  } catch {
    return null; // a syntax error is another finding
  }
}

/** `export default {…}`, `export default defineConfig({…})`, or a name declared at the top. */
function defaultExport(program: Program): Expression | null {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration")
      return unwrap(statement.declaration as Expression, program);
  }
  return null;
}

function unwrap(expression: Expression, program: Program): Expression | null {
  if (expression.type === "CallExpression") {
    const first = expression.arguments[0];
    return first === undefined || first.type === "SpreadElement" ? null : unwrap(first, program);
  }
  if (expression.type !== "Identifier") return expression;
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && id.name === expression.name && init) return unwrap(init, program);
    }
  }
  return null;
}

interface Found {
  readonly node: Node;
  readonly value: Expression;
}

function property(value: Expression | null, name: string): Found | null {
  if (value?.type !== "ObjectExpression") return null;
  for (const one of (value as ObjectExpression).properties) {
    if (one.type !== "Property" || one.computed) continue;
    const key =
      one.key.type === "Identifier" ? one.key.name : one.key.type === "Literal" ? one.key.value : null;
    if (key === name) return { node: one.key, value: one.value };
  }
  return null;
}

function element(value: Expression | null, index: number): Found | null {
  if (value?.type !== "ArrayExpression") return null;
  const one = value.elements[index];
  return one === null || one === undefined || one.type === "SpreadElement" ? null : { node: one, value: one };
}
