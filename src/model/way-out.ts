/**
 * What a script's author does about a mistake that is noticed twice: by `isobind typecheck` from types, and by a run from values. One list, so that
 * both give the same advice.
 */

/** For a promise where its value is meant. */
export const awaitIt = "Write `await` before it.";

/** For a promise that nothing is done with. */
export const awaitOrVoid =
  "Write `await` before it, or `void` where the host lets a script leave work behind.";

/**
 * Of a statement that drops a promise: what is missing, and what to do.
 *
 * @example
 * leftBehind("`db.insert`", "db.insert(row);"); // "`db.insert` gives a promise, and nothing waits for it in `db.insert(row);`. Write `await` …"
 */
export function leftBehind(subject: string, statement: string): string {
  return `${givesPromise(subject, notWaitedFor(statement))} ${awaitOrVoid}`;
}

/** Of a function whose promise the one it is given to ignores, `rows.forEach(async …)`. */
export function ignoredCallback(subject: string): string {
  return `${givesPromise(subject, callbackIgnored)} ${callbackHelp}`;
}

/** `subject`: a binding in backticks, or `This expression`. */
export const givesPromise = (subject: string, problem: string): string =>
  `${subject} gives a promise, and ${problem}.`;

export const notWaitedFor = (statement: string): string =>
  `nothing waits for it in \`${shortened(statement)}\``;

export const callbackIgnored = "the function it is given to ignores it";
export const callbackHelp = "Use `for (const … of …)` with `await`, or `await Promise.all(….map(…))`.";

/** Letters of a statement that a sentence may hold. */
const longestStatement = 80;

/** The first line of a statement, of a long one its beginning. */
export function shortened(statement: string): string {
  const [first = "", ...more] = statement.trim().split(/\r\n|[\n\r]/);
  const line = first.trimEnd();
  if (line.length > longestStatement) return `${line.slice(0, longestStatement)}…`;
  return more.length > 0 ? `${line} …` : line;
}

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

/** For `return` outside of every function. */
export const exportIt =
  "What a script gives is its default export: write `export default` instead of `return`.";

/** For `await` in a function that is none of `async`. */
export const makeAsync = "Write `async` before the function around it, and `await` where it is called.";

/** For a module that only Node or a registry of packages has. */
export const ownModule =
  "Write what you need into a module beside the script, or ask the platform for a binding.";

/** For an import of what every script has. */
export const withoutImport = "`SecureExec` is a global of every script: remove the import.";

/** Whether an import means the declaration: by what it takes, or by the name of its module. */
export const meansGlobal = (importing: string): boolean => /\bSecureExec\b|\bsecure-exec\b/.test(importing);

/** For `.then` of what is no promise. */
export const noPromise = (method: string): string =>
  `This is a value and no promise: use it as it is, without \`.${method}(…)\`.`;

/** For a text or a number where a date is wanted. */
export const makeDate = "A date is no text and no number here: make one, `new Date(…)`.";

/** For a text or a number where one with a brand is wanted, which no text in a script has. */
export const branded = (name: string): string =>
  `Hand on a value that a binding has given, or write \`as SecureExec.${name}\` behind one of which you know what it is.`;

/** For a change of what the host gave: of the global `input`, or of one that the host adds. */
export const frozen = (name: string): string =>
  `\`${name}\` is frozen, and all that is in it: change a copy, \`structuredClone(${name})\`.`;

/** For a change of the tree of bindings, which stays as the host gave it. */
export const frozenTree =
  "`SecureExec` is frozen, and all that is in it: give what is yours a name of its own.";

/** Kinds of values that no copy has. */
export type Stuck = "a function" | "a class" | "a promise" | "a symbol" | "a weak collection";

/** For an export that cannot leave the sandbox. */
export const exportHelp: Readonly<Record<Stuck, string>> = {
  "a function": "Call it and export what it gives, or do not export it.",
  "a class": "Export the data of its objects, or do not export it.",
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

/** For what is thrown and is no `Error`. */
export const throwErrors = "What is thrown and is no `Error` has no place: write `throw new Error(…)`.";

/** For an operator with a bigint on one side and a number on the other. */
export const oneKindOfNumber = "Write a bigint beside a bigint, `2n`, or make a number of it, `Number(…)`.";

/** For `JSON.stringify` of a bigint. */
export const bigintInJson =
  "JSON has no bigints. What a script exports need not be JSON, and may hold them; for a text write `String(…)`.";

/** For `instanceof` with an error that a binding declares by `@throws {T}`: a script has its type, and no class of the host. */
export const toldByName = (name: string): string =>
  `Ask for its name, \`error instanceof Error && error.name === "${name}"\`; what it holds has the type \`SecureExec.${name}\`.`;

/** For a caught value that is used as an error. */
export const askFirst = "What is caught may be anything: ask first, `instanceof Error`.";
