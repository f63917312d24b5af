/**
 * Suggests the one candidate that a misspelt name is most likely meant for, or none. No suggestion is better than a far-fetched
 * one.
 */

/**
 * The nearest candidate within a third of the name's length, or `null`.
 *
 * @example
 * nearest("outdir", ["outDir", "definition"]); // "outDir"
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let limit = Math.max(1, Math.floor(name.length / 3));
  for (const candidate of candidates) {
    const folded = name.toLowerCase() === candidate.toLowerCase();
    const distance = folded ? 0 : editDistance(name, candidate, limit);
    if (distance < limit || (distance === limit && best === null)) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, ready to follow a sentence; empty when there is nothing to suggest. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const candidate = nearest(name, candidates);
  return candidate === null ? "" : ` Did you mean \`${candidate}\`?`;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); stops beyond `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
