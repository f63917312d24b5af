/**
 * Names the words of memory that a worker's main thread and its watchdog share, because the main thread has no moment to answer messages.
 */

/**
 * `run` changes at each beginning and end: odd while a script runs. `baseKib` is what the process held when this script began: what earlier ones
 * have left behind is not its doing, and the supervisor replaces a worker that holds too much of it.
 *
 * `watches` is 1 as soon as the watchdog watches, and `seen` the last value of `run` that it has seen. `rests` counts how often it was asked to rest, and `rested` how often it has.
 * `awakeUs` counts the microseconds for which the main thread has waited without sleeping, modulo 2³².
 *
 * `waits` changes whenever the main thread begins and ends to wait for the supervisor: odd while it waits, and then no script goes on. `sleeps` is 1 while the
 * watchdog sleeps for as long as that takes, and has to be woken. `hostIsHere` is 1 where host functions are in this process: nothing tells then when the main thread waits.
 */
export const word = {
  run: 0,
  wallMs: 1,
  cpuMs: 2,
  memoryMb: 3,
  baseKib: 4,
  watches: 5,
  rests: 6,
  rested: 7,
  seen: 8,
  awakeUs: 9,
  waits: 10,
  sleeps: 11,
  hostIsHere: 12,
  length: 13,
} as const;

export interface WatchdogData {
  readonly shared: SharedArrayBuffer;
  readonly supervisorPid: number;
}
