/**
 * Names the files that a folder of scripts needs beside its declaration.
 */

/** The library of scripts. The dot keeps it out of every tsconfig that includes files by a pattern: a host's code must not see it. */
export const libraryName = ".secure-exec.lib.d.ts";

/** What the tsconfig of a folder of scripts extends. */
export const tsconfigName = "tsconfig.scripts.json";

/** The same of a folder whose scripts are all of one kind. */
export const kindTsconfigName = (kind: string) => `tsconfig.scripts.${kind}.json` as const;

/** The same in a package for authors of scripts, where the other one is its `tsconfig.json`. */
export const packedTsconfig = (kind: string): string => `tsconfig.${kind}.json`;

/** What tells the compiler the `input` of that kind. */
export const kindInputName = (kind: string) => `.secure-exec.kind.${kind}.d.ts` as const;

export type KindOutputName = ReturnType<typeof kindTsconfigName> | ReturnType<typeof kindInputName>;

/** The kind that a file of such a name is for, or `null`. */
export function kindOfOutput(name: string): string | null {
  // A run without changes asks of every name in a folder, and would wait for the first use of an expression longer than for these.
  return between(name, "tsconfig.scripts.", ".json") ?? between(name, ".secure-exec.kind.", ".d.ts");
}

function between(name: string, head: string, tail: string): string | null {
  const isLonger = name.length > head.length + tail.length;
  return isLonger && name.startsWith(head) && name.endsWith(tail)
    ? name.slice(head.length, -tail.length)
    : null;
}
