/**
 * Makes a stranger's description a text that is only read. A line of it that began with `@timeout` or `@throws` would be a tag of the definition: the
 * far side would set limits of the host.
 */

/** More is cut, at the end of a line or word: a description is documentation, and a model or an editor has to read it. */
const mostLength = 4000;

export function proseOf(text: string): string {
  const escaped = text
    .replace(/\r\n?/gu, "\n")
    .replace(/(?<![\p{L}\p{N}._-])@(?=\p{L})/gu, "\\@")
    .trim();
  if (escaped.length <= mostLength) return escaped;
  return `${escaped.slice(0, mostLength).replace(/\s+\S*$/u, "")} …`;
}
