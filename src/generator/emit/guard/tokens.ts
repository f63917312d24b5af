/**
 * A scanner for the TypeScript that we emit: enough to tell words from text, without a compiler. It knows none of our
 * escapers, so that it finds what one of them has missed.
 */

export interface Token {
  readonly kind: "comment" | "string" | "template" | "number" | "word" | "sign";
  readonly text: string;
  readonly at: number;
}

// Without groups: the first character tells the kind, and an object of groups for each token was most of the time.
const pattern =
  /\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/|"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*'|\d[\w.]*|[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*|=>|\.\.\.|[=!<>]==?|[&|+-]{2}|[-+]=|[{}()[\]<>;:,.?=!&|+-]/uy;

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
  const tokens: Token[] = [];
  const position = { at: 0 };
  return scanInto(text, tokens, position, false) && position.at === text.length ? tokens : null;
}

/** Scans to the end of the text, or to the brace that ends a slot of a template. */
function scanInto(text: string, tokens: Token[], position: { at: number }, inSlot: boolean): boolean {
  let depth = 0;
  while (position.at < text.length) {
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
    if (kind !== null) tokens.push({ kind, text: match, at: position.at });
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
      tokens.push({ kind: "template", text: text.slice(from, position.at), at: from });
      return true;
    } else if (character === "$" && text[position.at + 1] === "{") {
      position.at += 2;
      if (!scanInto(text, tokens, position, true)) return false;
      position.at++;
    } else position.at++;
  }
}
