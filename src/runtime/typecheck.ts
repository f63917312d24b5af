/**
 * Checks scripts before their runs, with the option `typecheck`. The checker comes with a compiler, so it is loaded when a sandbox asks for
 * it and never otherwise; `@isobind/runtime` has none, and finds it in the package `isobind` beside it.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readHeader } from "../model/identity/header.ts";
import { option, SandboxError } from "./errors.ts";
import type { EarlyModules } from "./host/module-host.ts";
import type { ResolvedLimits } from "./limits.ts";
import type { RunError } from "./result.ts";
import { clearTimeout, setTimeout, type Timeout } from "./time.ts";

/** What of `isobind/scripts` is used here. */
interface Scripts {
  createChecker(options: { declaration?: string; contract?: object; engine?: string }): {
    check(
      source: string,
      options: { filename: string; kind?: string; modules?: Gathered },
    ): readonly Finding[];
    gather(source: string, options: { filename: string; modules: object; limits: object }): Promise<Gathered>;
  };
}

/** The modules a script reaches. `key`: the same for the same names and texts. */
interface Gathered {
  readonly key: string;
}

interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly help: string;
}

export interface TypecheckOf {
  /** The text scripts are checked against; absent: that of the registry. */
  readonly declaration?: string;
  readonly registry: object;
  /** Names of globals that the host adds. */
  readonly globals: readonly string[];
}

export interface Typecheck {
  /** Checks one script: `null` when it fits. */
  check(asked: TypecheckedScript): RunError | null;
  /** The same with the modules that it imports. `null` also where they cannot be had: the run says why. */
  checkWith(asked: TypecheckedScript, modules: EarlyModules, limits: GatherLimits): Promise<RunError | null>;
}

export interface TypecheckedScript {
  readonly source: string;
  readonly filename: string;
  readonly kind: string | undefined;
}

type GatherLimits = Pick<ResolvedLimits, "modules" | "moduleBytes" | "wallMs">;

/** Scripts whose findings are kept. */
const mostKnown = 500;

/** Loads the checker. Throws `ERR_SANDBOX_PACKAGE` where there is none, and `ERR_SANDBOX_OPTION` where there is nothing to check against. */
export async function loadTypecheck({ declaration, registry, globals }: TypecheckOf): Promise<Typecheck> {
  const { createChecker } = await loadScripts();
  const text = declaration ?? (await declarationText(registry));
  const typed = readHeader(text).globals;
  const untyped = globals.filter((name) => !typed.has(name));
  const added = untyped.map((name) => `declare const ${name}: any;`).join("\n");
  const whole = `${text}\n${added}\n`;
  const known = shared.get(whole)?.deref();
  if (known !== undefined) return known;
  for (const [other, kept] of shared) if (kept.deref() === undefined) shared.delete(other);
  const typecheck = remembering(createChecker({ declaration: whole, engine: runningEngine() }));
  shared.set(whole, new WeakRef(typecheck));
  return typecheck;
}

/**
 * By the text of the declaration, as long as a sandbox uses it: a server with a sandbox for each session has one compiler open, and a script that one of them has
 * checked is known to all.
 */
const shared = new Map<string, WeakRef<Typecheck>>();

function remembering(checker: ReturnType<Scripts["createChecker"]>): Typecheck {
  const known = new Map<string, RunError | null>();
  function check({ source, filename, kind }: TypecheckedScript, modules?: Gathered): RunError | null {
    // By all that the findings depend on beside the declaration.
    const key = JSON.stringify([filename, kind, source, modules?.key]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const options = { filename, ...(kind !== undefined && { kind }), ...(modules && { modules }) };
    const findings = checker.check(source, options);
    const error = errorOf(
      findings.filter(({ severity }) => severity === "error"),
      filename,
    );
    if (known.size >= mostKnown) known.delete(known.keys().next().value ?? "");
    known.set(key, error);
    return error;
  }
  return {
    check: (asked) => check(asked),
    async checkWith(asked, { find, read, names }, { wallMs, ...limits }) {
      const { source, filename } = asked;
      const modules = { resolve: find, load: read, names };
      const gathered = await within(wallMs, checker.gather(source, { filename, modules, limits }));
      return gathered === null ? null : check(asked, gathered);
    },
  };
}

/** `null` for what fails or takes too long: it would in the run as well, and there it is told. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value | null> {
  let timer: Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All findings in one message, each with its place and what to do: enough to mend the script in one go. */
function errorOf(findings: readonly Finding[], filename: string): RunError | null {
  const [first] = findings;
  if (first === undefined) return null;
  const place = ({ file, line, column }: Finding): string =>
    `${file ?? filename}:${line ?? 1}:${column ?? 1}`;
  const lines = findings.map(
    (finding) =>
      `${place(finding)} ${finding.code}: ${finding.message}${finding.help === "" ? "" : ` ${finding.help}`}`,
  );
  const message = `The script does not fit the declaration:\n${lines.join("\n")}`;
  return {
    name: "Error",
    code: "ERR_SCRIPT_TYPES",
    message,
    stack: `Error: ${first.message}\n    at ${place(first)}`,
  };
}

function runningEngine(): string {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 26 ? "node26" : major >= 24 ? "node24" : "node22";
}

async function declarationText(registry: object): Promise<string> {
  try {
    const { declarationOf } = (await load("declaration")) as { declarationOf(registry: object): string };
    return declarationOf(registry);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `typecheck: give the \`declaration\` that scripts are checked against. ${why}`;
    throw option(message, { cause });
  }
}

async function loadScripts(): Promise<Scripts> {
  try {
    return (await load("scripts/index")) as Scripts;
  } catch (cause) {
    const message = "typecheck: the checker is in the package `isobind`, which cannot be loaded here.";
    throw new SandboxError("ERR_SANDBOX_PACKAGE", message, { cause });
  }
}

/** A module of this package; where it is not (a bundle, the runtime alone), the entry of `isobind` that it is. */
function load(module: string): Promise<unknown> {
  const entry = `isobind/${module.replace("/index", "")}`;
  // Undefined in a bundle of CommonJS. By this name, because bundlers take a `new URL` of the other for a file they must copy.
  const here = import.meta.url as string | undefined;
  const url = here?.startsWith("file:")
    ? new URL(`../${module}${here.endsWith(".ts") ? ".ts" : ".js"}`, here)
    : null;
  const name = url !== null && existsSync(fileURLToPath(url)) ? url.href : entry;
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}
