/**
 * Cuts text out of a file and keeps every offset, line and column.
 *
 * `function f(): T { return g(); }` -> `function f(): T {               }`
 */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** What stands there instead, where the grammar wants something. */
  readonly instead: string;
}

export function blank(text: string, cuts: readonly Cut[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, instead } of cuts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // Inside a cut that has been made already.
    if (start < at) continue;
    result += text.slice(at, start);
    result += instead + text.slice(start + instead.length, end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return result + text.slice(at);
}
