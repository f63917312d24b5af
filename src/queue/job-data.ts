/**
 * Turns what is enqueued into what a store keeps of it, and back into what a worker runs.
 */
import type { RunOptions } from "../runtime/index.ts";
import type { JobData } from "./job.ts";
import type { EnqueueOptions } from "./script-queue.ts";
import { keptText, packed, textOf, unpacked } from "./values.ts";

/** Throws a `TypeError` with a code for an input that cannot cross. */
export function dataOf(digest: string, source: string, input: unknown, options: EnqueueOptions): JobData {
  const { filename, kind, limits, profile, tenant } = options;
  return {
    version: 1,
    digest,
    source: keptText(source),
    ...(input === undefined ? {} : { input: packed(input, "input") }),
    ...(filename === undefined ? {} : { filename: keptText(filename) }),
    ...(kind === undefined ? {} : { kind: keptText(kind) }),
    ...(limits === undefined ? {} : { limits }),
    ...(profile === undefined ? {} : { profile: keptText(profile) }),
    ...(tenant === undefined ? {} : { tenant: keptText(tenant) }),
  };
}

export function sourceOf({ source }: JobData): string {
  return textOf(source);
}

/** Those options of its run that the job says itself. */
export function runOptionsOf(data: JobData): Pick<RunOptions, "input" | "filename" | "kind" | "limits"> {
  const { input, filename, kind, limits } = data;
  return {
    ...(input === undefined ? {} : { input: unpacked(input) }),
    ...(filename === undefined ? {} : { filename: textOf(filename) }),
    ...(kind === undefined ? {} : { kind: textOf(kind) }),
    ...(limits === undefined ? {} : { limits }),
  };
}

export function filenameOf({ filename }: JobData): string | undefined {
  return filename === undefined ? undefined : textOf(filename);
}

export function profileOf({ profile }: JobData): string | undefined {
  return profile === undefined ? undefined : textOf(profile);
}

export function tenantOf({ tenant }: JobData): string | undefined {
  return tenant === undefined ? undefined : textOf(tenant);
}

/** For whoever only watches: of a job that the store has lost a part of, the rest is told. */
export function ifReadable(read: (data: JobData) => string | undefined, data: JobData): string | undefined {
  try {
    return read(data);
  } catch {
    return undefined;
  }
}
