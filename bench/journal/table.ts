/**
 * The names of the figures of runs with a journal, for those who measure them and for the goals.
 */
export const title = "Runs with a journal";

export const columns = {
  without: "no journal",
  recorded: "journal in memory",
  goneOn: "gone on with",
} as const;

export const rows = {
  sync: "100 sync calls, one after another",
  async: "100 async calls, one after another",
  objects: "100 sync calls with 1 KB objects",
  manySync: "10,000 sync calls, one after another",
  manyAsync: "10,000 async calls, one after another",
} as const;

export type Row = keyof typeof rows;
export type Column = keyof typeof columns;
