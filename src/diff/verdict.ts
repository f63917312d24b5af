/**
 * Sums up a list of changes in the words of semantic versioning, and tells whether it fails a build.
 */
import type { Change, ChangeClass } from "./change.ts";

export type Verdict = "major" | "minor" | "patch" | "none";

/**
 * The version step that a list of changes asks for.
 *
 * @example
 * verdictOf(diffContracts(before, after)); // "major"
 */
export function verdictOf(changes: readonly Pick<Change, "class">[]): Verdict {
  const classes = new Set(changes.map((change) => change.class));
  if (classes.has("breaking")) return "major";
  if (classes.has("compatible")) return "minor";
  return classes.has("docs") ? "patch" : "none";
}

/** What `--fail-on` accepts: the least class of change that fails, or `none`. */
const failOnValues = ["breaking", "compatible", "docs", "none"] as const;
export type FailOn = (typeof failOnValues)[number];

const rank: Readonly<Record<ChangeClass, number>> = { docs: 0, compatible: 1, breaking: 2 };

/** Whether a list of changes fails a build that allows everything below `failOn`. */
export function isFailure(changes: readonly Pick<Change, "class">[], failOn: FailOn): boolean {
  return failOn !== "none" && changes.some((change) => rank[change.class] >= rank[failOn]);
}
