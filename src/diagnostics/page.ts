/**
 * Finds the page of a code: the longer explanation that `isobind explain` prints and SARIF carries. Pages are Markdown files
 * of the package, `docs/diagnostics/` for build-time codes and `docs/errors/` for `error.code` values.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";

// The same number of levels up from `src/diagnostics/` and from `dist/diagnostics/`.
const folders = [
  new URL("../../docs/diagnostics/", import.meta.url),
  new URL("../../docs/errors/", import.meta.url),
];

/** The Markdown of one code's page, or `null` for text that is no code. */
export function readPage(code: string): string | null {
  if (!/^[A-Za-z][\w-]*$/.test(code)) return null;
  for (const folder of folders) {
    const file = new URL(`${code}.md`, folder);
    if (existsSync(file)) return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  }
  return null;
}

/** Every code that has a page, sorted: for lists and "did you mean". */
export function pageCodes(): readonly string[] {
  return folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => name.slice(0, -".md".length))
    .sort();
}
