/** Names of the table of the playground, for what fills it and for the goals that read it. */
export const title = "The playground in a browser";
export const column = "time";
export const rows = {
  monaco: "a bare Monaco page, until its editor is drawn",
  playground: "the playground, until its editor is drawn",
  run: "a script of 100 ms, what its run took",
  shown: "the same, until its result is drawn",
  list: "10,000 lines and 4 MiB in a bare virtual list, longest task",
  flood: "the same printed and exported by a script, longest task",
} as const;
