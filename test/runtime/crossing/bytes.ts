/**
 * The bytes of a value, as they are sent and kept.
 */
import { messageBytes, readMessage, writeMessage } from "../../../src/runtime/crossing/message-bytes.ts";
import type { Message } from "../../../src/runtime/crossing/message.ts";
import { messageOf, opened } from "../support/values.ts";

export function bytesOf(message: Message): Buffer {
  const bytes = Buffer.alloc(messageBytes(message), 0xee);
  if (writeMessage(bytes, 0, message) !== bytes.length) throw new Error("A message has another length.");
  return bytes;
}

export function bytesOfValue(value: unknown): Buffer {
  return bytesOf(messageOf(value));
}

export function valueOfBytes(bytes: Buffer): unknown {
  return opened(readMessage(bytes, 0, bytes.length));
}
