/**
 * The check of scripts as an API: opens a declaration once and checks any number of scripts against it, as `isobind typecheck` does. The
 * compiler and its libraries stay loaded between checks.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultEngines, type EngineName, oldestEngine } from "../config/engines.ts";
import { declarationOf } from "../declaration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unknownOptions, type OptionNames } from "../model/option-names.ts";
import { mapLoader } from "../model/module-map.ts";
import { resolveSpecifier } from "../model/specifier.ts";
import type { Registry } from "../model/registry.ts";
import { readPragma } from "../model/pragma.ts";
import type { GatheredModules, GatherLimits, ModulesFrom, ModuleText } from "./typecheck/gather.ts";
import type { Script, ScriptModules } from "./typecheck/frontend/service.ts";
import { type Look, openLook } from "./typecheck/native/look.ts";

/** Exactly one of `contract` and `declaration`. */
export interface CheckerOptions {
  /** The content of a `contract.json`, parsed or as text, or a registry. */
  readonly contract?: Registry | object | string;
  /** The text of a `secure-exec.d.ts`. */
  readonly declaration?: string;
  /** What the scripts run on. Default: `node22`, the oldest there is. */
  readonly engine?: EngineName;
  /**
   * Whether a TypeScript 7.0 that is installed beside isobind is asked first whether a script is right, many times as fast. It is a process, which ends with the checker.
   * Findings are the same. Default: true.
   */
  readonly native?: boolean;
}

export interface CheckOptions {
  /** Names the script in findings; its extension says the language. Default: `script.ts`. */
  readonly filename?: string;
  /** The kind of script, of the definition's `Scripts`, when it names none itself. */
  readonly kind?: string;
  /** What the script may import, as `run` takes it: texts by name, or what `gather` has fetched from a loader. Default: nothing. */
  readonly modules?: Readonly<Record<string, string>> | Gathered;
}

/** Finds modules when they are named, as the loader of a run does. */
export interface CheckLoader {
  /** The id that a name means, `null` for none. Default: relative names are joined, others are ids. */
  resolve?(specifier: string, referrer: string, about: CheckAbout): Awaitable<string | null | undefined>;
  /** The text of a module; `null` for one that is not there. */
  load(id: string, about: CheckAbout): Awaitable<string | ModuleText | null | undefined>;
  /** Ids that exist, for the suggestion when a name leads nowhere. */
  names?(about: CheckAbout): Awaitable<Iterable<string>>;
}

type Awaitable<Value> = Value | PromiseLike<Value>;

/** What a loader of runs is told, of no run. */
export interface CheckAbout {
  readonly runId: string;
  readonly context: undefined;
  readonly signal: AbortSignal;
}

export interface GatherOptions {
  /** The id of the script. Default: `script.ts`. */
  readonly filename?: string;
  readonly modules: CheckLoader;
  /** Default: those of a sandbox, 1,000 modules and 4 MiB. */
  readonly limits?: Partial<GatherLimits>;
}

/** Modules that a script reaches, ready to be checked with it. */
export interface Gathered {
  /** The same for the same names and texts: a finding may be kept by it and the text of the script. */
  readonly key: string;
}

export interface Checker {
  /**
   * What is wrong with a script, by place: the findings of `isobind typecheck`. Empty when it fits. Behind them what is wrong with the modules it imports, each
   * finding with the module's name as its `file`.
   */
  check(source: string, options?: CheckOptions): readonly Diagnostic[];
  /**
   * Fetches what a script imports from a loader, for `check`. Rejects with what the loader throws, and with a `RangeError` where there is more
   * than the limits allow.
   *
   * @example
   * const modules = await checker.gather(source, { filename: "a.ts", modules: loader });
   * checker.check(source, { filename: "a.ts", modules });
   */
  gather(source: string, options: GatherOptions): Promise<Gathered>;
}

/**
 * Opens a checker. Keep it: its first check reads the libraries, every later one only its script.
 *
 * Throws a `TypeError` when neither or both of `contract` and `declaration` are given, when a declaration does not declare `SecureExec`, and, as `check`, for an option that does not exist.
 *
 * @example
 * const checker = createChecker({ contract: JSON.parse(await readFile("generated/contract.json", "utf8")) });
 * checker.check("SecureExec.bindings.grete('x');", { filename: "a.ts" })[0].message;
 * // "`SecureExec.bindings` has no `grete`. Did you mean `greet`? (TS2551)"
 */
