/** Names the table of checks and its rows, for whoever measures and for the goals. */
export const title = "Checks of scripts";
export const column = "time";

export const rows = {
  many: "isobind typecheck, 1,000 scripts of 50 lines",
  manyCarried: "1,000 scripts of 50 lines, without TypeScript 7",
  tsc: "tsc 6, declaration and one script",
  first: "a process that checks one script",
  firstCarried: "a process that checks one script, without TypeScript 7",
  next: "a second script in that process",
  completion: "first completion, folder of scripts",
  completionPlain: "first completion, the same folder without isobind",
} as const;
