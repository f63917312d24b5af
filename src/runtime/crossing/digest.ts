/**
 * Digests of what crosses: a value is known by the hash of its bytes.
 */
import { crypto } from "../crypto.ts";
import type { Message } from "./message.ts";
import { bytesOf, messageBytes, writeMessage } from "./message-bytes.ts";

const scratch = Buffer.allocUnsafeSlow(4096);

/** The digest of a message's bytes. */
export function digestOfMessage(message: Message): string {
  const length = messageBytes(message);
  if (length > scratch.length) return digestOf(bytesOf(message));
  writeMessage(scratch, 0, message);
  return digestOf(scratch.subarray(0, length));
}

/** A SHA-256 as hexadecimal digits: all of it, because who writes a script chooses what is told apart, and what a person has approved. */
export function digestOf(bytes: string | Buffer): string {
  return crypto().hash("sha256", bytes, "hex");
}
