/**
 * Finds the place that a help proposes for a node: one where no other node lies, and which no other help has been given. A proposal that is
 * taken would only lead to the next finding.
 */
import type { Namespace } from "../model/contract.ts";
import { dottedName, normalizedKey } from "../model/names.ts";
import { walkNodes } from "../model/walk.ts";

/**
 * Gives each asker a dotted name of its own, with a number where the wanted one is taken. The node that asks leaves its own place.
 *
 * @example
 * const freePlace = freePlaces(root); // of `{ files: { delete, remove } }`
 * freePlace(["files", "delete"], ["files", "remove"]); // "files.remove2"
 */
export function freePlaces(root: Namespace): (from: readonly string[], wanted: readonly string[]) => string {
  const taken = [...walkNodes(root)].map(({ path }) => keyOf(path));
  return (from, wanted) => {
    const own = taken.indexOf(keyOf(from));
    const isTaken = (path: readonly string[]): boolean =>
      taken.some((key, at) => at !== own && key === keyOf(path));
    let path = wanted;
    for (let count = 2; isTaken(path); count++)
      path = [...wanted.slice(0, -1), `${wanted.at(-1) ?? ""}${count}`];
    taken.push(keyOf(path));
    return dottedName(path);
  };
}

/** Two nodes collide when their names are one after NFKC. */
function keyOf(path: readonly string[]): string {
  return JSON.stringify(path.map(normalizedKey));
}
