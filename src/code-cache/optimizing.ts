/**
 * Leaves V8's optimizing compilers out of a run that is over before they pay for themselves: of a cold `generate` they took a quarter of
 * the processor time, and as much memory again as the code they made was worth. A run that turns out long gets them back.
 */
const mark = Symbol.for("isobind.unoptimized");
const marked = process as NodeJS.Process & { [mark]?: true };

/** For a process of our own alone: the flags are those of the whole process. */
export function leaveUnoptimized(): void {
  set("--no-opt", "--no-maglev");
  marked[mark] = true;
}

/** Does nothing where they were never left out. */
export function optimizeAgain(): void {
  if (marked[mark] !== true) return;
  delete marked[mark];
  // Node 22 has the second one, and does without it.
  set("--opt", ...(Number.parseInt(process.versions.node, 10) >= 24 ? ["--maglev"] : []));
}

function set(...flags: readonly string[]): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of flags) setFlagsFromString(flag);
}
