/**
 * Numbers that look random and depend on a text alone: the same text gives the same numbers on every machine. For values that people read,
 * never for secrets.
 */

export interface Random {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
}

/**
 * The numbers of a text.
 *
 * @example
 * const random = randomOf("7 orders.find");
 * random.whole(1, 99);
 */
export function randomOf(text: string): Random {
  let state = hash(text);
  function next(): number {
    // Xorshift with the shifts 13, 17 and 5: it runs through every state but 0.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  }
  const whole = (least: number, most: number): number => least + (next() % (most - least + 1));
  return { whole, pick: (list) => list[whole(0, list.length - 1)] ?? list[0] };
}

/** FNV-1a over UTF-16 code units, then mixed so that texts which differ in one letter start far apart. Never 0. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return mixed === 0 ? 1 : mixed;
}
