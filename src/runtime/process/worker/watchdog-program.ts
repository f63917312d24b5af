/** Says where the watchdog's thread begins: a module, or a script as text, which the build puts here because there a worker is one text. */
export const watchdogProgram: URL | string = new URL(
  `./watchdog${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`,
  import.meta.url,
);
