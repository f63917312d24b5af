/**
 * Says how many there are of something, in the singular or the plural.
 *
 * ```
 * counted(1, "script")                    // 1 script
 * counted(2, "entry", "entries")          // 2 entries
 * counted(1, "call waits", "calls wait")  // 1 call waits
 * ```
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
