/**
 * Puts semicolons where Node's stripper leaves two parts of a script to become one. It removes a type alias up to the `;` that ends it, also where that `;`
 * begins the next line: in code without semicolons, `;[a, b] = [b, a]` below a type would become part of the line above the type. And it leaves nothing
 * between a field and what stands behind a member that is a type: `limit = 10` above `declare unit: string` above `*lines() {}` would be a product.
 */

/**
 * @param stripped what the stripper made of `source`, each character in its place and a space for each that it removed
 * @returns `stripped` with those semicolons, each in place of a space
 */
export function withSemicolons(stripped: string, source: string): string {
  let text = "";
  let done = 0;
  for (let at = 0; at < source.length; at++) {
    if (source[at] === stripped[at]) continue;
    const end = nextCode(stripped, at);
    const place = takenAlong(stripped, source, at, end) ?? wanted(stripped, source, at, end);
    if (place !== undefined) {
      text += `${stripped.slice(done, place)};`;
      done = place + 1;
    }
    at = end;
  }
  return text + stripped.slice(done);
}

/** The `;` that was removed before text that was not: inside a type, what follows it is removed as well. */
function takenAlong(stripped: string, source: string, from: number, to: number): number | undefined {
  for (let at = to - 1; at >= from; at--) {
    if (source[at] !== ";" || stripped[at] !== " ") continue;
    const next = endOf(/\s*/y, source, at + 1);
    if (next < source.length && source[next] === stripped[next]) return at;
  }
  return undefined;
}

/** The beginning of what was removed, where it begins a line and what follows could go on with the line above. A parameter `this` begins one as well. */
function wanted(stripped: string, source: string, from: number, to: number): number | undefined {
  const goesOn = stripped[to] === "*" || stripped[to] === "[";
  return goesOn && beginsLine(source, from) && !/^this\b/.test(source.slice(from, to)) ? from : undefined;
}

function beginsLine(source: string, at: number): boolean {
  let before = at;
  while (before > 0 && /[^\S\n\r\u2028\u2029]/.test(source[before - 1]!)) before--;
  return before === 0 || /\s/.test(source[before - 1]!);
}

/** Comments are kept, and separate nothing. */
function nextCode(text: string, from: number): number {
  return endOf(/(?:\s+|\/\/.*|\/\*[^]*?\*\/)*/y, text, from);
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}
