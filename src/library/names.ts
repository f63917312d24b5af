/**
 * Names the files that a folder of scripts needs beside its declaration.
 */

/** The library of scripts. The dot keeps it out of every tsconfig that includes files by a pattern: a host's code must not see it. */
export const libraryName = ".secure-exec.lib.d.ts";

/** What the tsconfig of a folder of scripts extends. */
export const tsconfigName = "tsconfig.scripts.json";
