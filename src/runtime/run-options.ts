/**
 * Names what the caller of one run may choose, and checks what was given.
 */
import type { HostContext } from "../registry/call-context.ts";
import { option } from "./errors.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { languages } from "./host/language.ts";
import { checkJournalOptions, type JournalOptions } from "./journal/options.ts";
import type { Limits } from "./limits.ts";
import { checkModules, type Modules } from "./host/modules.ts";
import type { GuestScript, OnDetached } from "./seam.ts";

/**
 * `context` is asked for when the program has said, in `Isobind.Register`, that every run is given one; `input` when the definition says
 * that a script of this kind is given one.
 */
export type RunOptions<Scripts = unknown, Kind = DefaultKind<Scripts>> = Omit<RunSettings, "input" | "kind"> &
  (undefined extends HostContext ? { readonly context?: HostContext } : { readonly context: HostContext }) &
  InputOption<Scripts, Kind> &
  KindOption<Scripts, Kind>;

/** The arguments of `run` after its source: options may be left out, unless there is something that must be given. */
export type RunArguments<Scripts = unknown, Kind = DefaultKind<Scripts>> =
  Record<never, never> extends RunOptions<Scripts, Kind>
    ? [options?: RunOptions<Scripts, Kind>]
    : [options: RunOptions<Scripts, Kind>];

/** The kinds of script there are. */
export type KindName<Scripts> = unknown extends Scripts ? string : (keyof Scripts & string) | "default";

/** The kind of a run that names none. */
export type DefaultKind<Scripts> = unknown extends Scripts ? string : "default";

/** What a script of this kind gives: the type of its default export; `unknown` where nothing is said of it. */
export type ScriptOutput<Scripts, Kind> = Kind extends keyof Scripts
  ? Scripts[Kind] extends { readonly result: infer Result }
    ? Result
    : unknown
  : unknown;

/** As the definition has it: with its `?`, if there is one. */
type InputOption<Scripts, Kind> = Kind extends keyof Scripts
  ? "input" extends keyof Scripts[Kind]
    ? Pick<Scripts[Kind], "input">
    : { readonly input?: unknown }
  : { readonly input?: unknown };

type KindOption<Scripts, Kind> = unknown extends Scripts
  ? { readonly kind?: string }
  : "default" extends Kind
    ? { readonly kind?: Kind }
    : { readonly kind: Kind };

export interface RunSettings extends JournalOptions {
  /** Shown in stacks; its extension decides the language. Default: `script.js`. */
  readonly filename?: string;
  /** Names the run in hooks, contexts and spans. Default: a random UUID. */
  readonly runId?: string;
  /**
   * Frozen global `input` of the script. Where the definition says what a script is, it must be of that type (`ERR_SCRIPT_INPUT`); what the
   * type does not declare is left out.
   */
  readonly input?: unknown;
  /** The kind of script, of the definition's `Scripts`. Default: its `Script`, if it has one. */
  readonly kind?: string;
  /** Ends the run as `aborted`. */
  readonly signal?: AbortSignal;
  /** `auto` takes JavaScript, and strips types from what is not. Default: by the extension of `filename`, else `auto`. */
  readonly language?: GuestScript["language"];
  /** Tighter limits for this run. */
  readonly limits?: Limits;
  /** What becomes of work the script leaves behind. Default: what the sandbox says. */
  readonly onDetached?: OnDetached;
  /** What the script may import: texts by name, or a loader. Default: nothing, and an `import` is a mistake. */
  readonly modules?: Modules;
  /**
   * Whether scripts and modules may call `import()` too. What it names must be written there as a text; it is loaded with the others, and evaluated when
   * it is first asked for. Default: false.
   */
  readonly dynamicImport?: boolean;
}

/** Options of a run in a program that may have said what its `context` is: it is looked at by host functions and hooks alone. */
export type GivenRunOptions = RunSettings & { readonly context?: HostContext };

const names: OptionNames<RunOptions> = {
  filename: true,
  runId: true,
  input: true,
  kind: true,
  signal: true,
  language: true,
  limits: true,
  context: true,
  onDetached: true,
  modules: true,
  dynamicImport: true,
  journal: true,
  answer: true,
  onDoubt: true,
};

const detachedChoices: readonly unknown[] = ["error", "wait", "warn", undefined];

/** Throws a `SandboxError` for a source that is no text, and for an option that does not exist or cannot be meant. */
export function checkRunOptions(source: unknown, options: RunOptions): void {
  if (typeof source !== "string") throw option("source: expected the text of a script.");
  refuseUnknown("run", options, names);
  for (const name of ["filename", "runId", "kind"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "string")
      throw option(`${name}: expected a string.`);
  }
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw option("signal: expected an AbortSignal.");
  }
  if (!languages.includes(options.language))
    throw option('language: expected "javascript", "typescript" or "auto".');
  if (!detachedChoices.includes(options.onDetached))
    throw option('onDetached: expected "error", "wait" or "warn".');
  if (options.modules !== undefined) checkModules(options.modules);
  if (options.dynamicImport !== undefined && typeof options.dynamicImport !== "boolean")
    throw option("dynamicImport: expected true or false.");
  checkJournalOptions(options);
}
