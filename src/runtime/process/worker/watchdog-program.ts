/** Says where the watchdog's thread begins. In a worker that is one text the build puts the watchdog's own text here. */
export const watchdogProgram: URL = new URL(
  `./watchdog${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`,
  import.meta.url,
);
