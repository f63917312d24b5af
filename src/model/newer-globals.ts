/** Globals of the language that only newer engines have, and the words for a script that uses one too early. */

/** By name, the first line of Node whose isolate has it. A test holds it against the table of isolates. */
export const newerGlobals: Readonly<Record<string, number>> = {
  AsyncDisposableStack: 24,
  DisposableStack: 24,
  Float16Array: 24,
  SuppressedError: 24,
  Temporal: 26,
};

export interface Newer {
  /** Follows "The sandbox has no `Temporal`: ". */
  readonly why: string;
  readonly help: string;
}

/** Both are lines of Node, `22`. */
export function newerWords(first: number, here: number): Newer {
  return {
    why: `Node ${here} does not have it, Node ${first} does`,
    help: `Write it another way, or ask the platform for a sandbox on Node ${first}: \`engines\` in its config says which one scripts are written for.`,
  };
}

/** Why an engine lacks a global; `null` for one that it has, or that none has. */
export function newerGlobal(name: string, here: number): Newer | null {
  const first = Object.hasOwn(newerGlobals, name) ? newerGlobals[name] : undefined;
  return first === undefined || first <= here ? null : newerWords(first, here);
}
