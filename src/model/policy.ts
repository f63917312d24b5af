/**
 * Reads what is said of the calls of one leaf, written beside the function as TSDoc tags: limits, and marks.
 *
 * `@timeout 500ms`, `@maxCalls 100`, `@maxConcurrency 4`, `@maxPayload 64KiB`; `@approval`, `@idempotent`
 */
import type { DocTag } from "./contract.ts";

export interface Policy {
  /** Milliseconds one call may take. */
  readonly timeoutMs?: number;
  /** Calls per run. */
  readonly maxCalls?: number;
  /** Calls in flight at once. */
  readonly maxConcurrency?: number;
  /** Bytes of one call's arguments, and of its result. */
  readonly maxPayloadBytes?: number;
  /** A person says yes before each call is made. Absent: nobody is asked. */
  readonly approval?: true;
  /** Making a call a second time does what making it once did. Absent: it may not be repeated. */
  readonly idempotent?: true;
}

/** What a mark is called, and what a limit. */
export type MarkName = { [K in keyof Policy]-?: true extends Policy[K] ? K : never }[keyof Policy];
export type LimitName = Exclude<keyof Policy, MarkName>;

/** The fields of a policy; a new one is a compile error until it stands in one of the two. */
export const limitNames = [
  "timeoutMs",
  "maxCalls",
  "maxConcurrency",
  "maxPayloadBytes",
] as const satisfies readonly LimitName[];
export const markNames = ["approval", "idempotent"] as const satisfies readonly MarkName[];

export interface PolicyProblem {
  readonly tag: DocTag;
  /** Finishes "`@timeout 5 parsecs` …". */
  readonly reason: string;
  readonly help: string;
}

const durations: Record<string, number> = { ms: 1, s: 1_000, m: 60_000 };
const sizes: Record<string, number> = { B: 1, KB: 1e3, KiB: 1024, MB: 1e6, MiB: 1024 ** 2 };

/** Reads the policy tags of one leaf; what cannot be read comes back as data, never as an exception. */
export function parsePolicy(tags: readonly DocTag[]): { policy: Policy; problems: PolicyProblem[] } {
  const policy: Policy = {};
  const problems: PolicyProblem[] = [];
  const seen = new Set<string>();
  for (const tag of tags) {
    const reader = Object.hasOwn(readers, tag.name) ? readers[tag.name] : undefined;
    if (!reader) continue;
    if (seen.has(tag.name)) {
      problems.push({ tag, reason: "is written twice", help: "Keep one of the two tags." });
      continue;
    }
    seen.add(tag.name);
    const found = reader.read(tag.text.trim().split(/\s/u)[0] ?? "");
    if (found === null) problems.push({ tag, reason: `is not ${reader.wanted}`, help: reader.help });
    else Object.assign(policy, found);
  }
  return { policy, problems };
}

interface Reader {
  readonly wanted: string;
  readonly help: string;
  read(text: string): Policy | null;
}

const limit = (
  field: LimitName,
  said: Omit<Reader, "read">,
  read: (text: string) => number | null,
): Reader => ({
  ...said,
  read(text) {
    const value = read(text);
    return value === null ? null : { [field]: value };
  },
});

const count = (field: LimitName, example: string): Reader =>
  limit(
    field,
    { wanted: "a whole number of at least 1", help: `Write a number, for example \`${example}\`.` },
    (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
  );

/** A tag that says all by being there: words behind it are for readers. */
const mark = (field: MarkName): Reader => ({
  wanted: "a mark",
  help: "Write the tag alone.",
  read: () => ({ [field]: true }),
});

const readers: Readonly<Record<string, Reader>> = {
  timeout: limit(
    "timeoutMs",
    {
      wanted: "a duration",
      help: "Write a number and a unit (ms, s, m), for example `@timeout 500ms`.",
    },
    (text) => quantity(text, durations),
  ),
  maxPayload: limit(
    "maxPayloadBytes",
    {
      wanted: "a size",
      help: "Write a number and a unit (B, KB, KiB, MB, MiB), for example `@maxPayload 64KiB`.",
    },
    (text) => quantity(text, sizes),
  ),
  maxCalls: count("maxCalls", "@maxCalls 100"),
  maxConcurrency: count("maxConcurrency", "@maxConcurrency 4"),
  approval: mark("approval"),
  idempotent: mark("idempotent"),
};

/** The tags this module understands, for editors, docs and "did you mean". */
export const policyTags: readonly string[] = Object.keys(readers);

function quantity(text: string, units: Record<string, number>): number | null {
  const match = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text);
  const unit = match && Object.hasOwn(units, match[2]!) ? units[match[2]!] : undefined;
  if (!match || unit === undefined) return null;
  const value = Math.round(Number(match[1]) * unit);
  return value >= 1 && Number.isSafeInteger(value) ? value : null;
}
