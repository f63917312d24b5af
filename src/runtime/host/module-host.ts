/**
 * Answers what the modules of one run name, from a map or a loader of the host. Counts what it gives away, because who asks
 * may lie; keeps what a loader throws from becoming anything but an answer; and calls the loader in the asynchronous context
 * of the run.
 */
import { AsyncResource } from "node:async_hooks";
import { counted } from "../../model/counted.ts";
import type { HostContext } from "../../registry/call-context.ts";
import { mapLoader } from "../../model/module-map.ts";
import { remembered } from "../../model/remembered.ts";
import { isRelative, meantModule, resolveSpecifier, specifierFrom } from "../../model/specifier.ts";
import { MalformedValue } from "../crossing/message.ts";
import type { ErrorCode } from "../errors.ts";
import { languageOf, languages } from "./language.ts";
import type { LimitsOf } from "../limits.ts";
import { isLoader, type LoadedModule, type ModuleAbout, type Modules } from "./modules.ts";
import type { ModuleAnswer, ModuleAnswers, ModuleRequest, SentModule } from "../seam.ts";
import { isError, readString } from "./look.ts";
import type { RunId } from "./run-id.ts";
import { scrub } from "./scrub.ts";

export interface ModuleHost {
  /** Rejects with nothing but `MalformedValue`, for a number nobody was sent: only a worker that lies asks so. */
  load(requests: readonly ModuleRequest[]): Promise<ModuleAnswers>;
  /** The run is over: nothing is loaded any more. */
  end(reason: unknown): void;
}

/** A host of modules that can be asked before the run begins. */
export interface OwnedModuleHost extends ModuleHost {
  /**
   * For whoever looks at the modules before the run: the id a name means, the text of an id, ids that exist. The loader is asked once for each, whoever
   * asks first, so that what was looked at is what runs. Rejects with an `Error` where the loader has failed.
   */
  readonly early: EarlyModules;
}

export interface EarlyModules {
  find(specifier: string, from: string): Promise<string | null>;
  read(id: string): Promise<SentModule | null>;
  names(): Promise<readonly string[]>;
}

export interface ModuleHostOptions {
  readonly modules: Modules;
  /** The script's own id. */
  readonly filename: string;
  readonly limits: LimitsOf<"loader">;
  readonly runId: RunId;
  readonly context: HostContext;
  readonly errors: "show" | "mask";
  /** Hears what a loader threw; returns the id it is known by. */
  readonly report: (failure: {
    readonly error: unknown;
    readonly name: string;
    readonly code: ErrorCode;
  }) => string;
}

type Failed = ModuleAnswer & { readonly kind: "failed" };

/** Names a module has for others, on average: more are a flood, whose answers would be kept. */
const namesOfEach = 256;

/** Letters of a message of the host that a script reads. */
const maxMessage = 1_000;

