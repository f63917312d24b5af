/** Prints where the time of a command went, on stderr, for `--verbose`. */
import type { Io } from "./io.ts";

export interface Phase {
  readonly name: string;
  readonly ms: number;
}

/** One line a phase with its share, and the whole from the start of the process. */
export function printPhases(io: Io, phases: readonly Phase[]): void {
  const whole = performance.now();
  const known = phases.reduce((sum, { ms }) => sum + ms, 0);
  const rows: readonly Phase[] = [
    ...phases,
    { name: "node, loading, printing", ms: Math.max(0, whole - known) },
    { name: "whole process", ms: whole },
  ];
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, ms } of rows) {
    const share = Math.round((100 * ms) / whole);
    io.stderr.write(
      `  ${name.padEnd(width)}  ${ms.toFixed(1).padStart(8)} ms  ${String(share).padStart(3)} %\n`,
    );
  }
}
