/**
 * Notices that a script uses the promise of a binding as if it were its value. The engine only says what was missing of it, `rows.map is not a
 * function`; which call gave it is found in the text, and that the call gives a promise is known of the binding. A guess that could be wrong is not
 * made: what is not found is not said.
 *
 * `for (const id of orders.list())` → "`orders.list` gives a promise. Write `await` before it."
 */
import { awaitIt } from "../../model/way-out.ts";
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { lineOf, type Place } from "./place.ts";

export function missingAwait(error: RunError, place: Place, { leaves }: Registry): string | null {
  if (error.name !== "TypeError" || error.code !== undefined) return null;
  const callee = calleeIn(error.message, place);
  if (callee === null) return null;
  const name = callee.replace(/^(?:globalThis\.)?SecureExec\.bindings\./, "");
  // A namespace may have been taken out before, `const { orders } = SecureExec.bindings`.
  const meant = leaves.filter((leaf) => leaf.name === name || leaf.name.endsWith(`.${name}`));
  const [leaf] = meant;
  return leaf !== undefined && meant.every(({ mode }) => mode === "async")
    ? `\`${leaf.name}\` gives a promise. ${awaitIt}`
    : null;
}

/** The call whose value was used, as it is written: `orders.list`. */
function calleeIn(message: string, place: Place): string | null {
  const before = lineOf(place.source, place.line).slice(0, place.column - 1);
  const after = lineOf(place.source, place.line).slice(place.column - 1);
  // `for (const id of orders.list())` is told with the call, and points at it.
  const iterated = /^([\w$.]+) is not a function or its return value is not iterable$/.exec(message)?.[1];
  if (iterated !== undefined) return iterated;
  if (/^(?:object|undefined) is not iterable /.test(message)) return givenBy(after, place);
  if (/^[\w$]+ is not iterable$/.test(message)) return givenBy(after, place);
  if (/ is not a function$/.test(message) || /^Cannot read properties of undefined /.test(message)) {
    return givenBy(chainBefore(before), place);
  }
  return null;
}

/** The call that an expression begins with, or that its first name was given by. */
function givenBy(expression: string, { source, line }: Place): string | null {
  const call = /^([\w$]+(?:\??\.[\w$]+)*)\s*\(/.exec(expression)?.[1];
  if (call !== undefined) return call.replaceAll("?.", ".");
  const name = /^[\w$]+/.exec(expression)?.[0];
  if (name === undefined) return null;
  const head = source
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .slice(0, line)
    .join("\n");
  const declarations = [
    ...head.matchAll(/\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;\n]+)?=\s*(await\b)?\s*([\w$.]+)\s*\(/g),
  ];
  const declared = declarations.filter(([, variable]) => variable === name);
  const [only] = declared;
  if (only === undefined || declared.length > 1 || only[2] !== undefined) return null;
  return isGivenAgain(name, source) ? null : (only[3] ?? null);
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
