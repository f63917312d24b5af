/**
 * Parses a script's text as the tree of an ES module, or a located mistake. The parser is acorn's, with two changes: names
 * are looked up in sets, because a list of a hundred thousand declarations takes minutes to search; and what no script may
 * contain is refused here, where only a parser can tell an `import` from a word in a text.
 */
import { Parser, type Comment, type Node, type Options, type Program } from "acorn";
import { NotAllowed } from "./rewrite-exports.ts";
import { SyntaxFailure, tooDeep } from "./syntax-failure.ts";

export interface ParsedModule {
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** Throws `SyntaxFailure`, and nothing else, when the text is no module or contains what no script may. */
export function parseModule(source: string, filename: string, dynamicImport = false): ParsedModule {
  const comments: Comment[] = [];
  const options: Options = { ecmaVersion: "latest", sourceType: "module", locations: false };
  // Only asked for when one of them could matter: a script may consist of comments.
  if (source.includes("sourceURL")) options.onComment = comments;
  try {
    const program = ModuleParser.parse(source, options);
    // Only a parser knows which `import` is one; the text tells whether it is worth looking.
    const refused = source.includes("import") ? firstImport(program, dynamicImport) : null;
    if (refused) throw locate(source, filename, refused.at, refused.message);
    return { program, comments };
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(filename);
    if (error instanceof SyntaxError) {
      const { pos } = error as SyntaxError & { pos?: number };
      throw locate(source, filename, pos ?? 0, reword(error.message, source, pos ?? 0));
    }
    throw error;
  }
}

/** The failure at an offset of the source, in lines and columns. */
export function locate(source: string, filename: string, at: number, message: string): SyntaxFailure {
  const before = source.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/);
  return new SyntaxFailure(filename, before.length, (before.at(-1)?.length ?? 0) + 1, message);
}

/** An error of rewriting in the words of the script's author; what is no such error comes back as it is. */
export function located(error: unknown, source: string, filename: string): unknown {
  if (error instanceof NotAllowed) return locate(source, filename, error.at, error.message);
  return error instanceof RangeError ? tooDeep(filename) : error;
}

/** Below this a list is searched faster than a set is kept. */
const fewNames = 32;

/** The names declared in one scope, for a parser that only asks for `push`, `indexOf` and the first. */
class Names extends Array<string> {
  #set: Set<string> | null = null;

  override push(name: string): number {
    this.#set?.add(name);
    return super.push(name);
  }

  override indexOf(name: string): number {
    if (this.length < fewNames) return super.indexOf(name);
    this.#set ??= new Set(this);
    return this.#set.has(name) ? 0 : -1;
  }
}

/** The part of acorn's parser that keeps scopes, which its types leave out. */
interface ScopedParser {
  readonly scopeStack: { var: string[]; lexical: string[]; functions: string[] }[];
  enterScope(flags: number): void;
}

const ModuleParser = Parser.extend((Base) => {
  const Scoped = Base as unknown as new (...args: never[]) => ScopedParser;
  class WithNames extends Scoped {
    override enterScope(flags: number): void {
      super.enterScope(flags);
      const scope = this.scopeStack.at(-1);
      if (scope) Object.assign(scope, { var: new Names(), lexical: new Names(), functions: new Names() });
    }
  }
  return WithNames as unknown as typeof Base;
});

/** Walks with its own stack: a long chain of operators is deeper than ours. */
function firstImport(program: Program, dynamicImport: boolean): NotAllowed | null {
  const found: NotAllowed[] = [];
  const stack: unknown[] = [program];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== "object" || node === null) continue;
    if (Array.isArray(node)) {
      for (const member of node) stack.push(member);
      continue;
    }
    const { type, start } = node as Node;
    if (typeof type !== "string") continue;
    if (type === "ImportExpression" && !dynamicImport) {
      found.push(
        new NotAllowed(
          start,
          "A script cannot import by `import()` unless its host allows it: `dynamicImport: true`, or `isobind run --dynamic-import`.",
        ),
      );
    } else if (type === "MetaProperty" && (node as { meta?: { name?: string } }).meta?.name === "import") {
      found.push(new NotAllowed(start, "A script has no `import.meta`: it was not loaded from anywhere."));
    }
    for (const value of Object.values(node)) if (typeof value === "object") stack.push(value);
  }
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** acorn says "Unexpected token (1:5)"; the place is ours to give, the token is worth naming. */
function reword(message: string, source: string, at: number): string {
  const text = message.replace(/ \(\d+:\d+\)$/, "");
  if (/^Unexpected character '@'/.test(text)) {
    return "Decorators are not part of the language scripts run in; call the function yourself";
  }
  if (text !== "Unexpected token") return text;
  if (at >= source.length) return "Unexpected end of the script";
  const token = /[\p{ID_Continue}$]+|[^\s]/uy;
  token.lastIndex = at;
  const found = token.exec(source)?.[0];
  if (found !== undefined && /(?:^|[\s;{])accessor[ \t]+$/.test(source.slice(Math.max(0, at - 40), at))) {
    return "`accessor` fields are not part of the language scripts run in; write a getter and a setter";
  }
  return found === undefined ? text : `Unexpected token \`${found.slice(0, 40)}\``;
}
