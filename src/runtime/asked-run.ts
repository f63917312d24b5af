/**
 * Turns what `run` was asked into what a runner needs: the script with its globals and limits, the host side of the run, and what
 * refuses it before it starts.
 */
import type { Registry, RegistryScript } from "../model/registry.ts";
import { checkContractPin } from "./contract-pin.ts";
import type { Message } from "./crossing/message.ts";
import { option } from "./errors.ts";
import { encodeGlobals } from "./globals.ts";
import { sendMessage } from "./host/crossing.ts";
import { notify, type Hooks } from "./host/hooks.ts";
import { createHostRun, type HostRunOptions, type OwnedHostRun } from "./host/host-run.ts";
import { languageOf } from "./host/language.ts";
import { createModuleHost, type EarlyModules, type OwnedModuleHost } from "./host/module-host.ts";
import type { RunId } from "./host/run-id.ts";
import { givenInput } from "./host/script-values.ts";
import type { Telemetry } from "./host/telemetry.ts";
import { limitsOf, tightenLimits, type ResolvedLimits } from "./limits.ts";
import type { Regional } from "./host-regional.ts";
import type { RunError } from "./result.ts";
import type { GivenRunOptions } from "./run-options.ts";
import type { Runner } from "./runner.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { checkKind, kindOfRun } from "./script-kind.ts";
import type { GuestLimits, GuestScript } from "./seam.ts";
import type { Typecheck } from "./typecheck.ts";

/** What a sandbox is made of, the same for all its runs. */
export interface Parts {
  readonly options: SandboxOptions;
  readonly limits: ResolvedLimits;
  readonly registry: Registry;
  readonly globals: Readonly<Record<string, unknown>>;
  readonly telemetry: Telemetry | null;
  readonly regional: Regional;
  readonly runner: Runner;
  readonly typecheck: Typecheck | null;
}

/** A run that was asked for, checked and ready to be sent. */
export interface AskedRun {
  readonly script: GuestScript;
  readonly kind: RegistryScript | null;
  readonly limits: ResolvedLimits;
  readonly options: GivenRunOptions;
  /** The context as a thread hears it; only where the host side is one. */
  readonly sentContext: Message | undefined;
}

/** Throws for limits that are none. */
export function limitsOfRun({ limits }: Pick<Parts, "limits">, options: GivenRunOptions): ResolvedLimits {
  return options.limits ? tightenLimits(limits, options.limits) : limits;
}

/** Checks and encodes what goes along with a script. Throws for a mistake of the host, before anything of the run exists. */
export function askRun(parts: Parts, source: string, options: GivenRunOptions): AskedRun {
  const limits = limitsOfRun(parts, options);
  const kind = kindOfRun(parts.registry, options.kind);
  const script = guestScript(parts, source, options, limits, kind);
  const { context } = options;
  const isSent = parts.options.placement === "worker" && context !== undefined;
  const sentContext = isSent ? sendContext(context, limits.payloadBytes) : undefined;
  return { script, kind, limits, options, sentContext };
}

/** For host functions that are in the worker, which get a copy: what cannot be copied is refused, rather than missing there. */
function sendContext(context: unknown, payloadBytes: number): Message {
  const sent = sendMessage(context, payloadBytes, "run", "context");
  if (sent.ok) return sent.value;
  throw option(`${sent.refusal.message} Host functions of placement: "worker" get a copy of it.`);
}

function guestScript(
  { options: sandbox, globals, registry, limits: allowed }: Parts,
  source: string,
  options: GivenRunOptions,
  limits: ResolvedLimits,
  kind: RegistryScript | null,
): GuestScript {
  const filename = options.filename ?? "script.js";
  const isGiven = "input" in options || (kind !== null && kind.input !== null);
  const input = kind ? givenInput(kind, registry, options.input, limits.payloadBytes) : options.input;
  const values = isGiven ? { ...globals, input } : globals;
  const tightened = guestLimitsChanged(allowed, limits);
  return {
    source,
    filename,
    language: options.language ?? (options.filename === undefined ? "auto" : languageOf(filename)),
    globals: encodeGlobals(values, limits.payloadBytes),
    onDetached: options.onDetached ?? sandbox.onDetached ?? "error",
    ...(options.modules === undefined
      ? {}
      : { imports: options.dynamicImport === true ? "dynamic" : "static" }),
    ...(tightened ? { limits: tightened } : {}),
  };
}

