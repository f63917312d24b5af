/**
 * Takes the clock and the timers of the runtime when this file is loaded. Tests that fake timers (`vi.useFakeTimers()` and
 * kin) replace the globals and the properties of Node's modules; a run that waited for those would never get its answers,
 * its deadline or its next worker. Nothing else in the runtime may name the globals (`test/architecture` looks).
 */
import * as timers from "node:timers";

// Values and not re-exports: the names of a built-in module follow its properties when somebody asks Node to bring them up to date.
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = timers;
export type Timeout = NodeJS.Timeout;

// The global, because an import reads all that a process has: its standard streams are opened for that, with forty modules of Node. And a clock
// of its own instead of `performance`, which is ten.
const { hrtime, uptime } = process;

/** Libraries leave a mark on what they put into the place of a function; Node's own have no properties but these. */
function isFaked(given: object): boolean {
  return Object.keys(given).some((name) => name !== "bigint");
}

export const nextTick: (callback: () => void) => unknown = isFaked(process.nextTick)
  ? setImmediate
  : process.nextTick;

/** Nobody fakes `uptime`, which takes twice as long. */
const bigint =
  isFaked(hrtime) || isFaked(hrtime.bigint) ? () => BigInt(Math.round(uptime() * 1e9)) : hrtime.bigint;

/** Milliseconds of a clock that only goes forward. */
export function now(): number {
  return Number(bigint()) / 1e6;
}

const { now: readDate } = Date;

/** Milliseconds since 1970, as `Date.now()` says them. */
export function wallClock(): number {
  return readDate();
}

/** Nanoseconds of the same clock; costs two thirds of what `now` does. */
export function nowNs(): bigint {
  return bigint();
}

/** An older Node cannot say it of one thread: of all of them together it is no less. */
const { threadCpuUsage = process.cpuUsage } = process as Partial<typeof process>;

/** Milliseconds of processor time that this thread has used. */
export function threadCpuMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}
