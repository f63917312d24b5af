/**
 * What a hook of ours throws to deny a call: the script gets the refusal as it is, with its code, where the errors of hosts are masked too.
 */
import type { Refusal } from "./refusal.ts";

export class DeniedCall extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
