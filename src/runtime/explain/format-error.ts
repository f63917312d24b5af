/**
 * An error of a script as text for its author: what happened, where in their own file, and what to do.
 *
 * ```
 * error TypeError: rows.map is not a function
 *   report.ts:3:21
 *   3 | export default rows.map((row) => row.id);
 *     |                     ^^^
 *   help: `rows` is a promise: write `(await …)` around it.
 * ```
 */
import { codeFrame } from "../../diagnostics/format/frame.ts";
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { harmless } from "./harmless.ts";
import { hintFor } from "./hint.ts";
import { firstFrame, framesOf, type Place, placeOf, wordLength } from "./place.ts";

export interface FormatErrorOptions {
  /** The text that was run, as its author wrote it. */
  readonly source: string;
  /** What `run` was given as `filename`. Without it the first file of the stack is taken for the script. */
  readonly filename?: string;
  /** Texts of imported modules: the map that `run` was given, or texts by the names that stacks have. */
  readonly modules?: Readonly<Record<string, string>>;
  /** The registry of the sandbox. With it a missing `await` is noticed. */
  readonly registry?: Registry;
  /** Whether the command that explains its code is named. Default: true. */
  readonly explain?: boolean;
}

/**
 * The text of an error that a run ended with, without a final newline. Throws a `TypeError` for what is no error of a run. It may be printed: what would steer a terminal is shown instead.
 *
 * @example
 * const result = await sandbox.run(source, { filename: "report.ts" });
 * if (result.status !== "ok") console.error(formatError(result.error, { source, filename: "report.ts", registry }));
 */
export function formatError(error: RunError, options: FormatErrorOptions): string {
  checkArguments(error, options);
  return describeError(readable(error), harmless(error.name), options, plain);
}

/** Both come from code that may be JavaScript, and where a run has ended well there is no error. */
function checkArguments(error: RunError | undefined, options: FormatErrorOptions | undefined): void {
  if (typeof error?.message !== "string" || typeof error.name !== "string" || typeof error.stack !== "string")
    throw new TypeError("formatError: expected the `error` of a result whose `status` is not `ok`.");
  if (typeof options?.source !== "string")
    throw new TypeError("formatError: expected `{ source }`, the text that was run.");
}

/** Colours of the parts of the text. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;
const plain: Paint = { red: same, bold: same, cyan: same, dim: same };

/** The same in colours, of an error whose texts are harmless. `kind` is what it is called: its name, or how the run ended. */
export function describeError(
  error: RunError,
  kind: string,
  options: FormatErrorOptions,
  paint: Paint,
): string {
  const code = error.code === undefined ? "" : ` [${error.code}]`;
  const frames = framesOf(error);
  const place = placeOf(error, options);
  const at = place === null ? "" : `${harmless(place.file)}:${place.line}:${place.column}`;
  // A SyntaxError's message begins with its place, which has a line of its own here.
  const message = error.message.startsWith(`${at}: `) ? error.message.slice(at.length + 2) : error.message;
  const lines = [`${paint.red("error")} ${paint.bold(kind + code)}: ${message}`];
  if (place !== null) {
    lines.push(`  ${paint.cyan(at)}`);
    const { line, column, source } = place;
    const range = { line, column, endLine: line, endColumn: column + wordLength(place) };
    const frame = codeFrame(source, range, { paintGutter: paint.dim, paintCarets: paint.red });
    if (frame !== null) lines.push(frame);
  }
  // One frame is the place above; the rest says how the script got there.
  const shown = place === null ? -1 : frames.indexOf(firstFrame(error) ?? "");
  lines.push(...frames.filter((_, at) => at !== shown).map((frame) => paint.dim(`  ${frame.trim()}`)));
  for (let cause = error.cause; cause !== undefined; cause = cause.cause)
    lines.push(`  caused by ${inOneLine(cause, place, options)}`);
  for (const inner of error.errors ?? [])
    lines.push(`  one of its errors is ${inOneLine(inner, place, options)}`);
  const hint = hintFor(error, place, options.registry);
  if (hint !== null) lines.push(`  ${paint.bold("help:")} ${harmless(hint)}`);
  if (options.explain !== false && error.code?.startsWith("ERR_") === true) {
    lines.push(`  ${paint.bold("help:")} \`isobind explain ${error.code}\``);
  }
  return lines.join("\n");
}

/** An error inside another, with its place unless that is the one already shown. */
function inOneLine(error: RunError, shown: Place | null, options: FormatErrorOptions): string {
  const place = placeOf(error, options);
  const isShown =
    place?.file === shown?.file && place?.line === shown?.line && place?.column === shown?.column;
  const at = place === null || isShown ? "" : ` (${harmless(place.file)}:${place.line}:${place.column})`;
  return `${error.name}: ${error.message}${at}`;
}

/** The error with every text of the script made harmless. */
function readable({ name, message, code, stack, cause, errors }: RunError): RunError {
  return {
    name: harmless(name),
    message: harmless(message),
    ...(code === undefined ? {} : { code: harmless(code) }),
    stack: harmless(stack),
    ...(cause === undefined ? {} : { cause: readable(cause) }),
    ...(errors === undefined ? {} : { errors: errors.map(readable) }),
  };
}
