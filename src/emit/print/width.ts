/**
 * Counts how many columns a text takes in a terminal: two for East Asian wide characters and emoji, none for marks that sit on
 * another character. The measure prettier uses.
 */

/** Blocks of East Asian wide characters (Unicode's EastAsianWidth W and F), and emoji that are drawn as such. */
const wide =
  /[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{16fe3}\u{16ff0}-\u{16ff6}\u{17000}-\u{18cda}\u{18cff}-\u{18d20}\u{18d80}-\u{19191}\u{191a0}-\u{191d2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji_Modifier_Base}/u;

export function widthOf(text: string): number {
  // Almost every text is ASCII, also one of several lines. To compile what tells emoji takes longer than to print a declaration.
  if (/^\p{ASCII}*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(/\p{RGI_Emoji}/gv, "  ")) {
    if (/[\x80-\x9f\p{Mn}\p{Me}]/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}
