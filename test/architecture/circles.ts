/** Finds files that load one another, directly or through others: in such a circle it depends on the entry what is there when. */
import { posix } from "node:path";
import { importsOf, type Sources } from "./reading.ts";

/** Each circle once, its files sorted. Types and `import()` make none. */
export function circles(sources: Sources): readonly (readonly string[])[] {
  const edges = new Map([...sources].map(([file, text]) => [file, loadedBy(file, text)]));
  const reached = new Map([...edges.keys()].map((file) => [file, reach(file, edges)]));
  const found = new Map<string, readonly string[]>();
  for (const [file, there] of reached) {
    const circle = [...there].filter((other) => reached.get(other)?.has(file)).sort();
    if (circle.length > 0) found.set(circle.join(), circle);
  }
  return [...found.values()];
}

function loadedBy(file: string, text: string): readonly string[] {
  return importsOf(file, text)
    .filter(({ specifier, isStatic }) => isStatic && specifier.startsWith("."))
    .map(({ specifier }) => posix.join(posix.dirname(file), specifier));
}

/** What a file loads, and what that loads. Itself only when it is in a circle. */
function reach(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...(edges.get(from) ?? [])];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    pending.push(...(edges.get(file) ?? []));
  }
  return found;
}
