/**
 * Gathers the modules that a script reaches before it is checked: the compiler asks for a module when it needs it and waits for nothing, and a host may have to
 * fetch one.
 */
import { parse } from "acorn";
import { counted } from "../../model/counted.ts";
import { ts } from "../../read/frontend/ts6/compiler.ts";
import type { Extension, Script, ScriptModules } from "./frontend/service.ts";

export interface ModuleText {
  readonly source: string;
  /** Names it in findings. Default: its id. */
  readonly filename?: string;
  readonly language?: "javascript" | "typescript" | "auto";
}

type Awaitable<Value> = Value | PromiseLike<Value>;

/** Where modules come from. Ids are the host's own; the script's is its file name. */
export interface ModulesFrom {
  /** The id that a name means; `null` for none. */
  find(specifier: string, from: string): Awaitable<string | null>;
  /** `null` for one that is not there. */
  read(id: string): Awaitable<ModuleText | null>;
  /** Ids that exist, for a suggestion. */
  names(): Awaitable<Iterable<string>>;
}

export interface GatherLimits {
  readonly modules: number;
  /** UTF-8, of all modules together. */
  readonly moduleBytes: number;
}

export interface GatheredModules extends ScriptModules {
  /** The same for the same names and texts: findings may be kept by it. */
  readonly key: string;
  /** The name that findings about a module carry. */
  filename(id: string): string;
}

/** Rejects with what the host's functions throw, and with a `RangeError` where there is more than the limits allow. */
export async function gatherModules(
  script: Script,
  from: ModulesFrom,
  limits: GatherLimits,
): Promise<GatheredModules> {
  const links = new Map<string, string | null>();
  const texts = new Map<string, ModuleText | null>();
  let bytes = 0;
  let level: readonly { readonly id: string; readonly text: string }[] = [
    { id: script.file, text: script.text },
  ];
  while (level.length > 0) {
    const named = level.flatMap(({ id, text }) =>
      specifiersOf(text).map((specifier) => ({ id, specifier, key: linkKey(specifier, id) })),
    );
    const found = await Promise.all(
      named.map(async ({ id, specifier, key }) => {
        const target = await from.find(specifier, id);
        links.set(key, target);
        return target;
      }),
    );
    const wanted = [...new Set(found)].filter(
      (id): id is string => id !== null && id !== script.file && !texts.has(id),
    );
    if (texts.size + wanted.length > limits.modules) throw tooMany(counted(limits.modules, "module"));
    const read = await Promise.all(wanted.map(async (id) => ({ id, module: await from.read(id) })));
    for (const { id, module } of read) {
      texts.set(id, module);
      bytes += Buffer.byteLength(module?.source ?? "");
    }
    if (bytes > limits.moduleBytes) throw tooMany(`${limits.moduleBytes} bytes of modules`);
    level = read.flatMap(({ id, module }) => (module === null ? [] : [{ id, text: module.source }]));
  }
  const isWhole = [...links.values()].every(
    (id) => id !== null && (id === script.file || (texts.get(id) ?? null) !== null),
  );
  return gathered({ links, texts }, isWhole ? [] : [...(await from.names())]);
}

interface Found {
  readonly links: ReadonlyMap<string, string | null>;
  readonly texts: ReadonlyMap<string, ModuleText | null>;
}

function gathered({ links, texts }: Found, names: readonly string[]): GatheredModules {
  return {
    isHost: true,
    key: JSON.stringify([[...links], [...texts]]),
    find(specifier, from) {
      const id = links.get(linkKey(specifier, from)) ?? null;
      return id !== null && texts.get(id) === null ? null : id;
    },
    read: (id) => texts.get(id)?.source ?? null,
    names: () => names,
    extension: (id) => extensionOf(id, texts.get(id)),
    filename: (id) => texts.get(id)?.filename ?? id,
  };
}

const linkKey = (specifier: string, from: string): string => JSON.stringify([from, specifier]);

/** Each once. `import type` too: its types are needed, though a run never asks for them. */
function specifiersOf(text: string): readonly string[] {
  return [...new Set(ts.preProcessFile(text, true, false).importedFiles.map(({ fileName }) => fileName))];
}

/** As a run takes it: what says nothing of its language is JavaScript, if it can be. */
export function extensionOf(id: string, module: ModuleText | null | undefined): Extension {
  const name = module?.filename ?? id;
  const { language = "auto", source = "" } = module ?? {};
  if (language === "typescript" || /\.[cm]?ts$/iu.test(name)) return ".ts";
  if (language === "javascript" || /\.[cm]?js$/iu.test(name)) return ".js";
  if (/\.json$/iu.test(name)) return ".json";
  return isJavaScript(source) ? ".js" : ".ts";
}

function isJavaScript(text: string): boolean {
  try {
    parse(text, { ecmaVersion: "latest", sourceType: "module" });
    return true;
  } catch {
    return false;
  }
}

function tooMany(what: string): RangeError {
  return new RangeError(`The script imports more than ${what}.`);
}
