/**
 * Names what the owner of a sandbox may choose, and checks what was given. What has a home of its own is checked
 * there: limits, globals, the pool.
 */
import type { BindingTree, Registry } from "../model/registry.ts";
import type { PlacementOptions } from "./create-runner.ts";
import { option } from "./errors.ts";
import type { Approve } from "./host/approval.ts";
import type { CallFailure, CallHook, ConsoleEvent, RefusedCall } from "./host/hooks.ts";
import type { TelemetryOption } from "./host/telemetry.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import type { Limits } from "./limits.ts";
import type { RegionalOptions } from "./regional.ts";
import type { OnDetached } from "./seam.ts";

/**
 * What the owner of a sandbox chooses. `globals` is asked for where the registry says which globals every script has.
 */
export type SandboxOptions<Scripts = unknown, Globals = unknown> = SandboxSettings<Scripts, Globals> &
  GlobalsOption<Globals>;

/** As the definition has them; without it data of any names. */
export type GlobalsOption<Globals> = unknown extends Globals
  ? AnyGlobals
  : Record<never, never> extends Globals
    ? { readonly globals?: Globals }
    : { readonly globals: Globals };

interface AnyGlobals {
  /**
   * Frozen data every script finds in its global scope. Functions are refused: offer them as bindings. A name may be one that only
   * the host has, such as `fetch` or `process`; names of the language (`Array`, `class`) are refused. Where the definition lists globals,
   * exactly those are given, each of its type.
   */
  readonly globals?: Readonly<Record<string, unknown>>;
}

export interface SandboxSettings<out Scripts = unknown, out Globals = unknown>
  extends PlacementOptions, RegionalOptions {
  /** What scripts may call: a generated registry, or a plain tree whose calls are decided one by one. */
  readonly registry?: Registry<Scripts, Globals> | BindingTree;
  /** The `secure-exec.d.ts` scripts are written against: its path, its URL or its text. Must fit the registry. */
  readonly declaration?: string | URL;
  /**
   * Whether scripts are type-checked before they run, against `declaration` or else the registry: `error` ends a run that does not fit as
   * `ERR_SCRIPT_TYPES`, `warn` prints what is wrong on the script's console, `off` (default) loads no compiler. Modules of a run are
   * checked with its script. Needs the package `isobind`.
   */
  readonly typecheck?: "off" | "warn" | "error";
  /** What a run may use at most: see `limitTable` for defaults and ranges. */
  readonly limits?: Limits;
  /** Gets what scripts print. Without it the text is dropped. */
  readonly onConsole?: (event: ConsoleEvent) => unknown;
  /** Runs around every call. */
  readonly onCall?: CallHook;
  /**
   * Asked before each call of a binding marked `@approval`; only `true` lets it through, anything else is `ERR_BINDING_APPROVAL`. For a binding that is synchronous
   * the answer must be no promise. The time it takes is time of the run. Default: a run with a journal waits for an answer, and any other refuses such calls.
   */
  readonly approve?: Approve;
  /** Hears of every failure of a host function, with what the script does not see. */
  readonly onError?: (failure: CallFailure) => unknown;
  /**
   * Hears of every call that is refused before its function is called: arguments of another type, a limit, an approval that was not given. What the isolate
   * itself refuses (a function as an argument, a binding of another profile) never comes here.
   */
  readonly onRefused?: (refused: RefusedCall) => unknown;
  /** What a script sees of an error no `@throws` declares: name, message and code, or only an id. Default: `show`. */
  readonly errors?: "show" | "mask";
  /** Whether results are checked against the contract. Default: `error`, and `off` when NODE_ENV is `production`. */
  readonly validateResults?: "off" | "error";
  /**
   * What becomes of work a script leaves behind: calls in flight that nobody awaits, a rejection that nobody handles. `error` (default): the run
   * ends as an error, `ERR_SCRIPT_DETACHED`, that names the call and its line. `wait`: the run goes on until no call is in flight, under its limits; a
   * rejection nobody handled is still an error. `warn`: a warning on the script's console.
   */
  readonly onDetached?: OnDetached;
  /** Records OpenTelemetry spans and metrics; needs `@opentelemetry/api`. */
  readonly telemetry?: TelemetryOption;
}

export const sandboxOptionNames: OptionNames<SandboxOptions> = {
  registry: true,
  declaration: true,
  typecheck: true,
  limits: true,
  globals: true,
  onConsole: true,
  onCall: true,
  approve: true,
  onError: true,
  onRefused: true,
  errors: true,
  validateResults: true,
  onDetached: true,
  timeZone: true,
  locale: true,
  telemetry: true,
  isolation: true,
  placement: true,
  registryModule: true,
  workers: true,
  poolMb: true,
  minIdle: true,
  idleMs: true,
  maxRuns: true,
  queueMax: true,
  queueMs: true,
  execPath: true,
};

const choices = {
  isolation: ["process", "none"],
  placement: ["host", "worker"],
  typecheck: ["off", "warn", "error"],
  errors: ["show", "mask"],
  validateResults: ["off", "error"],
  onDetached: ["error", "wait", "warn"],
} as const;

const hooks = ["onConsole", "onCall", "approve", "onError", "onRefused"] as const;

/** Throws a `SandboxError` for an option that does not exist or cannot be meant. */
export function checkSandboxOptions(options: SandboxOptions): void {
  refuseUnknown("createSandbox", options, sandboxOptionNames);
  for (const [name, allowed] of Object.entries(choices)) {
    const value: unknown = options[name as keyof typeof choices];
    if (value === undefined || (allowed as readonly unknown[]).includes(value)) continue;
    throw option(`${name}: expected ${list(allowed)}.`);
  }
  for (const name of ["onCall", "approve", "onError", "onRefused"] as const) {
    if (options.placement !== "worker" || options[name] === undefined) continue;
    throw option(
      `${name}: host functions of placement: "worker" are called in the worker, where no hook of yours runs.`,
    );
  }
  for (const name of hooks) {
    if (options[name] !== undefined && typeof options[name] !== "function")
      throw option(`${name}: expected a function.`);
  }
  for (const name of ["declaration", "registryModule"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "string" && !(value instanceof URL))
      throw option(`${name}: expected a path or a URL.`);
  }
  if (options.execPath !== undefined && typeof options.execPath !== "string")
    throw option("execPath: expected the path of a Node executable.");
}

/** `"a", "b" or "c"`. */
function list(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`);
  return [...quoted.slice(0, -2), quoted.slice(-2).join(" or ")].join(", ");
}
