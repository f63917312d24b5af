/**
 * Tells whether two texts of an output differ only in what a formatter or a check-out changes: line breaks, spaces, quotes,
 * semicolons. Reporting such files as stale would teach people to ignore staleness.
 *
 * Both texts are formatted in one style and compared. prettier is loaded for that, which takes longer than writing three
 * files, so two looks come first that settle nearly every case without it.
 */
import type { Options } from "prettier";
import type { OutputFile } from "../stages.ts";

/** True for the same text but for line endings. The measure when the output is formatted to the project's taste. */
export function isSameText(found: string, { text }: OutputFile): boolean {
  return found === text || plain(found) === plain(text);
}

export function isSameFormatted(found: string, wanted: OutputFile): boolean | Promise<boolean> {
  if (isSameText(found, wanted)) return true;
  if (!hasSameLetters(found, wanted.text)) return false;
  return isSameInOneStyle(found, wanted);
}

/** Without what git and editors put in: carriage returns and a byte order mark. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/**
 * Whether both have the same letters and digits in the same order: no formatter changes them. Ends at the first that differs, which is the
 * digest in the first lines where a contract has changed.
 */
function hasSameLetters(a: string, b: string): boolean {
  for (let i = 0, j = 0; ; i++, j++) {
    while (i < a.length && !isLetter(a.charCodeAt(i))) i++;
    while (j < b.length && !isLetter(b.charCodeAt(j))) j++;
    if (i === a.length || j === b.length) return i === a.length && j === b.length;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) return false;
  }
}

/** `\w`: `0` to `9`, `A` to `Z`, `_`, `a` to `z`. */
function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f
  );
}

/** Lines break where the text is too long and nowhere else, so that breaks somebody made do not count. */
const oneStyle: Options = { printWidth: 100, objectWrap: "collapse", embeddedLanguageFormatting: "off" };

async function isSameInOneStyle(found: string, { name, text }: OutputFile): Promise<boolean> {
  const { format } = await import("prettier");
  const inOneStyle = async (one: string): Promise<string> => {
    // The library of scripts asks prettier to leave it as it is, which says nothing to other formatters.
    const open = plain(one).replaceAll(/^\/\/ prettier-ignore\n/gmu, "");
    const formatted = await format(open, { ...oneStyle, filepath: name });
    return formatted.replace(/\n\s*\n/g, "\n");
  };
  try {
    return (await inOneStyle(found)) === (await inOneStyle(text));
  } catch {
    return false; // What does not parse is not what was emitted.
  }
}
