/**
 * Notices that a script uses the promise of a binding as if it were its value, where the engine names only a variable or a member: `rows.map is
 * not a function`. Which call gave it is found in the text, and that the call gives a promise is known of the binding. A guess that could be wrong is
 * not made: what is not found is not said. (A message that names the call itself says it already, `guest/known-names.ts`.)
 *
 * `const rows = orders.list(); rows.map(…)` → "`rows` is a promise: write `(await …)` around it."
 */
import { promiseHelp } from "../../model/way-out.ts";
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { lineOf, type Place } from "./place.ts";

export function missingAwait(error: RunError, place: Place, { leaves }: Registry): string | null {
  if (error.name !== "TypeError" || error.code !== undefined) return null;
  const used = usedIn(error.message, place);
  if (used === null) return null;
  const name = used.callee.replace(/^(?:globalThis\.)?SecureExec\.bindings\./, "");
  // A namespace may have been taken out before, `const { orders } = SecureExec.bindings`.
  const meant = leaves.filter((leaf) => leaf.name === name || leaf.name.endsWith(`.${name}`));
  const isPromise = meant.length > 0 && meant.every(({ mode }) => mode === "async");
  return isPromise ? promiseHelp(used.expression, used.isMember) : null;
}

/** A value that a script used. */
interface Used {
  /** As it is written: `rows`, `orders.list()`; empty where that cannot be told. */
  readonly expression: string;
  /** The function whose call gave it, as it is written: `orders.list`. */
  readonly callee: string;
  /** A member of it was asked for. */
  readonly isMember: boolean;
}

function usedIn(message: string, place: Place): Used | null {
  const text = lineOf(place.source, place.line);
  const before = text.slice(0, place.column - 1);
  const after = text.slice(place.column - 1);
  if (/^[\w$]+ is not iterable(?: \(|$)/.test(message)) return givenBy(after, place, false);
  if (/ is not a function$/.test(message) || /^Cannot read properties of undefined /.test(message)) {
    return givenBy(chainBefore(before), place, true);
  }
  return null;
}

/** The call that a text begins with, or the name that one has given its value. */
function givenBy(text: string, { source, line }: Place, isMember: boolean): Used | null {
  const call = /^([\w$]+(?:\??\.[\w$]+)*)\(/.exec(text)?.[1];
  if (call !== undefined) {
    const end = parentheses(text.slice(call.length));
    return { expression: end === "" ? "" : call + end, callee: call.replaceAll("?.", "."), isMember };
  }
  const name = /^[\w$]+/.exec(text)?.[0];
  if (name === undefined) return null;
  const head = source
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .slice(0, line)
    .join("\n");
  const [only, ...others] = [...head.matchAll(declaration)].filter(([, variable]) => variable === name);
  const [, , awaited, callee] = only ?? [];
  if (callee === undefined || awaited !== undefined || others.length > 0) return null;
  return isGivenAgain(name, source) ? null : { expression: name, callee, isMember };
}

/** `const rows: Row[] = orders.list(` */
const declaration = /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;\n]+)?=\s*(await\b)?\s*([\w$.]+)\s*\(/g;

/** Of `(a, f(b)).c` the part `(a, f(b))`; empty when it does not end on this line. */
function parentheses(text: string): string {
  for (let end = text.indexOf(")"); end >= 0; end = text.indexOf(")", end + 1)) {
    if (openingBefore(text, end) === 0) return text.slice(0, end + 1);
  }
  return "";
}

/** Whether a name may have another value: a second assignment, or a parameter of that name. Rather once too often. */
function isGivenAgain(name: string, source: string): boolean {
  const word = `(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`;
  const given = source.match(new RegExp(`${word}\\s*(?::[^=;\\n,()]+)?=(?![=>])`, "g")) ?? [];
  const parameter = new RegExp(
    `[(,]\\s*${word}\\s*(?::[^,)]*)?(?:=[^,)]*)?[,)][^;]*?(?:=>|\\{)|${word}\\s*=>`,
  );
  return given.length > 1 || parameter.test(source);
}

const closing: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The names, dots and brackets that stand directly before a place: of `return a.b(c).` the part `a.b(c).` */
function chainBefore(text: string): string {
  let at = text.length;
  while (at > 0) {
    const letter = text[at - 1] ?? "";
    const opening = closing[letter];
    if (opening !== undefined && letter !== "}") {
      const start = openingBefore(text, at - 1);
      if (start === null) return "";
      at = start;
    } else if (/[\w$.?]/.test(letter)) at--;
    else break;
  }
  return text.slice(at);
}

/** Where the bracket opens that closes at a position; `null` when it does not on this line. */
function openingBefore(text: string, end: number): number | null {
  const open: string[] = [];
  for (let at = end; at >= 0; at--) {
    const letter = text[at] ?? "";
    const opening = closing[letter];
    if (opening !== undefined) open.push(opening);
    else if (letter === open.at(-1)) open.pop();
    if (open.length === 0) return at;
  }
  return null;
}
