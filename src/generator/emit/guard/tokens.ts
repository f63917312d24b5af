/**
 * A scanner for the TypeScript that we emit: enough to tell words from text, without a compiler. It knows none of our
 * escapers, so that it finds what one of them has missed.
 */

export interface Token {
  readonly kind: "comment" | "string" | "template" | "number" | "word" | "sign";
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s+|(?<comment>\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)|(?<string>"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*')|(?<number>\d[\w.]*)|(?<word>[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*)|(?<sign>=>|\.\.\.|[=!<>]==?|[&|+-]{2}|[-+]=|[{}()[\]<>;:,.?=!&|+-])/uy;

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
    const match = pattern.exec(text);
    if (match === null) return false;
    const [kind] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (inSlot && match[0] === "}" && depth === 0) return true;
    if (kind === "sign") depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
    if (kind !== undefined) tokens.push({ kind: kind as Token["kind"], text: match[0], at: position.at });
    position.at += match[0].length;
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
