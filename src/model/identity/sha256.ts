/**
 * Gives the SHA-256 of a text, in hexadecimal. Node's own: an implementation in JavaScript, cold, was a tenth of a first
 * run.
 */

/** Of the UTF-8 form; a lone surrogate counts as U+FFFD. */
export function sha256(text: string): string {
  // Loaded when a hash is needed: it is a fifth of a command that makes none, such as a run without changes.
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text, "utf8").digest("hex");
}
