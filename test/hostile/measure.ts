/**
 * Measures what an attack does outside its sandbox while it runs: memory of the workers, memory and event loop of the supervisor.
 */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { childrenOf } from "../processes.ts";

export interface Damage {
  /** Most resident memory of any one child process, in MiB; 0 where the platform does not say. */
  readonly workerMb: number;
  /** Growth of heap and external memory of this process, in MiB. */
  readonly supervisorMb: number;
  /**
   * Longest time the event loop of this process was held, in milliseconds: of the time between two turns what this process was computing.
   * The rest is time the machine gave to others.
   */
  readonly delayMs: number;
  /** How long this process had no turn, although it asked for one: the machine stood still, or others had it. */
  readonly stalledMs: number;
}

const mebibyte = 1024 * 1024;
const pageBytes = 4096;

function residentMb(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * pageBytes) / mebibyte;
  } catch {
    return 0; // It has ended.
  }
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Growth beyond `before` that is really held: V8 lets a small heap gather tens of megabytes of garbage before it looks. */
function growth(before: number): number {
  if (heldBytes() - before > 32 * mebibyte) collect();
  return heldBytes() - before;
}

/** Runs `attack` and says what it did. */
export async function measure<T>(attack: () => Promise<T>): Promise<{ result: T; damage: Damage }> {
  collect();
  const before = heldBytes();
  let workerMb = 0;
  let grown = 0;
  const sample = (): void => {
    workerMb = Math.max(workerMb, ...childrenOf().map(residentMb));
    grown = Math.max(grown, growth(before));
  };
  const timer = setInterval(sample, 10);
  const held = watchEventLoop();
  try {
    const result = await attack();
    const { delayMs, stalledMs } = held();
    sample();
    return {
      result,
      damage: { workerMb, supervisorMb: grown / mebibyte, delayMs, stalledMs },
    };
  } finally {
    clearInterval(timer);
  }
}

/** A gap between two turns that is no turn of this process's own doing, and longer than busy neighbours make it. */
const stallMs = 100;

/** Watches the event loop until the returned function is called, which says how long it was held at most, and stood still in all. */
function watchEventLoop(): () => Pick<Damage, "delayMs" | "stalledMs"> {
  let worst = 0;
  let stalled = 0;
  let turn = performance.now();
  let cpu = process.cpuUsage();
  const look = (): void => {
    const used = process.cpuUsage(cpu);
    const usedMs = (used.user + used.system) / 1_000;
    const tookMs = performance.now() - turn;
    worst = Math.max(worst, Math.min(tookMs, usedMs));
    if (tookMs - usedMs > stallMs) stalled += tookMs - usedMs;
    turn = performance.now();
    cpu = process.cpuUsage();
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return { delayMs: worst, stalledMs: stalled };
  };
}
