/**
 * Counts how deep runs are nested: runs that host functions start while their own run waits for them. Such a run must not wait in line for a worker that its own
 * run holds, so each level has workers of its own; and since a script can ask for the next level, levels end.
 */
import { SandboxError } from "./errors.ts";
import { nestingHere } from "./host/running-call.ts";

/**
 * Runs inside of runs. Each level may hold as many workers as the pool, or in one process as much of the stack as a run needs; a host function
 * that runs what scripts give it would otherwise let them start processes without end. Four is an agent that calls an agent, twice over.
 */
export const maxNesting = 4;

/** The level of a run that is started here, 0 for most. Throws `ERR_SANDBOX_NESTED` beyond `maxNesting`. */
export function enterNesting(): number {
  const level = nestingHere();
  if (level <= maxNesting) return level;
  throw new SandboxError(
    "ERR_SANDBOX_NESTED",
    `Runs can be nested ${maxNesting} levels deep: this one would be inside of ${level}, each waiting for a host function.`,
  );
}
