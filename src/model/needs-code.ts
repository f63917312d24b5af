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

/** Whether a line has an element that it also closes: `return <div>…</div>`, and not `<string>text`. */
export const hasJsx = (line: string): boolean =>
  /(?:^|[=(,?:>[]|\b(?:return|default))\s*<(?:>|[A-Za-z])/.test(line) && /\/>|<\/[\w.]*>/.test(line);
