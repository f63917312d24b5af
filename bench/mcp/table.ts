/** Names of the table of scripts over MCP, for what fills it and for the goal that reads it. */
export const title = "A script over MCP";
export const column = "time";
export const rows = {
  echo: "the SDK's echo tool",
  run: "a bare run",
  both: "both together",
  script: "run_script",
} as const;
