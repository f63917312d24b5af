/**
 * Declares what every script has beside its bindings: the sandbox's `console`, the host's `input`, and some of the web platform.
 */
import { webDeclarations } from "./web-declarations.ts";

/**
 * Of the host's `input`. Typed by the declaration when that says what a script is, and for scripts of one kind by a file beside it
 * (`kinds.ts`).
 */
export const inputGlobal = `declare namespace SecureExec {
  /** What a declaration says of \`input\`, where the definition says what a script is. */
  interface ScriptGlobals {}
}
/** Frozen data the host gave to this run; \`undefined\` when it gave none. */
declare const input: SecureExec.ScriptGlobals extends { readonly inputOfKind: infer Input }
  ? Input
  : SecureExec.ScriptGlobals extends { readonly input: infer Input }
    ? Input
    : any;
`;

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
${inputGlobal.trimStart()}${webDeclarations.trimStart()}`;
