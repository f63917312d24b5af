/** The oldest Node that can run this package. Imports nothing, and uses nothing that an old Node does not have. */

/** The floor of `engines`: from 22.18 on Node runs TypeScript without a flag. */
const floor = [22, 18] as const;

/** What is wrong with a version of Node, and the way out; `null` when it is new enough. */
export function tooOld(version: string): { readonly message: string; readonly help: string } | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) return null;
  return {
    message: `Node ${version} is older than ${floor.join(".")}, so it cannot import TypeScript files.`,
    help: "Install Node 24, or 22.18 and newer.",
  };
}
