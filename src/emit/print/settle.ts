/**
 * Prints until printing changes nothing. Prettier keeps an object type open that was open in its input, and an object
 * that is open changes the layout around it: the stable text is the one in which each object that had to be opened is
 * asked for open from the start.
 */
import { numberedGroup, print, type Doc } from "./doc.ts";

/** `build` makes the same doc each time, with its object groups in the same order. */
export function settle(build: (objectGroup: (content: Doc) => Doc) => Doc): string {
  const open = new Set<number>();
  for (;;) {
    let count = 0;
    const doc = build((content) => {
      const id = count++;
      return numberedGroup(content, id, open.has(id));
    });
    const before = open.size;
    const text = print(doc, 80, open);
    if (open.size === before) return text;
  }
}
