/**
 * Names the errors that make a tsconfig unusable, by the numbers every compiler gives them.
 */

/** File not found, cannot read, does not parse, circular or missing `extends`. Unknown options are left to the author's own compiler. */
export const unreadable: ReadonlySet<number> = new Set([
  5012, 5083, 6053, 6054, 18000, 1005, 1012, 1109, 1135, 1136, 1327, 1328,
]);
