/** Keeps the generated files those of the definition while the playground is open, as `generate --watch` does. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { generate, type GenerateResult } from "../../generator/generate.ts";
import { createMemory } from "../../generator/memory.ts";
import { mergeInputs, watchInputs, type WatchedInputs } from "../watch/inputs.ts";

export interface WatchOptions {
  readonly cwd: string;
  readonly config?: string;
  readonly contract?: string;
  /** Told after each generation but the first, and again when host functions alone have changed. */
  readonly onChange: () => void;
  readonly interrupted: AbortSignal;
}

export interface Watching {
  findings(): readonly Diagnostic[];
  /** Resolves when it was interrupted. */
  readonly ended: Promise<void>;
}

/** Resolves after the first generation. */
export async function watchDefinition(options: WatchOptions): Promise<Watching> {
  const { cwd, config, contract, onChange, interrupted } = options;
  let findings: readonly Diagnostic[] = [];
  let inputs: WatchedInputs = { files: [], missing: [] };
  const memory = createMemory();

  async function turn(): Promise<number> {
    const began = Date.now();
    const result: GenerateResult = await generate(config, {
      cwd,
      memory,
      ...(contract !== undefined && { contract }),
    });
    findings = result.diagnostics.filter(({ severity }) => severity === "error");
    // Input that could not be read names fewer files than it depends on.
    inputs = findings.length === 0 ? result.inputs : mergeInputs(inputs, result.inputs);
    return began;
  }

  async function follow(since: number): Promise<void> {
    const watcher = watchInputs(cwd, interrupted);
    try {
      for (let began = since; !interrupted.aborted;) {
        if ((await watcher.next(inputs, began)).length === 0) continue;
        began = await turn();
        onChange();
      }
    } finally {
      await watcher.close();
    }
  }

  const began = await turn();
  return { findings: () => findings, ended: follow(began) };
}
