/**
 * How many columns a text takes in a terminal: two for East Asian wide characters and emoji, none for combining marks.
 * The measure prettier uses.
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export function widthOf(text: string): number {
  // Almost every text is ASCII.
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/[\u0300-\u036f\p{Cc}]/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
