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
  return plain(found) === plain(text);
}

export function isSameFormatted(found: string, wanted: OutputFile): boolean | Promise<boolean> {
  if (isSameText(found, wanted)) return true;
  if (letters(found) !== letters(wanted.text)) return false;
  return isSameInOneStyle(found, wanted);
}

/** Without what git and editors put in: carriage returns and a byte order mark. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** Letters and digits, in their order: no formatter changes them. */
function letters(text: string): string {
  return text.replace(/\W+/g, "");
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
