/**
 * Syntax of TypeScript that is more than types: types are only stripped before a script runs, so that nothing is left to make its code. What each is
 * written as instead, for `isobind typecheck` and for a run.
 */
export type NeedsCode =
  "enum" | "namespace" | "parameter property" | "import equals" | "export assignment" | "angle assertion";

export const insteadOf: Readonly<Record<NeedsCode, string>> = {
  enum: 'Write an object, `const Color = { Red: 0, Green: 1 } as const`, or a type of texts, `type Color = "red" | "green"`.',
  namespace: "Write an object that has the functions, or a module beside the script.",
  "parameter property": "Write the property into the class, and `this.x = x` into the constructor.",
  "import equals": "Write `import … from`.",
  "export assignment": "Write `export default`.",
  "angle assertion": "Write `x as T`.",
};

/** For JSX, which is no JavaScript either. */
export const withoutJsx = "A script has no JSX: export data or a text, and let the host draw it.";

/** Letters before and behind a place that are looked through: an author's error is near, and a text may be long on purpose. */
const around = 4_000;

/**
 * Whether a line of a text is part of an element that is also closed: one of `return <div>…</div>`, on one line or on several, and not of `<string>text`. `at` is a
 * place in the line.
 */
export function isInJsx(text: string, at: number): boolean {
  const start = Math.max(0, at - around);
  const near = text.slice(start, at + around);
  const from = near.lastIndexOf("\n", at - start - 1) + 1;
  const to = `${near}\n`.indexOf("\n", at - start);
  return [...near.matchAll(opening)].some(({ index, 0: before, 1: name = "" }) => {
    const begins = index + before.length;
    const ends = endOfElement(near, begins, name);
    return begins <= to && ends > from;
  });
}

/** `return <div`, `(<b`, and `<` of `<>`: where an expression may begin. */
const opening = /(?:^[^\S\n]*|[=(,?:>[{&|]\s*|\b(?:return|default)\s+)<(?:([A-Za-z][\w.]*)|(?=>))/gm;

/** Where it is closed, `</div>` or `/>`; -1 where it is not. */
function endOfElement(text: string, from: number, name: string): number {
  const closing = text.indexOf(`</${name}>`, from);
  if (closing >= 0) return closing;
  const own = /^(?:[^<>]|=>)*\/>/.exec(text.slice(from));
  return own === null ? -1 : from + own[0].length;
}
