/** Finds what a file imports, by its text alone: files of any project are looked at, also those that do not parse. Words in comments and texts are none of it. */

/** What may stand between `import` and `from`. Every part begins in its own way, and there is an end to them, so that no text takes long. */
const names = String.raw`(?:[\p{ID_Continue}$\s,*{}]|//[^\n]*\n|/\*[^*]*\*/){0,10000}?`;

/** `import …`, `export … from …`: they begin a statement, and we ask for one that begins a line or stands behind another. */
const statements = new RegExp(
  String.raw`(?:^|;)[ \t\uFEFF]*(?:import\b(?:${names}\bfrom)?|export\s+(?:type\s+)?[*{]${names}\bfrom)\s*["']([^"'\n]+)["']`,
  "gmu",
);

/** `import("…")`, where no comment stands before it in its line. */
const calls = /^(?!\s*(?:\*|\/\*))(?:(?!\/\/).)*?\bimport\s*\(\s*["']([^"'\n]+)["']/gmu;

/**
 * Specifiers, as they are written.
 *
 * @example
 * importsIn('import fs from "node:fs"; // from "b"'); // ["node:fs"]
 */
export function importsIn(text: string): readonly string[] {
  return [...text.matchAll(statements), ...text.matchAll(calls)].map(([, specifier = ""]) => specifier);
}
