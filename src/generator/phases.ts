/**
 * Measures where the time of a run goes, with a stopwatch that is handed through the stages.
 */
export type PhaseName = "load" | "recall" | "read" | "check" | "emit" | "examples" | "write";

export interface Phase {
  readonly name: PhaseName;
  /** The contract it was for; `null` for the config. */
  readonly contract: string | null;
  readonly ms: number;
}

/** Called when a phase begins. */
export type OnPhase = (name: PhaseName, contract: string | null) => void;

export interface Stopwatch {
  readonly phases: readonly Phase[];
  time<T>(name: PhaseName, contract: string | null, step: () => T | Promise<T>): Promise<T>;
}

/** Milliseconds since the process began. `performance` is loaded when it is first looked at, and tells the same. */
function now(): number {
  return process.uptime() * 1_000;
}

export function stopwatch(onPhase?: OnPhase): Stopwatch {
  const phases: Phase[] = [];
  return {
    phases,
    async time(name, contract, step) {
      onPhase?.(name, contract);
      const start = now();
      try {
        return await step();
      } finally {
        phases.push({ name, contract, ms: now() - start });
      }
    },
  };
}
