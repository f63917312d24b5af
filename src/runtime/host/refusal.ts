/**
 * Declares a refusal: an answer that is ours, not the host function's. Data with a code, turned into a reply at the last
 * moment.
 */
import type { ErrorName } from "../../model/shape.ts";
import type { ErrorCode } from "../errors.ts";
import { encodeOwn } from "../crossing/host-codec.ts";
import { ErrorDraft } from "../crossing/host-realm.ts";
import type { Reply } from "../seam.ts";

export interface Refusal {
  readonly class: ErrorName;
  readonly code: ErrorCode;
  readonly message: string;
  /** Own data of the error the script sees; plain clonable values only. */
  readonly data?: { readonly [key: string]: unknown };
}

/** The reply a refused call gets. */
export function refuse({ class: errorClass, code, message, data }: Refusal): Reply {
  const draft = new ErrorDraft(errorClass, message, undefined, code);
  if (data !== undefined) draft.data = data;
  return { kind: "error", error: encodeOwn(draft) };
}
