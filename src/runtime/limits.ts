/**
 * The limits of a sandbox: one table with a default, a range and a reason for each. Enforcement lives with whoever
 * owns the resource; here it is decided which numbers are allowed. No value switches a limit off.
 */
import { didYouMean } from "../contract/suggest.ts";
import { SandboxError } from "./errors.ts";

/**
 * What one run may use. Leave a limit out for its default; a value outside its range is refused, never clamped.
 *
 * @example
 * await createSandbox({ registry, limits: { memoryMb: 64, wallMs: 2_000 } });
 */
export interface Limits {
  /** JavaScript heap of one run, in MiB. */
  readonly memoryMb?: number;
  /** Processor time the script itself may use, in milliseconds. Waiting for the host does not count. */
  readonly cpuMs?: number;
  /** Time from start to end of a run, waiting included, in milliseconds. */
  readonly wallMs?: number;
  /** Bytes of one crossing: the arguments of a call, its result, the exports, the input. */
  readonly payloadBytes?: number;
  /** Calls of all bindings together. */
  readonly calls?: number;
  /** Calls in flight at once. */
  readonly concurrency?: number;
  /** UTF-8 bytes a script may write to its console. */
  readonly consoleBytes?: number;
}

export type ResolvedLimits = Required<Limits>;

interface LimitRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Why these numbers; also shown when a value is refused. */
  readonly reason: string;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** Every limit with its default, its range and its argument. */
export const limitTable: Readonly<Record<keyof Limits, LimitRange>> = {
  memoryMb: {
    default: 128,
    min: 8,
    max: 4096,
    reason:
      "V8 needs 8 MiB to start an isolate; above 4096 MiB pointer compression and honest scripts both end",
  },
  cpuMs: {
    default: 5_000,
    min: 1,
    max: 3_600_000,
    reason: "a script that computes for more than an hour is a job, not a script",
  },
  wallMs: {
    default: 30_000,
    min: 1,
    max: 3_600_000,
    reason: "a run holds a worker while it waits, so every wait must end",
  },
  payloadBytes: {
    default: 4 * MiB,
    min: KiB,
    max: 256 * MiB,
    reason:
      "a payload exists up to three times while it crosses, so it must stay small against the memory of a worker",
  },
  calls: {
    default: 100_000,
    min: 1,
    max: 1_000_000_000,
    reason: "each call is work for the host, and a loop of calls is the cheapest attack on it",
  },
  concurrency: {
    default: 1_000,
    min: 1,
    max: 100_000,
    reason: "each call in flight holds memory and often a connection of the host",
  },
  consoleBytes: {
    default: MiB,
    min: KiB,
    max: 64 * MiB,
    reason: "console text is kept and forwarded by the host, and printing is free for the script",
  },
};

const names = Object.keys(limitTable) as (keyof Limits)[];

/** Fills in defaults and refuses what is out of range. Throws a `SandboxError` that names every bad limit. */
export function resolveLimits(limits: Limits = {}): ResolvedLimits {
  const problems = unknownNames(limits);
  const resolved = Object.fromEntries(
    names.map((name) => {
      const value = limits[name] === undefined ? limitTable[name].default : limits[name];
      const problem = outOfRange(name, value);
      if (problem) problems.push(problem);
      return [name, value];
    }),
  ) as unknown as ResolvedLimits;
  refuse(problems);
  return resolved;
}

/** The limits of one run: each at most what the sandbox allows. Throws a `SandboxError` for anything looser. */
export function tightenLimits(allowed: ResolvedLimits, wanted: Limits): ResolvedLimits {
  const problems = unknownNames(wanted);
  const resolved = Object.fromEntries(
    names.map((name) => {
      const value = wanted[name] === undefined ? allowed[name] : wanted[name];
      const problem =
        outOfRange(name, value) ??
        (value > allowed[name]
          ? `limits.${name}: ${value} is more than the ${allowed[name]} of the sandbox; a run may only tighten.`
          : null);
      if (problem) problems.push(problem);
      return [name, value];
    }),
  ) as unknown as ResolvedLimits;
  refuse(problems);
  return resolved;
}

function outOfRange(name: keyof Limits, value: unknown): string | null {
  const { min, max, reason } = limitTable[name];
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return null;
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value as number);
  return `limits.${name}: ${shown} is not a whole number from ${min} to ${max} (${reason}).`;
}

function unknownNames(limits: Limits): string[] {
  if (limits === null || typeof limits !== "object") return ["limits: expected an object."];
  return Object.keys(limits)
    .filter((name) => !Object.hasOwn(limitTable, name))
    .map(
      (name) =>
        `limits.${name}: there is no such limit; there are ${names.join(", ")}.${didYouMean(name, names)}`,
    );
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new SandboxError("ERR_SANDBOX_OPTION", problems.join("\n"));
}
