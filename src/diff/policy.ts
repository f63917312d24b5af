/**
 * Compares the policy of a leaf: each limit alone. A smaller limit is a promise taken back.
 */
import type { Policy } from "../model/policy.ts";
import type { Finding } from "./change.ts";

const tags: Readonly<Record<keyof Policy, { tag: string; unit: string }>> = {
  timeoutMs: { tag: "@timeout", unit: " ms" },
  maxCalls: { tag: "@maxCalls", unit: "" },
  maxConcurrency: { tag: "@maxConcurrency", unit: "" },
  maxPayloadBytes: { tag: "@maxPayload", unit: " bytes" },
};

export function comparePolicies(before: Policy, after: Policy, path: readonly string[]): Finding[] {
  return (Object.keys(tags) as (keyof Policy)[]).flatMap((limit): Finding[] => {
    const old = before[limit];
    const now = after[limit];
    if (old === now) return [];
    const { tag, unit } = tags[limit];
    const text = (value: number | undefined): string | null =>
      value === undefined ? null : `${value}${unit}`;
    const kind =
      old === undefined
        ? "policy-added"
        : now === undefined
          ? "policy-removed"
          : now < old
            ? "policy-tightened"
            : "policy-loosened";
    return [{ kind, path, where: tag, before: text(old), after: text(now) }];
  });
}
