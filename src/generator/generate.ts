/**
 * The generator on one screen: load the config; read, check and emit each contract, unless it is known, and try its examples; and when nothing is wrong with any
 * of them, write. A stage is loaded when it is needed, so that a run without changes costs little more than starting Node.
 */
import type { Config } from "../config/config.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { removeDrafts } from "../files/draft.ts";
import { findFolderClashes } from "../profiles/clash.ts";
import { load } from "./load.ts";
import { cacheFolder } from "./manifest/record.ts";
import { createMemory, type Memory } from "./memory.ts";
import { type OnPhase, stopwatch } from "./phases.ts";
import { recall } from "./recall.ts";
import { type GenerateResult, resultOf } from "./result.ts";
import { wasRead, type Work } from "./work.ts";

export type { ContractResult, GenerateResult } from "./result.ts";

export interface GenerateOptions {
  /** Where the config is looked for, and what a given path is relative to. Default: the current folder. */
  readonly cwd?: string;
  /** Compare only: report stale and missing output, write nothing. */
  readonly check?: boolean;
  /** Overwrite files that isobind did not generate, and take nothing from the manifest. */
  readonly force?: boolean;
  /** Only the contract of this name, when the config has several. */
  readonly contract?: string;
  /** What earlier runs of this process have left for this one, and where it leaves what it has made: see `createMemory`. */
  readonly memory?: Memory;
  /** Called when a phase begins, for progress. */
  readonly onPhase?: OnPhase;
}

/**
 * Generates registry, declaration and contract of every definition a config names. Writes nothing when anything is wrong
 * with any of them.
 *
 * @example
 * const { ok, diagnostics, files } = await generate({ definition: "./bindings.ts" });
 */
export async function generate(
  config?: Config | string,
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  const { cwd = process.cwd(), check: isCheck = false, force = false, contract: only, onPhase } = options;
  const { memory = createMemory() } = options;
  const { phases, time } = stopwatch(onPhase);
  const startedAt = Date.now();

  const loaded = await time("load", null, () => load({ config, cwd, force, contract: only }));
  const { root, config: resolved } = loaded;
  removeDrafts(cacheFolder(root));
  if (resolved === null) return resultOf(loaded, [], phases);

  const works: Work[] = [];
  for (const contract of resolved.contracts) {
    const { name, outDir } = contract;
    if (!isCheck) removeDrafts(outDir);
    const known = force ? null : await time("recall", name, () => recall(contract, resolved));
    if (known !== null) {
      works.push(known);
      continue;
    }
    const { read, check, emit } = await import("./build.ts");
    const reading = await time("read", name, () => read(contract, root));
    const checked = wasRead(reading) ? await time("check", name, () => check(reading, memory)) : reading;
    const isSound = wasRead(checked) && !hasErrors(checked.diagnostics);
    if (!isSound) {
      works.push(checked);
      continue;
    }
    const emitted = await time("emit", name, () => emit(checked, resolved, memory));
    const { checkExamples, hasExamples } = await import("./examples.ts");
    const isDone = !hasExamples(checked) || hasErrors(emitted.diagnostics);
    works.push(
      isDone ? emitted : await time("examples", name, () => checkExamples(emitted, checked, resolved)),
    );
  }

  const clashes = findFolderClashes(works, root);
  const found = { ...loaded, diagnostics: [...loaded.diagnostics, ...clashes] };
  const isBroken = hasErrors([...clashes, ...works.flatMap(({ diagnostics }) => diagnostics)]);
  if (isBroken || works.every(({ files }) => files === null)) return resultOf(found, works, phases);

  const { write } = await import("./write.ts");
  const how = { check: isCheck, force, isWhole: only === undefined, startedAt };
  const written = await write(works, resolved, how, time);
  if (isCheck || only !== undefined) return resultOf(found, written, phases);
  const { abandonedFolders } = await import("./abandoned.ts");
  return { ...resultOf(found, written, phases), abandoned: abandonedFolders(resolved) };
}

/**
 * Holds definitions to the rules, and the output to the definitions, without writing.
 *
 * @example
 * const { ok } = await check("./bindings.config.ts");
 */
export function check(
  config?: Config | string,
  options: Omit<GenerateOptions, "check"> = {},
): Promise<GenerateResult> {
  return generate(config, { ...options, check: true });
}
