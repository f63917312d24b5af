/**
 * Puts back the semicolons that Node's stripper takes along with a type. It removes a type alias up to the `;` that ends it, also where that `;` begins
 * the next line: in code without semicolons, `;[a, b] = [b, a]` below a type would become part of the line above the type.
 */

/**
 * @param stripped what the stripper made of `source`, each character in its place and a space for each that it removed
 * @returns `stripped` with each `;` that was removed before text that was not: inside a type, what follows it is removed as well
 */
export function withSemicolons(stripped: string, source: string): string {
  let text = "";
  let done = 0;
  for (let at = source.indexOf(";"); at !== -1; at = source.indexOf(";", at + 1)) {
    if (stripped[at] !== " ") continue;
    const next = nextWritten(source, at + 1);
    if (next === -1 || source[next] !== stripped[next]) continue;
    text += `${stripped.slice(done, at)};`;
    done = at + 1;
  }
  return text + stripped.slice(done);
}

function nextWritten(source: string, from: number): number {
  const written = /\S/g;
  written.lastIndex = from;
  return written.exec(source)?.index ?? -1;
}
