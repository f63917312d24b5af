/**
 * What every script has beside its bindings, for editors: `"types": ["isobind/script"]` in the tsconfig of scripts.
 */
/** Output of the script, handed to the host. */
declare const console: Console;
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
}
/** Frozen data the host gave to this run; `undefined` when it gave none. */
declare const input: any;
