/**
 * Gives the text of a function that shall run in a guest.
 */
export function sourceOf(part: (...args: never[]) => unknown): string {
  return stripped(part.toString());
}

/**
 * A text without lines of comment and in plain ASCII: V8 keeps such a text in a quarter of the space, and every isolate is handed a copy. Nothing of ours has
 * a line of code that begins with a star, or a text over several lines. What follows a comment on its line stays.
 */
export function stripped(text: string): string {
  return text
    .replace(/^[ \t]*(?:\/\/.*|\/?\*(?!\/)(?:(?!\*\/).)*(?:\*\/[ \t]*)?|\*\/[ \t]*)$\n?/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