export function createChecker(options: CheckerOptions): Checker {
  refuseUnknown("createChecker", options, checkerNames);
  const { contract, declaration, engine = oldestEngine(defaultEngines), native = true } = options;
  if ((contract === undefined) === (declaration === undefined)) {
    throw new TypeError("createChecker: give either `contract` or `declaration`.");
  }
  const text = declaration ?? declarationOf(contract as Registry | object | string);
  if (!/\bSecureExec\b/u.test(text)) {
    throw new TypeError(
      "createChecker: the declaration does not declare `SecureExec`; give the text of a `secure-exec.d.ts`.",
    );
  }
  const isRight = native ? lookedAt(text, engine) : () => false;
  const careful = once(() => {
    const whole = loadWhole();
    return { ...whole, checker: whole.createScriptChecker(engine) };
  });
  const live: Checker = {
    check(source, asked = {}) {
      refuseUnknown("check", asked, checkNames);
      const { filename = usualName, kind, modules } = asked;
      const script = { file: filename, text: source, ...(kind !== undefined && { kind }) };
      if (modules === undefined && isRight(script)) return [];
      const { typecheckScripts, checker, extensionOf } = careful();
      if (modules === undefined) return typecheckScripts([script], text, { checker, modules: none });
      const given = modulesOf(modules, filename, extensionOf);
      return typecheckScripts([script], text, { checker, modules: given }).map((found) =>
        found.file === null || found.file === filename
          ? found
          : { ...found, file: given.filename(found.file) },
      );
    },
    async gather(source, asked) {
      refuseUnknown("gather", asked, gatherNames);
      const { filename = usualName, modules, limits } = asked;
      const script = { file: filename, text: source };
      const { gatherModules } = careful();
      return gatherModules(script, fromLoader(modules), { ...usualLimits, ...limits });
    },
  };
  return live;
}

/** Looks with TypeScript 7, if there is one, as long as somebody holds the answer. */
function lookedAt(declaration: string, engine: EngineName): (script: Script) => boolean {
  const open = once(() => {
    const look = openLook(dirname(fileURLToPath(import.meta.url)), engine);
    if (look !== null) left.register(isRight, look);
    return look;
  });
  const isRight = (script: Script): boolean =>
    // Whose contract a script names is not a question of types.
    readPragma(script.text) === null && open()?.fitting([script], declaration).has(script) === true;
  return isRight;
}

/** Ends the processes of checkers that nobody holds any more. */
const left = new FinalizationRegistry<Look>((look) => look.close());

type Whole = typeof import("./typecheck/whole.ts");

/** At once, because a check answers at once; and not before, because most of its time is the compiler's start. */
const loadWhole = once((): Whole => {
  const file = import.meta.url.endsWith(".ts") ? "./typecheck/whole.ts" : "./typecheck/whole.js";
  return createRequire(import.meta.url)(file) as Whole;
});

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

const usualName = "script.ts";
const usualLimits: GatherLimits = { modules: 1_000, moduleBytes: 4 * 1_024 * 1_024 };

/** A run without modules has none: a script is no module of itself either. */
const none: ScriptModules = { areScriptsNone: true, find: () => null, read: () => null, names: () => [] };

/** Names in a program are ids; findings carry the names of files. */
type NamedModules = ScriptModules & Pick<GatheredModules, "filename">;

function modulesOf(
  modules: Readonly<Record<string, string>> | Gathered,
  script: string,
  extensionOf: Whole["extensionOf"],
): NamedModules {
  if (isGathered(modules)) return modules;
  const map = mapLoader(modules as Readonly<Record<string, string>>, script);
  return {
    isHost: true,
    find: map.resolve,
    read: (id) => map.load(id)?.source ?? null,
    names: () => [...map.names()],
    extension: (id) => extensionOf(id, map.load(id)),
    filename: (id) => map.load(id)?.filename ?? id,
  };
}

/** A map has texts and nothing else. */
function isGathered(modules: object): modules is GatheredModules {
  return "isHost" in modules && modules.isHost === true;
}

function fromLoader(loader: CheckLoader): ModulesFrom {
  const about = { runId: "check", context: undefined, signal: new AbortController().signal };
  return {
    find: async (specifier, from) =>
      (loader.resolve ? await loader.resolve(specifier, from, about) : resolveSpecifier(specifier, from)) ??
      null,
    async read(id) {
      const module = (await loader.load(id, about)) ?? null;
      return typeof module === "string" ? { source: module } : module;
    },
    names: () => loader.names?.(about) ?? [],
  };
}

const checkerNames: OptionNames<CheckerOptions> = {
  contract: true,
  declaration: true,
  engine: true,
  native: true,
};
const checkNames: OptionNames<CheckOptions> = { filename: true, kind: true, modules: true };
const gatherNames: OptionNames<GatherOptions> = { filename: true, modules: true, limits: true };

function refuseUnknown(of: string, options: unknown, known: Readonly<Record<string, true>>): void {
  const why = unknownOptions(of, options, known);
  if (why !== null) throw new TypeError(why);
}
