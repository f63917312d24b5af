/**
 * Holds the limits of a sandbox: one table with a default, a range, a reason and who enforces it for each. What each side of a run is
 * told is derived from it. Enforcement lives with whoever owns the resource; here it is decided which numbers are allowed. No
 * value switches a limit off.
 */
import { didYouMean } from "../model/suggest.ts";
import { option } from "./errors.ts";

/**
 * What one run may use. Leave a limit out for its default; a value outside its range is refused, never clamped.
 *
 * @example
 * await createSandbox({ registry, limits: { memoryMb: 64, wallMs: 2_000 } });
 */
export interface Limits {
  /** JavaScript heap of one run, in MiB. */
  readonly memoryMb?: number;
  /**
   * Processor time the script itself may use, in milliseconds. Waiting for the host does not count. Where the host functions are in the same process as the script
   * (`isolation: "none"`, `placement: "worker"`), a script that computes without a break is ended after so much time at work, of which it may have waited for a
   * processor.
   */
  readonly cpuMs?: number;
  /** Time from start to end of a run, waiting included, in milliseconds. */
  readonly wallMs?: number;
  /**
   * Bytes of one crossing: the arguments of a call, its result, the exports, the input. Arguments may hold one value for each 8 bytes of
   * them, and 100,000 in any case; a value that is reached twice counts twice.
   */
  readonly payloadBytes?: number;
  /** Calls of all bindings together. */
  readonly calls?: number;
  /** Calls in flight at once. */
  readonly concurrency?: number;
  /** UTF-8 bytes a script may write to its console. */
  readonly consoleBytes?: number;
  /** Modules a script may import, those that its modules import included. */
  readonly modules?: number;
  /** UTF-8 bytes of all these modules together. */
  readonly moduleBytes?: number;
  /** Bytes of the journal of a run that has one: all that it keeps. Above them the run makes no further call, prints and imports nothing more. */
  readonly journalBytes?: number;
}

export type ResolvedLimits = Required<Limits>;

/** The sides of a run. What a guest enforces itself, the host may have to hold it to: it may lie. `loader`: who gives modules away. `recorder`: who keeps a journal. */
type Side = "guest" | "host" | "loader" | "recorder";

interface LimitRange {
  readonly enforcedBy: readonly Side[];
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Why these numbers; also shown when a value is refused. */
  readonly reason: string;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** Every limit with its default, its range and its argument. */
export const limitTable = {
  memoryMb: {
    enforcedBy: ["guest"],
    default: 128,
    min: 8,
    max: 4096,
    reason:
      "V8 needs 8 MiB to start an isolate; above 4096 MiB pointer compression and honest scripts both end",
  },
  cpuMs: {
    enforcedBy: ["guest"],
    default: 5_000,
    min: 1,
    max: 3_600_000,
    reason: "a script that computes for more than an hour is a job, not a script",
  },
  wallMs: {
    enforcedBy: ["guest"],
    default: 30_000,
    min: 1,
    max: 3_600_000,
    reason: "a run holds a worker while it waits, so every wait must end",
  },
  payloadBytes: {
    enforcedBy: ["guest", "host"],
    default: 4 * MiB,
    min: KiB,
    max: 256 * MiB,
    reason:
      "a payload exists up to three times while it crosses, so it must stay small against the memory of a worker",
  },
  calls: {
    enforcedBy: ["host"],
    default: 100_000,
    min: 1,
    max: 1_000_000_000,
    reason: "each call is work for the host, and a loop of calls is the cheapest attack on it",
  },
  concurrency: {
    enforcedBy: ["host"],
    default: 1_000,
    min: 1,
    max: 100_000,
    reason: "each call in flight holds memory and often a connection of the host",
  },
  consoleBytes: {
    enforcedBy: ["guest", "host"],
    default: MiB,
    min: KiB,
    max: 64 * MiB,
    reason: "console text is kept and forwarded by the host, and printing is free for the script",
  },
  modules: {
    enforcedBy: ["loader"],
    default: 1_000,
    min: 1,
    max: 10_000,
    reason: "each module is found, read and compiled before the script begins, and its time is the run's",
  },
  moduleBytes: {
    enforcedBy: ["loader"],
    default: 4 * MiB,
    min: KiB,
    max: 64 * MiB,
    reason: "modules are sent and compiled for each run, and parsing a MiB takes a tenth of a second",
  },
  journalBytes: {
    enforcedBy: ["recorder"],
    default: 64 * MiB,
    min: KiB,
    max: 1024 * MiB,
    reason: "a journal keeps the result of every call until the run is forgotten, and is read whole",
  },
} as const satisfies Record<keyof Limits, LimitRange>;

type LimitName = keyof typeof limitTable;
type EnforcedBy<S extends Side> = {
  [Name in LimitName]: S extends (typeof limitTable)[Name]["enforcedBy"][number] ? Name : never;
}[LimitName];

/** The limits that one side enforces. All positive; no value means "off". */
export type LimitsOf<S extends Side> = Readonly<Record<EnforcedBy<S>, number>>;

const names = Object.keys(limitTable) as LimitName[];
const enforcedBy = (side: Side): readonly LimitName[] =>
  names.filter((name) => (limitTable[name].enforcedBy as readonly Side[]).includes(side));
const namesOf = {
  guest: enforcedBy("guest"),
  host: enforcedBy("host"),
  loader: enforcedBy("loader"),
  recorder: enforcedBy("recorder"),
};

/** What one side is told of the limits of a run. */
export function limitsOf<S extends Side>(side: S, limits: LimitsOf<S>): LimitsOf<S> {
  const told = namesOf[side].map((name) => [name, limits[name as EnforcedBy<S>]] as const);
  return Object.fromEntries(told) as LimitsOf<S>;
}

/** Fills in defaults and refuses what is out of range. Throws a `SandboxError` that names every bad limit. */
export function resolveLimits(limits: Limits = {}): ResolvedLimits {
  return checked(
    limits,
    (name) => limitTable[name].default,
    () => null,
  );
}

/** The limits of one run: each at most what the sandbox allows. Throws a `SandboxError` for anything looser. */
export function tightenLimits(allowed: ResolvedLimits, wanted: Limits): ResolvedLimits {
  return checked(
    wanted,
    (name) => allowed[name],
    (name, value) =>
      value > allowed[name]
        ? `limits.${name}: ${value} is more than the ${allowed[name]} of the sandbox; a run may only tighten.`
        : null,
  );
}

function checked(
  limits: Limits,
  otherwise: (name: LimitName) => number,
  tooLoose: (name: LimitName, value: number) => string | null,
): ResolvedLimits {
  const problems = unknownNames(limits);
  const resolved = names.map((name) => {
    const value = limits[name] === undefined ? otherwise(name) : limits[name];
    const problem = outOfRange(name, value) ?? tooLoose(name, value);
    if (problem !== null) problems.push(problem);
    return [name, value];
  });
  if (problems.length > 0) throw option(problems.join("\n"));
  return Object.fromEntries(resolved) as ResolvedLimits;
}

function outOfRange(name: LimitName, value: unknown): string | null {
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
