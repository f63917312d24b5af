/**
 * Breaks a line of a validator that is too long for the page, where prettier would break it: behind the condition of an
 * `if`, or at operators.
 *
 * Before: `if (x !== null && typeof x !== "string" && …) return false;`. After: one operand a line.
 */
import { pageWidth } from "../../print/doc.ts";
import { widthOf } from "../../print/width.ts";

/** The line, or the lines it takes. */
export function folded(line: string): readonly string[] {
  if (widthOf(line) <= pageWidth) return [line];
  const [, at = "", value] = /^( *)return (.*);$/u.exec(line) ?? [];
  if (value !== undefined) return [`${at}return (`, ...rows(`${at}  `, value), `${at});`];
  const [, indent = "", condition, answer] = /^( *)if \((.*)\) (return (?:true|false);)$/u.exec(line) ?? [];
  if (condition === undefined || answer === undefined) return [line];
  const head = `${indent}if (${condition})`;
  const body = `${indent}  ${answer}`;
  if (widthOf(head) <= pageWidth) return [head, body];
  return [`${indent}if (`, ...rows(`${indent}  `, condition), `${indent})`, body];
}

/** The operands of `&&` or `||`, each with the operator behind it. Operators in strings are text. */
function rows(indent: string, condition: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, index } of condition.matchAll(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'| (?:&&|\|\|) /gu,
  )) {
    if (!found.startsWith(" ")) continue;
    const to = index + found.length;
    parts.push(indent + condition.slice(from, to - 1));
    from = to;
  }
  return [...parts, indent + condition.slice(from)];
}
