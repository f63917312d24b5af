/**
 * Scans the TypeScript that we emit: enough to tell words from text, without a compiler. It knows none of our
 * escapers, so that it finds what one of them has missed.
 */

export interface Token {
  readonly kind: "comment" | "string" | "template" | "number" | "word" | "sign";
  readonly text: string;
}

/** The tokens of one line, or of the lines that a comment or a template keeps together. */
export interface Line {
  readonly tokens: readonly Token[];
  readonly words: readonly string[];
  /** Brackets it opens, less those it closes. */
  readonly change: number;
  /** The least of that change on its way: 0, or how many brackets it closes that were open before. */
  readonly lowest: number;
}

// Without groups: the first character tells the kind, and an object of groups for each token was most of the time.
const pattern =
  /[^\S\n]+|\n|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/|"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*'|\d[\w.]*|[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*|=>|\.\.\.|[=!<>]==?|[&|+-]{2}|[-+]=|[{}()[\]<>;:,.?=!&|+-]/uy;

const signs = new Set("{}()[]<>;:,.?=!&|+-");

/** The kind of a match; `null` for white space. */
function kindOf(match: string): Token["kind"] | null {
  const first = match[0] ?? "";
  if (first <= " ") return null;
  if (signs.has(first)) return "sign";
  if (first === '"' || first === "'") return "string";
  if (first === "/") return "comment";
  if (first >= "0" && first <= "9") return "number";
  return /\s/u.test(first) ? null : "word";
}

/** The tokens of a text, white space left out; `null` where something else stands. */
export function scan(text: string): readonly Token[] | null {
  return scanLines(text)?.lines.flatMap(({ tokens }) => tokens) ?? null;
}

export interface Scanned {
  readonly lines: readonly Line[];
  /** Each different line that ends where a token does, by its text. */
  readonly known: ReadonlyMap<string, Line>;
  /** The text of the lines that had to be scanned. */
  readonly fresh: string;
}

/**
 * The same, line by line. A line that occurs again is the same object again: most of a registry is a few hundred
 * different lines, and only those are scanned, unless a text before this one had them (`before`).
 */
export function scanLines(text: string, before?: ReadonlyMap<string, Line>): Scanned | null {
  const known = new Map<string, Line>();
  const lines: Line[] = [];
  let fresh = "";
  for (let at = 0; at < text.length;) {
    const end = endOfLine(text, at);
    const own = text.slice(at, end);
    const again = known.get(own) ?? before?.get(own);
    if (again !== undefined) {
      known.set(own, again);
      lines.push(again);
      at = end;
      continue;
    }
    const tokens: Token[] = [];
    const position = { at };
    for (let until = end; position.at < until; until = endOfLine(text, position.at - 1)) {
      if (!scanInto(text, tokens, position, until, false)) return null;
    }
    const line = lineOf(tokens);
    // What goes on in the next line depends on that, too.
    if (position.at === end) known.set(own, line);
    lines.push(line);
    fresh += text.slice(at, position.at);
    at = position.at;
  }
  return { lines, known, fresh };
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline + 1;
}

function lineOf(tokens: readonly Token[]): Line {
  let change = 0;
  let lowest = 0;
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "word") words.push(token.text);
    change += depthChange(token);
    lowest = Math.min(lowest, change);
  }
  return { tokens, words, change, lowest };
}

/** 1 for an opening bracket, -1 for a closing one. */
export function depthChange({ kind, text }: Token): -1 | 0 | 1 {
  if (kind !== "sign") return 0;
  if (text === "{" || text === "(" || text === "[") return 1;
  return text === "}" || text === ")" || text === "]" ? -1 : 0;
}

/** Scans up to `end` and to the end of the token there, or to the brace that ends a slot of a template. */
function scanInto(
  text: string,
  tokens: Token[],
  position: { at: number },
  end: number,
  inSlot: boolean,
): boolean {
  let depth = 0;
  while (position.at < end) {
    if (text[position.at] === "`") {
      if (!scanTemplate(text, tokens, position)) return false;
      continue;
    }
    pattern.lastIndex = position.at;
    if (!pattern.test(text)) return false;
    const match = text.slice(position.at, pattern.lastIndex);
    const kind = kindOf(match);
    if (inSlot && match === "}" && depth === 0) return true;
    if (kind === "sign") depth += match === "{" ? 1 : match === "}" ? -1 : 0;
    if (kind !== null) tokens.push({ kind, text: match });
    position.at += match.length;
  }
  return !inSlot;
}

function scanTemplate(text: string, tokens: Token[], position: { at: number }): boolean {
  const from = position.at++;
  for (;;) {
    const character = text[position.at];
    if (character === undefined || character === "\r") return false;
    if (character === "\\") position.at += 2;
    else if (character === "`") {
      position.at++;
      tokens.push({ kind: "template", text: text.slice(from, position.at) });
      return true;
    } else if (character === "$" && text[position.at + 1] === "{") {
      position.at += 2;
      if (!scanInto(text, tokens, position, text.length, true)) return false;
      position.at++;
    } else position.at++;
  }
}
