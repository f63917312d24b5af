/**
 * Compares the policy of a leaf: each limit and each mark alone. A smaller limit is a promise taken back, and so is a call that now waits for
 * a person, or that may no longer be repeated.
 */
import { markNames, type LimitName, type MarkName, type Policy } from "../model/policy.ts";
import type { Finding } from "./change.ts";
import type { ChangeKind } from "./kinds.ts";

const tags: Readonly<Record<LimitName, { tag: string; unit: string }>> = {
  timeoutMs: { tag: "@timeout", unit: " ms" },
  maxCalls: { tag: "@maxCalls", unit: "" },
  maxConcurrency: { tag: "@maxConcurrency", unit: "" },
  maxPayloadBytes: { tag: "@maxPayload", unit: " bytes" },
};

const marks: Readonly<Record<MarkName, { readonly added: ChangeKind; readonly removed: ChangeKind }>> = {
  approval: { added: "approval-added", removed: "approval-removed" },
  idempotent: { added: "idempotent-added", removed: "idempotent-removed" },
};

export function comparePolicies(before: Policy, after: Policy, path: readonly string[]): Finding[] {
  return [...compareLimits(before, after, path), ...compareMarks(before, after, path)];
}

function compareMarks(before: Policy, after: Policy, path: readonly string[]): Finding[] {
  return markNames.flatMap((mark): Finding[] => {
    if (before[mark] === after[mark]) return [];
    const text = (value: true | undefined): string | null => (value ? `@${mark}` : null);
    const kind = after[mark] ? marks[mark].added : marks[mark].removed;
    return [{ kind, path, where: `@${mark}`, before: text(before[mark]), after: text(after[mark]) }];
  });
}

function compareLimits(before: Policy, after: Policy, path: readonly string[]): Finding[] {
  return (Object.keys(tags) as LimitName[]).flatMap((limit): Finding[] => {
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
