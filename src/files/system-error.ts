/**
 * Tells errors of the file system apart, and words them for findings.
 */

/** `ENOENT` and the like; empty for what is no error of the system. */
function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : "";
}

/** True for an error with one of these codes; without codes, for any error of the system. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  const code = codeOf(error);
  return codes.length === 0 ? code !== "" : codes.includes(code);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no file of that name",
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "a folder of that name is in the way",
  ENOTDIR: "a file is where a folder should be",
  EEXIST: "a file is where a folder should be",
  EMFILE: "too many files are open",
};

/** System errors name absolute paths; findings do not. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== "") return reasons[code] ?? `the system reported ${code}`;
  return error instanceof Error ? error.message : String(error);
}
