/**
 * Makes the errors that a queue throws at its host. Each has a code, and a page of its own.
 */

export type QueueErrorCode =
  | "ERR_QUEUE_OPTION"
  | "ERR_QUEUE_PACKAGE"
  | "ERR_QUEUE_UNREACHABLE"
  | "ERR_QUEUE_PARKED"
  | "ERR_QUEUE_TIMEOUT"
  | "ERR_QUEUE_LOST";

export function queueError(
  code: QueueErrorCode,
  message: string,
  options?: ErrorOptions,
): Error & { readonly code: QueueErrorCode } {
  return Object.assign(new Error(message, options), { code });
}
