/**
 * What a model is answered after a run: the result in the JSON form, shortened by whole parts with a note of what is missing, or the error with its place and
 * what to do, so that the script can be mended in one turn; and before either, what was printed.
 */
import type { Json } from "../model/json.ts";
import type { Registry } from "../model/registry.ts";
import { formatError, type RunResult } from "../runtime/index.ts";
import type { Reference } from "../prompt/index.ts";
import type { ScriptCall } from "./call.ts";
import { shortened, type ConsoleLine, type ConsoleLines } from "./console-text.ts";
import { structured, type Structured } from "./output.ts";
import { fits, plainJson } from "./plain-json.ts";
import type { Question } from "./questions.ts";
import { shorten } from "./shorten.ts";

export interface Answer {
  /** How the run ended; `refused` when it never began. */
  readonly status: RunResult["status"] | "refused";
  /** For a model. Names no place of the host. */
  readonly text: string;
  /** Of an error, where it has one: `ERR_SCRIPT_TYPES`. */
  readonly code?: string;
  /** The default export in the JSON form, shortened as in `text`; absent when the run ended in another way than well. */
  readonly result?: Json;
  /** Where something is missing in `result`; empty when it is whole. */
  readonly missing: readonly string[];
  readonly console: readonly ConsoleLine[];
  /** The whole result, where the definition says what scripts give. */
  readonly structured?: Structured;
  /** With the status `suspended`: what a person is to be asked. */
  readonly question?: Question;
}

export interface AnswerOptions {
  readonly call: ScriptCall;
  readonly filename: string;
  readonly console: ConsoleLines;
  readonly registry: Registry;
  readonly reference: Reference;
  readonly resultChars: number;
  /** Whether a program wants the whole result as well. */
  readonly isTyped: boolean;
}

/** A structured result is never shortened, and messages of protocols may have ten megabytes. */
const mostStructuredChars = 1_000_000;

export function answerOf(result: RunResult, options: AnswerOptions): Answer {
  return result.status === "ok" ? wellOf(result.exports, options) : errorOf(result, options);
}

function wellOf(exports: { readonly [name: string]: unknown }, options: AnswerOptions): Answer {
  const { call, console, isTyped } = options;
  const { json, isCircular } = plainJson(exports["default"]);
  const { json: result, notes } = shorten(json, options.resultChars);
  const hasResult = Object.hasOwn(exports, "default");
  const others = Object.keys(exports).filter((name) => name !== "default");
  const text = paragraphs([
    printed(console),
    hasResult
      ? `Result:\n${JSON.stringify(result)}`
      : "The script ended well and exports nothing as default.",
    others.length === 0
      ? ""
      : `Only the default export is given back, not ${shortened(others.slice(0, 10).join(", "), 200)}.`,
    notes.length === 0
      ? ""
      : `Not shown:\n${notes.map((note) => `- ${note}`).join("\n")}\nGive back less, or the part that matters.`,
  ]);
  const shown = { text, missing: notes, console: console.lines() };
  if (!isTyped) return { status: "ok", result, ...shown };
  if (isCircular) return unfit("The result holds itself, and JSON cannot.", options);
  if (!fits(json, mostStructuredChars))
    return unfit(`The result has more than ${mostStructuredChars} characters as JSON.`, options);
  return { status: "ok", result, ...shown, structured: structured(call.kind, json) };
}

/** A result of the right type that cannot be handed over whole. */
function unfit(message: string, { console }: AnswerOptions): Answer {
  const text = paragraphs([printed(console), `error [ERR_SCRIPT_RESULT]: ${message} Give back less.`]);
  return { status: "error", code: "ERR_SCRIPT_RESULT", text, missing: [], console: console.lines() };
}

function errorOf(
  { status, error }: Exclude<RunResult, { status: "ok" }>,
  { call, filename, console, registry, reference, resultChars }: AnswerOptions,
): Answer {
  const { code } = error;
  const end = { status, ...(code !== undefined && { code }), missing: [], console: console.lines() };
  if (status === "crashed") return { ...end, text: paragraphs([printed(console), crashText(code)]) };
  // A message may be as long as a script likes, and the line of its code too.
  const told = shortened(
    formatError(error, { source: call.source, filename, registry, explain: false }),
    resultChars,
  );
  const text = paragraphs([
    printed(console),
    told,
    howItIsCalled(code, error.message, reference),
    code === "ERR_JOURNAL_REQUIRED" ? notHere : "",
  ]);
  return { ...end, text };
}

/** No mending of the script helps. */
const notHere = "No script can make this call here. Leave it out, and tell the user what is to be decided.";

/** Why a worker ended is the host's to know: the words may name its files. */
export function crashText(code = "ERR_SANDBOX_CRASHED"): string {
  return `error [${code}]: The sandbox could not carry out the run. Whether the script is to blame is not known; a second crash should be told to the user.`;
}

/** A refused argument says what was expected at one place; this is the whole call. */
function howItIsCalled(code: string | undefined, message: string, reference: Reference): string {
  if (code !== "ERR_BINDING_INVALID_ARGUMENT") return "";
  const name = /^`?(?:SecureExec\.bindings\.)?([\p{ID_Start}$][\p{ID_Continue}$.]*)/u.exec(message)?.[1];
  const text = name === undefined ? "" : reference.describe(name);
  return text.startsWith("declare") ? text.trimEnd() : "";
}

function printed(console: ConsoleLines): string {
  const text = console.text();
  return text === "" ? "" : `Printed:\n${text}`;
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
