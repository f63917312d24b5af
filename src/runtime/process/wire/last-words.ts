/**
 * Declares what a worker's watchdog writes to stderr before it kills its own process, so that the supervisor can tell a
 * limit from a crash. A guest cannot write there: its console travels in frames.
 */
import type { GuestUsage } from "../../seam.ts";

export const lastWords = {
  memory: "isobind-worker: over its memory limit",
  timeout: "isobind-worker: over its time limit",
  /** The watchdog itself cannot go on. */
  unwatched: "isobind-worker: not watched any more",
  /** Said by a program that was started as a worker and is none. */
  program: "isobind-worker: not a worker but the program itself",
} as const;

/** The line the watchdog writes: why, and what the run had used. */
export function lastLine(why: "memory" | "timeout", { cpuMs, heapBytes }: GuestUsage): string {
  return `${lastWords[why]}; cpuMs=${Math.round(cpuMs)} heapBytes=${Math.round(heapBytes)}\n`;
}

/** The line of a watchdog that has failed: why. */
export function unwatchedLine(error: unknown): string {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${lastWords.unwatched}; ${why.replaceAll("\n", " ").slice(0, 500)}\n`;
}

/**
 * What follows these words where they begin a line of `stderr`; `null` where none does. An error that nobody caught shows the line of the program that threw it, and
 * a worker's program holds these words too.
 */
export function lineOf(why: keyof typeof lastWords, stderr: string): string | null {
  return new RegExp(`^${lastWords[why]}(.*)`, "m").exec(stderr)?.[1] ?? null;
}

/** What a last line says was used. */
export function readLastUsage(line: string): GuestUsage {
  const [, cpuMs, heapBytes] = /cpuMs=(\d{1,15}) heapBytes=(\d{1,15})/.exec(line) ?? [];
  return { cpuMs: Number(cpuMs ?? 0), heapBytes: Number(heapBytes ?? 0) };
}
