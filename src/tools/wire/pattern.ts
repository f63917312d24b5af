/**
 * Tells whether a text matches the `pattern` of a schema, where that is sure to end soon. Both are of strangers: an engine that tries one way after another
 * may do so for ever, for an expression that its author thought harmless. So an expression is read first, and run only when its parts and the length of the
 * text bound how many ways there are. All others are left to the far side.
 *
 * `^[a-z]+-\d{4}$` has one part that varies, and a text of 1,000 letters a thousand ways; `^(a+)+$` repeats a part that varies, and is not read.
 */

/** Steps of the engine, some nanoseconds each. */
const mostSteps = 1_000_000;

interface Read {
  readonly expression: RegExp;
  /** Steps of one way, beside what varies. */
  readonly size: number;
  /** How many ways there are to match a text of a length, at most. */
  readonly ways: (length: number) => number;
}

const known = new Map<string, Read | null>();

/** `null`: left to the far side. */
export function matches(pattern: string, text: string): boolean | null {
  let read = known.get(pattern);
  if (read === undefined) {
    // As many as the schemas of this process have; a host that makes schemas without end begins anew.
    if (known.size > 10_000) known.clear();
    known.set(pattern, (read = readPattern(pattern)));
  }
  if (read === null || read.ways(text.length) * read.size > mostSteps) return null;
  return read.expression.test(text);
}

type Ways = (length: number) => number;

function readPattern(pattern: string): Read | null {
  if (pattern.length > 1_000) return null;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, "u");
  } catch {
    return null;
  }
  const reader = new Reader(pattern);
  const ways = reader.whole();
  // From each place of the text, unless it says where.
  const isAnchored = pattern.startsWith("^") && !pattern.includes("|");
  if (ways === null) return null;
  const { size } = reader;
  return { expression, size, ways: isAnchored ? ways : (length) => ways(length) * (length + 1) };
}

const one: Ways = () => 1;

/** Reads what is surely simple: characters and classes, each with or without a quantifier, and groups without one. */
class Reader {
  /** Of all parts together: one for each, and what a quantifier asks for at least. */
  size = 1;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Ways | null {
    const ways = this.#choices();
    return this.#at === this.#text.length ? ways : null;
  }

  /** `a|b`: the ways of both. */
  #choices(): Ways | null {
    const all: Ways[] = [];
    do {
      const sequence = this.#sequence();
      if (sequence === null) return null;
      all.push(sequence);
    } while (this.#take(/\|/y));
    return (length) => all.reduce((sum, ways) => sum + ways(length), 0);
  }

  /** `ab*`: the ways of one for each of the other. */
  #sequence(): Ways | null {
    const parts: Ways[] = [];
    while (this.#at < this.#text.length && !/[|)]/u.test(this.#text[this.#at]!)) {
      const part = this.#part();
      if (part === null) return null;
      parts.push(part);
    }
    return (length) => parts.reduce((product, ways) => product * ways(length), 1);
  }

  #part(): Ways | null {
    this.size++;
    if (this.#take(/[$^]|\\[bB]/y)) return one;
    if (this.#take(/\((?:\?:)?(?!\?)/y)) {
      const inner = this.#choices();
      if (inner === null || !this.#take(/\)/y)) return null;
      if (this.#take(/\?/y)) return (length) => inner(length) + 1;
      return this.#take(/[*+{]/y) ? null : inner;
    }
    const isOne = this.#take(
      /\\[dDwWsS]|\\[pP]\{[\w=]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[tnrfv0^$\\.*+?()[\]{}|/-]|\[\^?(?:\\.|[^\\\]])*\]|[^\\^$.*+?()[\]{}|]|\./uy,
    );
    if (!isOne) return null;
    const quantifier = this.#taken(/(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})\??/y);
    if (quantifier === null) return one;
    const [all, least = "0", comma, most] = quantifier;
    this.size += Number(least);
    if (all.startsWith("?")) return () => 2;
    if (!all.startsWith("{")) return (length) => length + 1;
    if (comma === undefined) return one;
    return (length) => Math.min(length, most === undefined ? length : Number(most) - Number(least)) + 1;
  }

  #take(expression: RegExp): boolean {
    return this.#taken(expression) !== null;
  }

  #taken(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }
}