export function createModuleHost(options: ModuleHostOptions): OwnedModuleHost {
  const { filename, limits, runId, context, errors, report } = options;
  const place = new AsyncResource("isobind.modules", { requireManualDestroy: true });
  const within = <Result>(run: () => Result): Result => place.runInAsyncScope(run);
  const loader = isLoader(options.modules) ? options.modules : mapLoader(options.modules, filename);
  const over = new AbortController();
  const about: ModuleAbout = {
    get runId() {
      return runId.text;
    },
    context,
    signal: over.signal,
  };
  /** Ids by number; the script is 0. */
  const ids: string[] = [filename];
  const numbers = new Map<string, number>([[filename, 0]]);
  /** Names that were asked for before, by the id of their referrer. */
  const resolved = new Map<string, Promise<string | Failed | null>>();
  const read = new Map<string, Promise<SentModule | Failed | null>>();
  let bytes = 0;
  let asked = 0;

  async function load(requests: readonly ModuleRequest[]): Promise<ModuleAnswers> {
    asked += requests.length;
    if (asked > namesOfEach * (limits.modules + 1))
      return { answers: requests.map(() => tooMany), modules: [] };
    for (const { referrer } of requests)
      if (ids[referrer] === undefined) throw new MalformedValue("a name in a module that was never sent");
    const found = await Promise.all(
      requests.map(async ({ specifier, referrer }) => {
        const from = ids[referrer] as string;
        return (await resolveOnce(specifier, from)) ?? (await missing(specifier, from));
      }),
    );
    const wanted = new Set<string>();
    for (const one of found) if (typeof one === "string" && !numbers.has(one)) wanted.add(one);
    const room = limits.modules - (ids.length - 1);
    const fitting = [...wanted].slice(0, room);
    const texts = new Map(await Promise.all(fitting.map(async (id) => [id, await loadOnce(id)] as const)));
    const modules: SentModule[] = [];
    const answers: ModuleAnswer[] = [];
    for (const [at, { specifier, referrer }] of requests.entries()) {
      const id = found[at]!;
      if (typeof id !== "string") {
        answers.push(id);
        continue;
      }
      const known = numbers.get(id);
      if (known !== undefined) {
        answers.push({ kind: "module", index: known });
        continue;
      }
      const text = texts.get(id);
      if (text === undefined) answers.push(tooMany);
      else if (text === null) answers.push(await missing(specifier, ids[referrer] as string));
      else if ("kind" in text) answers.push(text);
      else {
        bytes += Buffer.byteLength(text.source);
        if (bytes > limits.moduleBytes) answers.push(tooLarge);
        else {
          const index = ids.push(id) - 1;
          numbers.set(id, index);
          modules.push(text);
          answers.push({ kind: "module", index });
        }
      }
    }
    return { answers, modules };
  }

  function resolveOnce(specifier: string, from: string): Promise<string | Failed | null> {
    const key = JSON.stringify([from, specifier]);
    return remembered(resolved, key, () => resolve(specifier, from));
  }

  /** `null`: it means none. */
  async function resolve(specifier: string, from: string): Promise<string | Failed | null> {
    try {
      const id: unknown = loader.resolve
        ? await within(() => loader.resolve?.(specifier, from, about))
        : resolveSpecifier(specifier, from);
      if (typeof id === "string") return id;
      if (id === null || id === undefined) return null;
      throw new TypeError("`resolve` of the module loader must return a string or null.");
    } catch (error) {
      return failed(specifier, error);
    }
  }

  function loadOnce(id: string): Promise<SentModule | Failed | null> {
    return remembered(read, id, () => loadOne(id));
  }

  /** `null`: it is not there. */
  async function loadOne(id: string): Promise<SentModule | Failed | null> {
    try {
      const loaded: unknown = await within(() => loader.load(id, about));
      if (loaded === null || loaded === undefined) return null;
      const {
        source,
        filename: name = id,
        language,
      } = typeof loaded === "string" ? ({ source: loaded } as LoadedModule) : (loaded as LoadedModule);
      if (typeof source !== "string" || typeof name !== "string" || !languages.includes(language)) {
        throw new TypeError(
          "`load` of the module loader must return a text, { source, filename, language }, or null.",
        );
      }
      return { filename: name, source, language: language ?? languageOf(name) };
    } catch (error) {
      return failed(id, error);
    }
  }

  async function missing(specifier: string, referrer: string): Promise<Failed> {
    const shown = JSON.stringify(specifier);
    // Of a map, whose names are seen from the script.
    const from = referrer === filename && !isLoader(options.modules) ? "./" : referrer;
    const candidates = (await names())
      .filter((name) => name !== referrer)
      .map((name) => (isRelative(specifier) ? specifierFrom(name, from) : name));
    const meant = meantModule(specifier, candidates);
    const hint = meant === null ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
    return { kind: "failed", code: "ERR_MODULE_NOT_FOUND", message: `There is no module ${shown}.${hint}` };
  }

  /** Only for a suggestion: a list that cannot be had is empty. */
  async function names(): Promise<readonly string[]> {
    try {
      return [...((await within(() => loader.names?.(about))) ?? [])].map(String);
    } catch {
      return [];
    }
  }

  /** An error of the loader; one with the code of Node's own says why a module is not there. */
  function failed(name: string, error: unknown): Failed {
    const isMissing = isError(error) && readString(error, "code") === "ERR_MODULE_NOT_FOUND";
    const code = isMissing ? "ERR_MODULE_NOT_FOUND" : "ERR_MODULE_FAILED";
    const id = report({ error, name, code });
    const said = isError(error) ? (readString(error, "message") ?? "") : "it threw what is no error.";
    const why =
      errors === "mask" ? `The host knows this failure as ${id}.` : scrub(said).slice(0, maxMessage);
    const head = isMissing ? "There is no module" : "The host could not give the module";
    return { kind: "failed", code, message: `${head} ${JSON.stringify(name)}: ${why}` };
  }

  const overLimit = (message: string): Failed => ({ kind: "failed", code: "ERR_MODULE_LIMIT", message });
  const tooMany = overLimit(
    `The script imports more than ${counted(limits.modules, "module")} (limits.modules).`,
  );
  const tooLarge = overLimit(
    `The modules of the script have more than ${limits.moduleBytes} bytes (limits.moduleBytes).`,
  );

  const early: EarlyModules = {
    find: async (specifier, from) => given(await resolveOnce(specifier, from)),
    read: async (id) => given(await loadOnce(id)),
    names,
  };
  return { load, early, end: (reason) => within(() => over.abort(reason)) };
}

function given<Found>(found: Found | Failed): Exclude<Found, Failed> {
  if (typeof found === "object" && found !== null && "kind" in found) throw new Error(found.message);
  return found as Exclude<Found, Failed>;
}
