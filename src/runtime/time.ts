/**
 * Takes the clock and the timers of the runtime when this file is loaded. Tests that fake timers (`vi.useFakeTimers()` and
 * kin) replace the globals and the properties of Node's modules; a run that waited for those would never get its answers,
 * its deadline or its next worker. Nothing else in the runtime may name the globals (`test/architecture` looks).
 */
import * as perfHooks from "node:perf_hooks";
import * as process from "node:process";
import * as timers from "node:timers";

// Values and not re-exports: the names of a built-in module follow its properties when somebody asks Node to bring them up to date.
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = timers;
export const { nextTick } = process;
export type Timeout = NodeJS.Timeout;

const { performance } = perfHooks;
const readClock = performance.now;
const { bigint } = process.hrtime;

/** Milliseconds since the process began, as `performance.now()` says them. */
export function now(): number {
  return readClock.call(performance);
}

const { now: readDate } = Date;

/** Milliseconds since 1970, as `Date.now()` says them. */
export function wallClock(): number {
  return readDate();
}

/** Nanoseconds of a clock that only goes forward; costs half of what `now` does. */
export function nowNs(): bigint {
  return bigint();
}
