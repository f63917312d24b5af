/**
 * Declares what every script has beside its bindings: the sandbox's `console`, the host's `input`, and some of the web platform.
 */
import { webDeclarations } from "./web-declarations.ts";

export const sandboxGlobals = `
/** Output of the script, handed to the host. */
declare const console: Console;
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** Rows and columns of an array, an object, a map or a set. */
  table(data: unknown, columns?: readonly string[]): void;
  /** Indents what follows, until \`groupEnd\`. */
  group(...label: unknown[]): void;
  groupCollapsed(...label: unknown[]): void;
  groupEnd(): void;
  /** Prints an error when the condition does not hold. */
  assert(condition?: unknown, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  /** Prints where the script is. */
  trace(...values: unknown[]): void;
  dir(value: unknown, options?: unknown): void;
  dirxml(...values: unknown[]): void;
}
/** Frozen data the host gave to this run; \`undefined\` when it gave none. */
declare const input: any;
${webDeclarations.trimStart()}`;
