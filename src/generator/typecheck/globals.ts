/**
 * Declares what every script has beside its bindings: the sandbox's `console` and the host's `input`.
 */
export const scriptGlobals = `
/** Output of the script, handed to the host. */
declare const console: Console;
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
}
/** Frozen data the host gave to this run; \`undefined\` when it gave none. */
declare const input: any;
`;
