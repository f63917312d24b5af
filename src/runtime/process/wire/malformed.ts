/**
 * Declares `MalformedFrame`: bytes that are no message of ours. A finding about the other process, not a broken invariant:
 * it ends the run the bytes came from, and never leaves `process/`.
 */
export class MalformedFrame extends Error {
  override get name(): string {
    return "MalformedFrame";
  }
}
