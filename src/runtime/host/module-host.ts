/**
 * Answers what the modules of one run name, from a map or a loader of the host. Counts what it gives away, because who asks
 * may lie; keeps what a loader throws from becoming anything but an answer; and calls the loader in the asynchronous context
 * of the run.
 */
import { AsyncResource } from "node:async_hooks";
import type { HostContext } from "../../registry/call-context.ts";
import { isRelative, meantModule, resolveSpecifier, specifierFrom } from "../../model/specifier.ts";
import { MalformedValue } from "../crossing/message.ts";
import type { ErrorCode } from "../errors.ts";
import { languageOf, languages } from "./language.ts";
import type { LimitsOf } from "../limits.ts";
import { isLoader, type LoadedModule, type ModuleAbout, type Modules } from "./modules.ts";
import type { ModuleAnswer, ModuleAnswers, ModuleRequest, SentModule } from "../seam.ts";
import { isError, readString } from "./look.ts";
import { mapLoader } from "./module-map.ts";
import { scrub } from "./scrub.ts";

export interface ModuleHost {
  /** Rejects with nothing but `MalformedValue`, for a number nobody was sent: only a worker that lies asks so. */
  load(requests: readonly ModuleRequest[]): Promise<ModuleAnswers>;
  /** The run is over: nothing is loaded any more. */
  end(reason: unknown): void;
}

export interface ModuleHostOptions {
  readonly modules: Modules;
  /** The script's own id. */
  readonly filename: string;
  readonly limits: LimitsOf<"loader">;
  readonly runId: string;
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

export function createModuleHost(options: ModuleHostOptions): ModuleHost {
  const { filename, limits, runId, context, errors, report } = options;
  const place = new AsyncResource("isobind.modules", { requireManualDestroy: true });
  const within = <Result>(run: () => Result): Result => place.runInAsyncScope(run);
  const loader = isLoader(options.modules) ? options.modules : mapLoader(options.modules, filename);
  const over = new AbortController();
  const about: ModuleAbout = { runId, context, signal: over.signal };
  /** Ids by number; the script is 0. */
  const ids: string[] = [filename];
  const numbers = new Map<string, number>([[filename, 0]]);
  /** Names that were asked for before, by their referrer. */
  const resolved = new Map<string, Promise<string | Failed>>();
  let bytes = 0;
  let asked = 0;

  async function load(requests: readonly ModuleRequest[]): Promise<ModuleAnswers> {
    asked += requests.length;
    if (asked > namesOfEach * (limits.modules + 1)) return { answers: requests.map(tooMany), modules: [] };
    for (const { referrer } of requests)
      if (ids[referrer] === undefined) throw new MalformedValue("a name in a module that was never sent");
    const found = await Promise.all(
      requests.map(({ specifier, referrer }) => resolveOnce(specifier, referrer)),
    );
    const wanted = new Set<string>();
    for (const one of found) if (typeof one === "string" && !numbers.has(one)) wanted.add(one);
    const room = limits.modules - (ids.length - 1);
    const fitting = [...wanted].slice(0, room);
    const texts = new Map(await Promise.all(fitting.map(async (id) => [id, await loadOne(id)] as const)));
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
      if (text === undefined) answers.push(tooMany());
      else if (text === null) answers.push(await missing(specifier, referrer));
      else if ("kind" in text) answers.push(text);
      else {
        bytes += Buffer.byteLength(text.source);
        if (bytes > limits.moduleBytes) answers.push(tooLarge());
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

  function resolveOnce(specifier: string, referrer: number): Promise<string | Failed> {
    const key = `${referrer} ${specifier}`;
    let known = resolved.get(key);
    if (!known) resolved.set(key, (known = resolve(specifier, referrer)));
    return known;
  }

  async function resolve(specifier: string, referrer: number): Promise<string | Failed> {
    const from = ids[referrer] as string;
    try {
      const id: unknown = loader.resolve
        ? await within(() => loader.resolve?.(specifier, from, about))
        : resolveSpecifier(specifier, from);
      if (typeof id === "string") return id;
      if (id === null || id === undefined) return await missing(specifier, referrer);
      throw new TypeError("`resolve` of the module loader must return a string or null.");
    } catch (error) {
      return failed(specifier, error);
    }
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

  async function missing(specifier: string, referrer: number): Promise<Failed> {
    const shown = JSON.stringify(specifier);
    let hint = "";
    try {
      const names = loader.names ? await within(() => loader.names?.(about)) : undefined;
      const referring = ids[referrer] as string;
      // Of a map, whose names are seen from the script.
      const from = referrer === 0 && !isLoader(options.modules) ? "./" : referring;
      const candidates = [...(names ?? [])]
        .filter((name) => name !== referring)
        .map((name) => (isRelative(specifier) ? specifierFrom(name, from) : name));
      const meant = meantModule(specifier, candidates);
      if (meant !== null) hint = ` Did you mean ${JSON.stringify(meant)}?`;
    } catch {
      // The list is only for a suggestion.
    }
    return { kind: "failed", code: "ERR_MODULE_NOT_FOUND", message: `There is no module ${shown}.${hint}` };
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

  function tooMany(): Failed {
    return {
      kind: "failed",
      code: "ERR_MODULE_LIMIT",
      message: `The script imports more than ${limits.modules} modules (limits.modules).`,
    };
  }

  function tooLarge(): Failed {
    return {
      kind: "failed",
      code: "ERR_MODULE_LIMIT",
      message: `The modules of the script have more than ${limits.moduleBytes} bytes (limits.moduleBytes).`,
    };
  }

  return { load, end: (reason) => within(() => over.abort(reason)) };
}
