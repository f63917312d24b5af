/**
 * Rewrites a module's `export`s in place, so that every other character keeps its line and column. Before → after:
 *
 *     export const a = 1;            →          const a = 1;
 *     export default f(a);           →   const $=       f(a);
 *     export default class {}        →   class $ {static{_.x=$}}
 *     export default function () {}  →   function $    () {}
 *     export { a as b };             →   (blank)
 *
 * `_` is handed in from outside: its setter `x` gives a class that has no name of its own the name `default`, as a module does, before anything in
 * the class can look. (Nothing can look at the name of an unnamed function.) Also answers where each export's value is found. What names another module
 * is blanked and handed to `links`; a script that is alone has none, and is refused.
 */
import type { AnonymousClassDeclaration, AnonymousFunctionDeclaration, Pattern, Program } from "acorn";
import type { ExportDefaultDeclaration, ExportNamedDeclaration, Identifier, Literal } from "acorn";
import type { ExportAllDeclaration, Expression, ImportDeclaration } from "acorn";

/** One stretch of the source, and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A statement that names another module. */
export type LinkStatement = ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration;

export interface RewrittenScript {
  /** In the order of the source. */
  readonly edits: readonly Edit[];
  /** Exported name and the local variable that holds its value. */
  readonly exports: readonly (readonly [name: string, local: string])[];
  /** The variable of a default function that was given none, and is called by it for now. */
  readonly unnamed: string | null;
  /** The parameter that holds the object which names a class; empty when nothing asks for it. */
  readonly parameter: string;
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

/** @param links - Gets the statements that name other modules; `null` for a script that may have none. */
export function rewriteExports(
  source: string,
  program: Program,
  links: ((statement: LinkStatement) => void) | null = null,
): RewrittenScript {
  const exports: (readonly [string, string])[] = [];
  const edits: Edit[] = [];
  const blank = (start: number, end: number, text = ""): void => {
    edits.push({ start, end, text: pad(source.slice(start, end), text) });
  };
  let parameter = "";
  let unnamed: string | null = null;

  for (const statement of program.body) {
    switch (statement.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        link(statement);
        break;
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

  function link(statement: LinkStatement): void {
    if (links === null) throw new NotAllowed(statement.start, importAdvice);
    links(statement);
    // A semicolon, so that the lines around it do not grow together.
    blank(statement.start, statement.end, ";");
  }

  function rewriteNamed(statement: ExportNamedDeclaration): void {
    if (statement.source) return link(statement);
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
    const [local, namer] = freshNames(source, 2) as readonly [string, string];
    exports.push(["default", local]);
    switch (declaration.type) {
      case "FunctionDeclaration":
        unnamed = local;
        // A declaration must stay one, because it can be called before it: it needs a name, for which `export default` leaves room.
        blank(
          statement.start,
          headEnd(source, declaration as AnonymousFunctionDeclaration),
          `${headText(declaration as AnonymousFunctionDeclaration)} ${local} `,
        );
        return;
      case "ClassDeclaration": {
        const { superClass, body } = declaration as AnonymousClassDeclaration;
        parameter = namer;
        const naming = `static{${namer}.x=${local}}`;
        if (superClass) {
          blank(statement.start, declaration.start + "class".length, `class ${local}`);
          edits.push({ start: body.start + 1, end: body.start + 1, text: naming });
        } else blank(statement.start, body.start + 1, `class ${local}{${naming}`);
        return;
      }
      default: {
        // Behind the keyword, not at the expression: a tree has no parentheses.
        blank(statement.start, afterDefault(source, statement.start), `const ${local}=`);
        if (isUnnamedFunction(declaration)) unnamed = local;
        if (declaration.type !== "ClassExpression" || declaration.id) return;
        parameter = namer;
        const at = declaration.body.start + 1;
        edits.push({ start: at, end: at, text: `static{${namer}.x=this}` });
      }
    }
  }

  return { edits, exports, unnamed, parameter };
}

function isUnnamedFunction(expression: Expression): boolean {
  if (expression.type === "ArrowFunctionExpression") return true;
  return expression.type === "FunctionExpression" && !expression.id;
}

/** The source with `edits`, which are in its order, made. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let code = "";
  let done = 0;
  for (const edit of edits) {
    code += source.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return code + source.slice(done);
}

/** Replaces `original` by `text` and keeps what comes after it on its line and column. */
function pad(original: string, text: string): string {
  const lines = original.split(/(\r\n|[\n\r\u2028\u2029])/);
  const last = lines.at(-1) ?? "";
  if (lines.length === 1) return text.padEnd(original.length);
  const breaks = lines.filter((_, index) => index % 2 === 1).join("");
  return text + breaks + " ".repeat(last.length);
}

function headText({ async, generator }: AnonymousFunctionDeclaration): string {
  return `${async ? "async " : ""}function${generator ? "*" : ""}`;
}

/** Where the words `export default` end. */
function afterDefault(source: string, start: number): number {
  const words = /export(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*default/y;
  words.lastIndex = start;
  words.exec(source);
  return words.lastIndex;
}

/** Where the parameters of an unnamed function begin. */
function headEnd(source: string, declaration: AnonymousFunctionDeclaration): number {
  const head = /(?:async|function|\*|\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
  head.lastIndex = declaration.start;
  head.exec(source);
  return head.lastIndex;
}

/** An exported or imported name, which may be written as a text. */
export function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

/** The variables a declaration's pattern binds. */
export function* bound(pattern: Pattern): Generator<string> {
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

/** Letters of one byte that are identifiers, the usual ones first. */
const usual =
  "$_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZµÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ";

/** The same from its end: what no author is likely to write, so that it is known in a message. */
export const unusual = [...usual].reverse().join("");

/** Variables the script does not have, always the same for the same source. Short: two must fit where `export default` stood. */
export function freshNames(source: string, count: number, letters = usual): readonly string[] {
  // Read with escapes, because a script may write `$0` as `\\u00240`; a letter that is nowhere in the text is in no name.
  const text = source.replace(
    /\\u(?:\{0*([\da-f]{1,6})\}|([\da-f]{4}))/gi,
    (_, long: string, short: string) => String.fromCharCode(Number.parseInt(long ?? short, 16)),
  );
  const free: string[] = [];
  for (const letter of letters) if (free.length < count && !text.includes(letter)) free.push(letter);
  if (free.length < count) {
    // Counted in one pass: a script may be full of such names.
    const taken = new Set<string>();
    for (const [name] of text.matchAll(/\$\d+/g)) taken.add(name);
    for (let i = 0; free.length < count; i++) if (!taken.has(`$${i}`)) free.push(`$${i}`);
  }
  return free;
}