function guestLimitsChanged(allowed: ResolvedLimits, wanted: ResolvedLimits): GuestLimits | null {
  if (wanted === allowed) return null;
  const limits = limitsOf("guest", wanted);
  const names = Object.keys(limits) as (keyof GuestLimits)[];
  return names.some((name) => limits[name] !== allowed[name]) ? limits : null;
}

/** What only this run knows of its host side. */
interface OwnHostSide {
  readonly id: RunId;
  readonly signal: AbortSignal;
  readonly nesting: number;
  readonly mayWait: boolean;
  readonly watchCall: Hooks["watchCall"];
}

export interface HostSide {
  readonly host: OwnedHostRun;
  /** Modules, for the check before the run; `undefined` where scripts may import none. */
  readonly early: EarlyModules | undefined;
}

/** The host side of the run: hooks, limits and modules in one. */
export function hostSide(parts: Parts, asked: AskedRun, { watchCall, ...own }: OwnHostSide): HostSide {
  const { limits, options, sentContext } = asked;
  const modules = moduleHost(parts, asked, own.id);
  const { context } = options;
  const host = createHostRun({ ...shared(parts, watchCall), ...own, limits, context, sentContext, modules });
  return { host, early: modules?.early };
}

/** What all runs of a sandbox have in common. */
function shared(
  { options, registry }: Parts,
  watchCall: Hooks["watchCall"],
): Pick<HostRunOptions, "registry" | "hooks" | "errors" | "validateResults"> {
  const { onConsole, onError, onRefused, onCall, approve, errors, validateResults } = options;
  return {
    registry,
    hooks: { approve, onConsole, onError, onRefused, onCall, watchCall },
    errors: errors ?? "show",
    validateResults: validateResults ?? (process.env["NODE_ENV"] === "production" ? "off" : "error"),
  };
}

function moduleHost(
  { options: sandbox }: Parts,
  { script, limits, options: { modules, context } }: AskedRun,
  runId: RunId,
): OwnedModuleHost | undefined {
  if (modules === undefined) return undefined;
  const { onError, errors = "show" } = sandbox;
  let failures = 0;
  return createModuleHost({
    modules,
    filename: script.filename,
    limits,
    runId,
    context,
    errors,
    report(failure) {
      const id = `${runId.text}-module-${++failures}`;
      notify(onError, { ...failure, id, runId: runId.text, context, path: [] });
      return id;
    },
  });
}

type Refusal = RunError | null;

/** Why the script does not run at all: another contract, another kind, other types than the declaration's. Waits only for modules. */
export function refusalOf(parts: Parts, asked: AskedRun, side: HostSide): Refusal | Promise<Refusal> {
  const { source, filename } = asked.script;
  return (
    checkContractPin(source, filename, parts.registry) ??
    checkKind(source, filename, parts.registry, asked.kind) ??
    checkTypes(parts, asked, side)
  );
}

/** `null` also where a mistake is only said on the run's console. */
function checkTypes(
  { typecheck, options: sandbox }: Parts,
  { script, options, limits }: AskedRun,
  { host, early }: HostSide,
): Refusal | Promise<Refusal> {
  if (typecheck === null) return null;
  const told = (error: Refusal): Refusal => {
    if (error === null || sandbox.typecheck === "error") return error;
    host.console("warn", error.message);
    return null;
  };
  const { source } = script;
  const { filename = "script.ts", kind } = options;
  const wanted = { source, filename, kind };
  if (early === undefined) return told(typecheck.check(wanted));
  const modules = seenFrom(filename, script.filename, early);
  return typecheck.checkWith(wanted, modules, limits).then(told);
}

/** A script without a name is checked as TypeScript, under a name that its loader does not know it by. */
function seenFrom(checked: string, id: string, early: EarlyModules): EarlyModules {
  if (checked === id) return early;
  return {
    ...early,
    async find(specifier, from) {
      const found = await early.find(specifier, from === checked ? id : from);
      return found === id ? checked : found;
    },
  };
}
