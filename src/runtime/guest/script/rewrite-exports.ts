/**
 * Rewrite exports: a module's `export`s in place, so that every other character keeps its line and column. Before → after:
 *
 *     export const a = 1;            →          const a = 1;
 *     export default f(a);           →   const $0=      f(a);
 *     export default function () {}  →   function $0    () {}
 *     export { a as b };             →   (blank)
 *
 * Also answers where each export's value is found at the end. Keeps out everything a script may not contain: imports and
 * re-exports are refused here.
 */
import type { AnonymousClassDeclaration, AnonymousFunctionDeclaration, Node, Pattern, Program } from "acorn";
import type { ExportDefaultDeclaration, ExportNamedDeclaration, Identifier, Literal } from "acorn";

export interface RewrittenScript {
  readonly code: string;
  /** Exported name and the local variable that holds its value. */
  readonly exports: readonly (readonly [name: string, local: string])[];
}

/** A construct a script may not contain. `at` is an offset in the source. */
export class NotAllowed extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const importAdvice =
  "A script cannot import: it has the ECMAScript globals, `SecureExec.bindings` and what the host passed in.";

export function rewriteExports(source: string, program: Program): RewrittenScript {
  const exports: (readonly [string, string])[] = [];
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const blank = (start: number, end: number, text = ""): void => {
    edits.push({ start, end, text: pad(source.slice(start, end), text) });
  };

  for (const statement of program.body) {
    switch (statement.type) {
      case "ImportDeclaration":
        throw new NotAllowed(statement.start, importAdvice);
      case "ExportAllDeclaration":
        throw new NotAllowed(statement.start, importAdvice);
      case "ExportNamedDeclaration":
        rewriteNamed(statement);
        break;
      case "ExportDefaultDeclaration":
        rewriteDefault(statement);
        break;
      default:
        break;
    }
  }

  function rewriteNamed(statement: ExportNamedDeclaration): void {
    if (statement.source) throw new NotAllowed(statement.start, importAdvice);
    const { declaration } = statement;
    if (!declaration) {
      for (const specifier of statement.specifiers) {
        exports.push([nameOf(specifier.exported), nameOf(specifier.local)]);
      }
      // A semicolon, so that the lines around it do not grow together.
      blank(statement.start, statement.end, ";");
      return;
    }
    if (declaration.type === "VariableDeclaration") {
      for (const { id } of declaration.declarations) for (const name of bound(id)) exports.push([name, name]);
    } else {
      exports.push([declaration.id.name, declaration.id.name]);
    }
    blank(statement.start, declaration.start);
  }

  function rewriteDefault(statement: ExportDefaultDeclaration): void {
    const { declaration } = statement;
    const isDeclaration =
      declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration";
    if (isDeclaration && declaration.id) {
      exports.push(["default", declaration.id.name]);
      blank(statement.start, declaration.start);
      return;
    }
    const local = freshName(source);
    exports.push(["default", local]);
    if (!isDeclaration) {
      // Behind the keyword, not at the expression: a tree has no parentheses.
      blank(statement.start, afterDefault(source, statement.start), `const ${local}=`);
    } else {
      // A declaration must stay one: it needs a name, for which `export default` leaves room.
      const end = headEnd(source, declaration as AnonymousFunctionDeclaration | AnonymousClassDeclaration);
      blank(statement.start, end, `${headText(declaration)} ${local} `);
    }
  }

  let code = "";
  let done = 0;
  for (const edit of edits) {
    code += source.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return { code: code + source.slice(done), exports };
}

/** Replaces `original` by `text` and keeps what comes after it on its line and column. */
function pad(original: string, text: string): string {
  const lines = original.split(/(\r\n|[\n\r\u2028\u2029])/);
  const last = lines.at(-1) ?? "";
  if (lines.length === 1) return text.padEnd(original.length);
  const breaks = lines.filter((_, index) => index % 2 === 1).join("");
  return text + breaks + " ".repeat(last.length);
}

function headText(declaration: Node): string {
  if (declaration.type === "ClassDeclaration") return "class";
  const { async, generator } = declaration as AnonymousFunctionDeclaration;
  return `${async ? "async " : ""}function${generator ? "*" : ""}`;
}

/** Where the words `export default` end. */
function afterDefault(source: string, start: number): number {
  const words = /export(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*default/y;
  words.lastIndex = start;
  words.exec(source);
  return words.lastIndex;
}

/** Where the parameters, the `extends` or the body of an unnamed declaration begin. */
function headEnd(
  source: string,
  declaration: AnonymousFunctionDeclaration | AnonymousClassDeclaration,
): number {
  if (declaration.type === "ClassDeclaration") return declaration.start + "class".length;
  const head = /(?:async|function|\*|\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
  head.lastIndex = declaration.start;
  head.exec(source);
  return head.lastIndex;
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

/** The variables a declaration's pattern binds. */
function* bound(pattern: Pattern): Generator<string> {
  switch (pattern.type) {
    case "Identifier":
      yield pattern.name;
      break;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        yield* bound(property.type === "RestElement" ? property.argument : property.value);
      }
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) yield* bound(element);
      break;
    case "RestElement":
      yield* bound(pattern.argument);
      break;
    case "AssignmentPattern":
      yield* bound(pattern.left);
      break;
    default:
      break;
  }
}

/** A variable the script does not have. Short: it must fit where `export default` stood. */
function freshName(source: string): string {
  // Counted in one pass, and with escapes read: a script may be full of such names, and may write `$0` as `\u00240`.
  const text = source.replace(
    /\\u(?:\{0*([\da-f]{1,6})\}|([\da-f]{4}))/gi,
    (_, long: string, short: string) => String.fromCharCode(Number.parseInt(long ?? short, 16)),
  );
  const taken = new Set<string>();
  for (const [name] of text.matchAll(/\$\d+/g)) taken.add(name);
  for (let i = 0; ; i++) if (!taken.has(`$${i}`)) return `$${i}`;
}
