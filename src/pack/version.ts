/**
 * Proposes the version of a package from what the comparison with the published one says.
 */
import type { Verdict } from "../diff/verdict.ts";

/** The version of a package that nobody has published before. */
export const firstVersion = "1.0.0";

/**
 * The next version: a breaking change is a major step, a compatible one a minor, documentation alone a patch; without a change the version stays.
 * Of a version before its release (`2.0.0-beta.1`) the release is next where that is step enough.
 *
 * @example
 * nextVersion("1.4.2", "minor"); // "1.5.0"
 */
export function nextVersion(version: string, verdict: Verdict): string | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/u.exec(version.trim());
  if (match === null) return null;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
  const isBefore = match[4] !== undefined;
  switch (verdict) {
    case "none":
      return version.trim();
    case "major":
      return isBefore && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
    case "minor":
      return isBefore && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
    case "patch":
      return isBefore ? `${major}.${minor}.${patch}` : `${major}.${minor}.${patch + 1}`;
  }
}

/** Whether npm takes it as a version. */
export function isVersion(version: string): boolean {
  return nextVersion(version, "none") !== null;
}
