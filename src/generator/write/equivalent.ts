/**
 * Whether two texts of an output are the same to everyone but a formatter. A check-out with CRLF and a run of prettier
 * over the output change bytes, not meaning; reporting them as stale would teach people to ignore staleness.
 *
 * Texts are compared token by token without what formatters own: white space, trailing commas, semicolons, the kind of
 * quotes, quotes around keys, parentheses around one parameter or a broken expression, the first `|` of a union. Names,
 * values, comments and their order all count.
 */
interface Token {
  readonly text: string;
  /** First of its line. */
  readonly startsLine: boolean;
}

export function isEquivalent(a: string, b: string): boolean {
  if (a === b) return true;
  if (differInLetters(a, b)) return false;
  const left = canonical(a);
  const right = canonical(b);
  return left.length === right.length && left.every((text, at) => text === right[at]);
}

/**
 * Formatters own none of the letters, so texts that differ in them are not the same. Nearly all that differ do so right
 * behind the first difference, which saves the look at a hundred thousand tokens.
 */
function differInLetters(a: string, b: string): boolean {
  const start = commonStart(a, b);
  const letters = (text: string): string => text.slice(start, start + 4_096).replace(/\W+/g, "");
  const [left, right] = [letters(a), letters(b)];
  return !left.startsWith(right) && !right.startsWith(left);
}

/** How many characters both begin with. Found by halves: texts are compared at once, characters one by one. */
function commonStart(a: string, b: string): number {
  let start = 0;
  for (let end = Math.min(a.length, b.length); start < end;) {
    const middle = (start + end + 1) >> 1;
    if (a.slice(start, middle) === b.slice(start, middle)) start = middle;
    else end = middle - 1;
  }
  return start;
}

/** The tokens that count, each in one spelling. */
function canonical(text: string): readonly string[] {
  const tokens = unwrap(tokenize(text.replace(/^\uFEFF/, "")));
  const out: string[] = [];
  tokens.forEach(({ text, startsLine }, at) => {
    const last = tokens[at - 1]?.text ?? "";
    const next = tokens[at + 1]?.text ?? "";
    if (text === ";") return;
    if (text === "," && closers.has(next)) return;
    if ((text === "|" || text === "&") && beforeUnion.has(last)) return;
    const isKey = (next === ":" || next === "?" || next === "(") && (startsLine || beforeKey.has(last));
    out.push(isKey ? unquoted(text) : text);
  });
  return out;
}

const closers = new Set([")", "]", "}", ">"]);
const beforeUnion = new Set(["=", ":", "(", "<", ",", "[", "=>", "extends", "?", "return"]);
const beforeKey = new Set(["{", ",", ";", "readonly"]);

const patterns = {
  space: /[^\S\n]+/y,
  newline: /\n/y,
  lineComment: /\/\/[^\n]*/y,
  blockComment: /\/\*[\s\S]*?\*\//y,
  string: /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/y,
  regex: /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y,
  word: /[\p{ID_Continue}$#@\u200c\u200d\\]+/uy,
  mark: /=>|\.\.\.|[=!]==?|&&=?|\|\|=?|\?\?=?|\?\.|\*\*|<=|>=|\+\+|--|[-+*/%&|^]=|[^]/uy,
} as const;

/** A slash after one of these ends an operand, so it divides. */
const operandEnd = /^(?:[\p{ID_Continue}$"'`/]|[)\]}]$)/u;
const operatorWord = /^(?:return|typeof|case|in|of|delete|void|throw|new|else|do)$/;

function tokenize(text: string): readonly Token[] {
  const source = text.replaceAll("\r\n", "\n");
  const tokens: Token[] = [];
  let startsLine = true;
  for (let at = 0; at < source.length;) {
    const match = (pattern: RegExp): string | null => {
      pattern.lastIndex = at;
      return pattern.exec(source)?.[0] ?? null;
    };
    const space = match(patterns.space) ?? match(patterns.newline);
    if (space !== null) {
      startsLine ||= space === "\n";
      at += space.length;
      continue;
    }
    const last = tokens.at(-1)?.text ?? "";
    const mayBeRegex = !operandEnd.test(last) || operatorWord.test(last);
    const comment = match(patterns.lineComment) ?? match(patterns.blockComment);
    const string = match(patterns.string);
    const raw =
      comment ??
      string ??
      (source[at] === "`" ? template(source, at) : null) ??
      (mayBeRegex ? match(patterns.regex) : null) ??
      match(patterns.word) ??
      match(patterns.mark) ??
      source.slice(at, at + 1);
    tokens.push({
      text: comment !== null ? trimmed(raw) : string !== null ? requoted(raw) : raw,
      startsLine,
    });
    startsLine = false;
    at += raw.length;
  }
  return tokens;
}

/** Formatters move a comment as a block; what its lines say stays. */
function trimmed(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

/** `'it\'s'` -> `"it's"`: double quotes around, none escaped inside. Other escapes stay as they are written. */
function requoted(text: string): string {
  return `"${text.slice(1, -1).replace(/\\(["'])/g, "$1")}"`;
}

function unquoted(text: string): string {
  return /^"[\p{ID_Start}$_][\p{ID_Continue}$]*"$/u.test(text) ? text.slice(1, -1) : text;
}

/** A whole template literal, `${}` and templates inside it included: formatters leave it alone. */
function template(source: string, start: number): string {
  let depth = 0;
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (depth === 0 && character === "`") return source.slice(start, at + 1);
    else if (depth > 0 && character === "`") at += template(source, at).length - 1;
    else if (character === "{" && (depth > 0 || source[at - 1] === "$")) depth++;
    else if (character === "}" && depth > 0) depth--;
  }
  return source.slice(start);
}

/** Without the parentheses that depend on a line's length or on `arrowParens`. */
function unwrap(tokens: readonly Token[]): readonly Token[] {
  const dropped = new Set<number>();
  const open: number[] = [];
  tokens.forEach(({ text }, at) => {
    if (text === "(") open.push(at);
    if (text !== ")") return;
    const start = open.pop();
    if (start === undefined) return;
    const before = tokens[start - 1]?.text ?? "";
    const first = tokens[start + 1]?.text ?? "";
    const after = tokens[at + 1];
    const isOneParameter = after?.text === "=>" && at === start + 2;
    const endsStatement =
      after === undefined || after.startsLine || [";", "}", ",", ")"].includes(after.text);
    const isBroken =
      ["return", "=>", "="].includes(before) && first !== "{" && endsStatement && after?.text !== "=>";
    if (isOneParameter || isBroken) dropped.add(start).add(at);
  });
  return tokens.filter((_, at) => !dropped.has(at));
}
