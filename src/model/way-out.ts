/**
 * What a script's author does about a mistake that is noticed twice: by `isobind typecheck` from types, and by a run from values. One list, so that
 * both give the same advice.
 */

/** For a promise where its value is meant. */
export const awaitIt = "Write `await` before it.";

/** Letters of an expression that a sentence may hold. */
const longest = 40;

/**
 * For an expression whose promise is used as if it were its value; `isMember` when a member of it is asked for, `rows.length`.
 *
 * @example
 * promiseHelp("rows", true); // "`rows` is a promise: write `(await …)` around it."
 */
export function promiseHelp(expression: string, isMember: boolean): string {
  const isShort = expression !== "" && expression.length <= longest && !expression.includes("\n");
  const promise = isShort ? `\`${expression}\`` : "This";
  return `${promise} is a promise: write ${isMember ? "`(await …)` around" : "`await` before"} it.`;
}

/** Kinds of values that no copy has. */
export type Stuck = "a function" | "a class" | "a promise" | "a symbol" | "a weak collection";

/** For an export that cannot leave the sandbox. */
export const exportHelp: Readonly<Record<Stuck, string>> = {
  "a function": "Export what it gives: call it, or remove the word `export`.",
  "a class": "Export the data of its objects, or remove the word `export`.",
  "a promise": awaitIt,
  "a symbol": "Export its description.",
  "a weak collection": "Export a `Map`, a `Set` or an array.",
};

/** For an argument that cannot be given to a binding. */
export const argumentHelp: Readonly<Record<Stuck, string>> = {
  "a function": "Pass what it gives: call it. The host cannot call functions of a script.",
  "a class": "Pass the data of its objects.",
  "a promise": awaitIt,
  "a symbol": "Pass its description.",
  "a weak collection": "Pass a `Map`, a `Set` or an array.",
};
