/**
 * Runs a script as a module of this process, with the globals that a sandbox would give it: for unit tests of scripts where there is no engine.
 * A sandbox keeps a script from Node, this does not, so nobody runs the script of a stranger with it.
 */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readText } from "../files/read-text.ts";
import { upward } from "../files/upward.ts";
import { defaultKind } from "../model/contract.ts";
import { readKind } from "../model/pragma.ts";
import type { Registry } from "../model/registry.ts";
import { givenInput, scriptResult } from "../runtime/host/script-values.ts";
import { checkKind } from "../runtime/script-kind.ts";
import { givenValues } from "./given-values.ts";
import { hostBindings } from "./host-bindings.ts";
import { kindNamed } from "./kind-named.ts";
import { mockInput } from "./mock-input.ts";
import { isKindBeside } from "../scripts/beside/kind-beside.ts";
import { TestingError } from "./testing-error.ts";

export interface ScriptRun {
  /** The script's global `input`. Where it is left out and the definition says what it is, one is made, as by `mockInput`. */
  readonly input?: unknown;
  /** The kind of the script; one whose line `// @script name` names another is refused, as by a sandbox (`ERR_REGISTRY_MISMATCH`). Default: what that line `// @script name` says, or the `tsconfig.json` of its folder. */
  readonly kind?: string;
}

export interface ScriptExports {
  readonly default?: unknown;
  readonly [name: string]: unknown;
}

/** Scripts share the global scope of the process, so one runs after the other. */
let last: Promise<unknown> = Promise.resolve();
let count = 0;

/** What the script exports; `seed` makes the input that is not given. Rejects with what it throws, and with `ERR_SCRIPT_RESULT` for a default export of another type than the definition says. */
export function runScript(
  registry: Registry,
  globals: Readonly<Record<string, unknown>>,
  file: string | URL,
  options: ScriptRun = {},
  seed = 0,
): Promise<ScriptExports> {
  const run = last.then(() => runNow(registry, globals, file, options, seed));
  last = run.catch(() => undefined);
  return run;
}

async function runNow(
  registry: Registry,
  globals: Readonly<Record<string, unknown>>,
  file: string | URL,
  options: ScriptRun,
  seed: number,
): Promise<ScriptExports> {
  const url = file instanceof URL || file.startsWith("file:") ? new URL(file) : pathToFileURL(resolve(file));
  const kinds = registry.scripts ?? [];
  const source = textOf(url);
  const written = readKind(source)?.name;
  // Where nothing is said of scripts, their lines `// @script` are comments.
  const named = kinds.length === 0 || written === defaultKind ? undefined : written;
  const kind = kindNamed(kinds, options.kind ?? named ?? folderKind(url, kinds));
  const other = checkKind(source, fileURLToPath(url), registry, kind ?? null);
  if (other !== null)
    throw Object.assign(new Error(`${other.message} (${other.stack})`), { code: other.code });
  const input =
    kind && !("input" in options) ? mockInput(registry, { kind: kind.name, seed }) : options.input;
  const given = kind ? givenInput(kind, registry, input, Number.MAX_SAFE_INTEGER) : input;
  const bindings = hostBindings(registry);
  const restore = publish({
    ...givenValues({ ...globals, input: given }),
    SecureExec: Object.freeze({ bindings: bindings.tree }),
  });
  try {
    // Another address is another module: each run begins anew.
    url.searchParams.set("run", String(++count));
    const exports = (await import(/* @vite-ignore */ url.href).catch((error: unknown) => {
      throw notModule(error, url) ?? error;
    })) as ScriptExports;
    if (kind === undefined) return exports;
    const result = scriptResult(kind, registry, exports["default"], Number.MAX_SAFE_INTEGER);
    if (result.ok) return exports;
    const { message, code } = result.error;
    throw Object.assign(new TypeError(message), { code });
  } finally {
    restore();
    bindings.end();
  }
}

/** Of a folder that is for one kind, by the tsconfig of a project or of a package for authors of scripts. */
function folderKind(url: URL, kinds: NonNullable<Registry["scripts"]>): string | undefined {
  const file = fileURLToPath(url);
  return kinds.find(({ name }) => isKindBeside(file, name))?.name;
}

/** What V8 says of a module that is read as a CommonJS file. */
const asCommonJs = /import statement outside a module|^Unexpected token 'export'|^await is only valid/u;

/** `null` for an error of the script itself. `npm init` writes `"type": "commonjs"`, under which Node reads no module in a `.ts` or `.js` file. */
function notModule(error: unknown, url: URL): TestingError | null {
  if (!(error instanceof SyntaxError) || !asCommonJs.test(error.message)) return null;
  if (!/\.[jt]s$/u.test(url.pathname)) return null;
  const manifest = upward(dirname(fileURLToPath(url)))
    .map((folder) => readText(join(folder, "package.json")))
    .find((text) => text !== null);
  if (!/"type"\s*:\s*"commonjs"/u.test(manifest ?? "")) return null;
  return new TestingError(
    "ERR_TESTING_SCRIPT",
    `The script \`${fileURLToPath(url)}\` cannot be loaded: ${error.message}. Its package.json says \`"type": "commonjs"\`, and scripts are modules: put a package.json with \`{ "type": "module" }\` beside them.`,
    { cause: error },
  );
}

/** Puts values into the global scope, and gives back what was there. */
function publish(values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  };
}

function textOf(url: URL): string {
  try {
    return readFileSync(url, "utf8");
  } catch {
    throw new TestingError(
      "ERR_TESTING_SCRIPT",
      `The script \`${fileURLToPath(url)}\` cannot be read. A path is taken from the working folder; beside the test it is \`new URL("script.ts", import.meta.url)\`.`,
    );
  }
}
