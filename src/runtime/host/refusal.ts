/**
 * Refusal: an answer that is ours, not the host function's. Data with a code, turned into a reply at the last moment.
 */
import type { ErrorName } from "../../contract/shape.ts";
import type { ErrorCode } from "../errors.ts";
import type { ErrorRecord, Reply } from "../seam.ts";

export interface Refusal {
  readonly class: ErrorName;
  readonly code: ErrorCode;
  readonly message: string;
  /** Own data of the error the script sees; plain clonable values only. */
  readonly data?: { readonly [key: string]: unknown };
}

/** The reply a refused call gets. */
export function refuse(refusal: Refusal): Reply {
  const record: ErrorRecord = { ...refusal };
  return errorReply(record, [record]);
}

/** A reply whose error is `record`; `errors` lists it and every record inside it. */
export function errorReply(record: ErrorRecord, errors: readonly ErrorRecord[]): Reply {
  return { kind: "error", parcel: { value: record, errors } };
}
