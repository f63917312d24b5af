/**
 * Collects the calls of a run that wait, as its caller is told of them.
 */
import { messageOf } from "../crossing/message-bytes.ts";
import type { Wait } from "../result.ts";
import { valueOf } from "./kept.ts";
import { argumentsOf, type Making } from "./making.ts";

export class Waits {
  readonly #waits = new Map<number, Wait>();

  /** `reason`: `null` for an approval. */
  add(making: Making, reason: Uint8Array<ArrayBuffer> | null): void {
    const { number, leaf } = making;
    this.#waits.set(number, {
      call: number,
      path: [...leaf.path],
      for: reason === null ? "approval" : "suspend",
      arguments: argumentsOf(making),
      reason: reason === null ? undefined : valueOf(messageOf(reason)),
    });
  }

  get isEmpty(): boolean {
    return this.#waits.size === 0;
  }

  /** In the order in which the script has made them. */
  get inOrder(): readonly Wait[] {
    return [...this.#waits.values()].sort((one, other) => one.call - other.call);
  }
}
