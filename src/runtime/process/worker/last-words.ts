/**
 * LastWords: what a worker's watchdog writes to stderr before it kills its own process, so that the supervisor can tell a limit from a crash.
 * A guest cannot write there: its console travels in frames.
 */
export const lastWords = {
  memory: "isobind-worker: over its memory limit",
  timeout: "isobind-worker: over its time limit",
} as const;
