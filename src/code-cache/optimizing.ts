/**
 * Leaves V8's optimizing compilers out of a run that is over before they pay for themselves: of a cold `generate` they took a quarter of
 * the processor time, and as much memory again as the code they made was worth. A run that turns out long gets them back.
 */
const mark = Symbol.for("isobind.optimizing");
const marked = process as NodeJS.Process & { [mark]?: "left out" | "back" };

/**
 * Modules of Node that such a run needs. Under other flags than its own Node has no use for the code it carries, and compiles what is loaded from then on: these took six
 * milliseconds.
 */
const needed = ["module", "vm", "os", "crypto", "perf_hooks", "timers/promises"] as const;

/** For a process of our own alone: the flags are those of the whole process. */
export function leaveUnoptimized(): void {
  for (const name of needed) process.getBuiltinModule(`node:${name}`);
  set("--no-opt", "--no-maglev");
  marked[mark] = "left out";
}

/** Does nothing where they were never left out. */
export function optimizeAgain(): void {
  if (marked[mark] !== "left out") return;
  // Node 22 has the second one, and does without it.
  set("--opt", ...(Number.parseInt(process.versions.node, 10) >= 24 ? ["--maglev"] : []));
  marked[mark] = "back";
}

/**
 * Makes code for the cache under the flags that the process began with. V8 writes the flags of that moment into it, and refuses it under
 * others: what a long run leaves would fit no run that begins.
 */
export function asBegun<T>(make: () => T): T {
  if (marked[mark] !== "back") return make();
  leaveUnoptimized();
  try {
    return make();
  } finally {
    optimizeAgain();
  }
}

function set(...flags: readonly string[]): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of flags) setFlagsFromString(flag);
}
