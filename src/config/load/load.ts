/**
 * Finds, evaluates, checks and resolves the config. Config -> ResolvedConfig. Every mistake is a `config-invalid`
 * finding; nothing is thrown.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config } from "../config.ts";
import type { ResolvedConfig } from "../resolved.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import { orMeantFile } from "../../files/meant-file.ts";
import { relativePath } from "../../files/relative-path.ts";
import type { Inputs } from "../../stages.ts";
import { evaluate } from "./evaluate.ts";
import { explainFailure } from "./failure.ts";
import { configNames, findConfigs, findConfigsBelow } from "./find.ts";
import { findClashes, resolveContracts } from "./resolve.ts";
import { type Mistake, validateConfig } from "./validate.ts";

export interface LoadInput {
  /** A config, or the path of one; without it the nearest `bindings.config.*` from `cwd` upward. */
  readonly config?: Config | string;
  readonly cwd: string;
}

export interface Loaded {
  /** `null` when there is an error among the diagnostics. */
  readonly config: ResolvedConfig | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute; what files in diagnostics are relative to. */
  readonly root: string;
  /** What this outcome depends on, also when it is a failure: a watcher waits for one of them to change. */
  readonly inputs: Inputs;
}

/**
 * Loads a config.
 *
 * @example
 * const { config, diagnostics } = await loadConfig({ cwd: process.cwd() });
 */
export async function loadConfig(input: LoadInput): Promise<Loaded> {
  const { config } = input;
  const cwd = resolve(input.cwd);
  if (config !== undefined && typeof config !== "string") {
    return settle({ value: config, file: null, root: cwd, inputs: [] });
  }
  const found = findConfigs(cwd, config);
  const file = found[0];
  if (file === undefined || found.length > 1 || !existsSync(file)) {
    const folder = config === undefined ? cwd : resolve(cwd, config);
    const missing = found.length > 0 ? found : configNames.map((name) => resolve(folder, name));
    return failed([notFound(cwd, config, found)], cwd, { files: [], missing });
  }
  const root = dirname(file);
  const evaluation = await evaluate(file);
  const { inputs } = evaluation;
  if (evaluation.kind === "failure") {
    const finding = await explainFailure(evaluation.error, file, inputs, root);
    return failed([finding], root, { files: inputs, missing: evaluation.missing });
  }
  return settle({ value: evaluation.value, file, root, inputs });
}

interface Evaluated extends Omit<ResolvedConfig, "contracts"> {
  readonly value: unknown;
}

async function settle({ value, file, root, inputs }: Evaluated): Promise<Loaded> {
  const seen: Inputs = { files: inputs, missing: [] };
  const mistakes = validateConfig(value);
  if (mistakes.length > 0) return failed(await locate(mistakes, file, root), root, seen);
  const contracts = resolveContracts(value as Config, root);
  const clashes = findClashes(contracts);
  if (clashes.length > 0) return failed(await locate(clashes, file, root), root, seen);
  return { config: { file, root, inputs, contracts }, diagnostics: [], root, inputs: seen };
}

async function locate(
  mistakes: readonly Mistake[],
  file: string | null,
  root: string,
): Promise<Diagnostic[]> {
  if (file === null) return mistakes.map((one) => report("config-invalid", one, null));
  // The parser is loaded for a mistake only: most runs have none.
  const { locateKey } = await import("./locate.ts");
  const source = readFileSync(file, "utf8");
  const name = relativePath(root, file);
  return mistakes.map((one) => {
    const range = locateKey(source, one.path);
    const place: Place = range === null ? { file: name } : { file: name, ...range };
    return report("config-invalid", one, place);
  });
}

function notFound(cwd: string, config: string | undefined, found: readonly string[]): Diagnostic {
  if (found.length > 1) {
    const names = found.map((one) => `\`${relativePath(cwd, one)}\``).join(" and ");
    const message = `There are two configs, ${names}, and only one can be meant.`;
    return report("config-invalid", { message, help: "Delete one, or name one with `--config`." }, null);
  }
  if (config !== undefined && found.length > 0) {
    const message = `The config \`${config}\` does not exist.${orMeantFile(config, cwd)}`;
    const help = "Check the path; it is taken from the current folder.";
    return report("config-invalid", { message, help }, null);
  }
  const place = config === undefined ? `${folderName(cwd)} or in one above it` : `the folder \`${config}\``;
  const below = findConfigsBelow(resolve(cwd, config ?? "."));
  return report(
    "config-invalid",
    { message: `There is no \`${configNames[0]}\` in ${place}.`, help: helpOf(below, cwd) },
    null,
  );
}

/** Names what lies below as one would type it. */
function helpOf(below: readonly string[], cwd: string): string {
  const [first, ...others] = below.map((file) => relativePath(cwd, file));
  if (first === undefined) return "Run `isobind init` to write one, or name one with `--config`.";
  const more =
    others.length === 0
      ? ""
      : `, or ${others.length === 1 ? "the other one" : `one of the ${others.length} others`} below`;
  return `Name the one that is below, \`--config ${first}\`${more}.`;
}

/** The current folder needs no name; another one, such as the root of a build tool, does. */
function folderName(cwd: string): string {
  const current = currentFolder();
  if (current === null) return `\`${cwd}\``;
  return cwd === current ? "this folder" : `\`${relativePath(current, cwd)}\``;
}

/** `null` when it was removed. */
function currentFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

function failed(diagnostics: readonly Diagnostic[], root: string, inputs: Inputs): Loaded {
  return { config: null, diagnostics, root, inputs };
}
