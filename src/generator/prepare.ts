/**
 * prepare: everything a contract needs before its files are written. Either the manifest knows that nothing has changed,
 * or the definition is read, checked and emitted. The compiler is loaded here, and only in the second case.
 */
import { extname } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import type { Contract } from "../contract/contract.ts";
import { maxDeclarationBytes } from "../contract/limits.ts";
import { walkLeaves } from "../contract/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { check } from "./check/check.ts";
import { recallOutcome } from "./manifest/manifest.ts";
import type { Stopwatch } from "./phases.ts";
import { relativePath } from "./relative-path.ts";
import type { FileReport, Inputs, OutputFile } from "./stages.ts";
import { hasTemporary } from "./write/write.ts";

/** One contract on its way. `files` is `null` when there is nothing to write: all is known, or something is wrong. */
export interface Work {
  readonly contract: ResolvedContract;
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: Inputs;
  readonly files: readonly OutputFile[] | null;
  readonly reports: readonly FileReport[];
  readonly digest: string | null;
  readonly leaves: number;
  readonly recalled: boolean;
  /** When reading began: an input that is newer may not be what was read. */
  readonly startedAt: number;
}

export async function prepare(
  contract: ResolvedContract,
  config: ResolvedConfig,
  force: boolean,
  watch: Stopwatch,
): Promise<Work> {
  const { name } = contract;
  const known = force ? null : await watch.time("recall", name, () => recall(contract, config));
  if (known !== null) return known;

  let startedAt = 0;
  const reading = await watch.time("read", name, async () => {
    const { read } = await import("./read/read.ts");
    startedAt = Date.now();
    return read(contract, config.root);
  });
  const work = { contract, inputs: reading.inputs, reports: [], recalled: false, startedAt };
  const tree = reading.contract;
  if (tree === null)
    return { ...work, diagnostics: reading.diagnostics, files: null, digest: null, leaves: 0 };

  const findings = await watch.time("check", name, () => check(tree, contract.limits));
  const diagnostics = [...reading.diagnostics, ...findings];
  const leaves = [...walkLeaves(tree.root)].length;
  if (hasErrors(diagnostics)) return { ...work, diagnostics, files: null, digest: null, leaves };

  const importExtension =
    contract.importExtension === "auto" ? reading.importExtension : contract.importExtension;
  const definitionImport = specifier(contract.outDir, contract.definition, importExtension);
  const files = await watch.time("emit", name, async () => {
    const { emit } = await import("./emit/emit.ts");
    return emit(tree, { definitionImport, excessProperties: contract.excessProperties });
  });
  const { digest } = await import("../contract/digest.ts");
  return {
    ...work,
    diagnostics: [...diagnostics, ...tooLarge(tree, files)],
    files,
    digest: digest(tree),
    leaves,
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function recall(contract: ResolvedContract, config: ResolvedConfig): Work | null {
  const outcome = recallOutcome(contract, config);
  // What a killed run left is cleared away by writing, not by knowing.
  if (outcome === null || hasTemporary(contract.outDir)) return null;
  return {
    contract,
    diagnostics: outcome.warnings,
    inputs: outcome.inputs,
    files: null,
    reports: outcome.outputs.map((path) => ({ path, status: "unchanged" })),
    digest: outcome.digest,
    leaves: outcome.leaves,
    recalled: true,
    startedAt: 0,
  };
}

/** How the registry imports the definition: `../bindings.ts`, or `../bindings.js` where the project forbids `.ts`. */
export function specifier(outDir: string, definition: string, importExtension: ".ts" | ".js"): string {
  const path = relativePath(outDir, definition);
  const dotted = path.startsWith("../") ? path : `./${path}`;
  const compiled: Readonly<Record<string, string>> = {
    ".ts": ".js",
    ".mts": ".mjs",
    ".cts": ".cjs",
    ".tsx": ".js",
  };
  const own = extname(definition);
  const wanted = importExtension === ".js" ? (compiled[own] ?? own) : own;
  return dotted.slice(0, dotted.length - own.length) + wanted;
}

/** The budget for one leaf is a rule; the budget for the whole declaration is known when it is printed. */
function tooLarge(contract: Contract, files: readonly OutputFile[]): readonly Diagnostic[] {
  const text = files.find(({ name }) => name === "secure-exec.d.ts")?.text ?? "";
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxDeclarationBytes) return [];
  const kilobytes = (count: number): string => `${Math.ceil(count / 1024)} KiB`;
  const data = {
    where: "the whole definition",
    type: "secure-exec.d.ts",
    reason: `it would have ${kilobytes(bytes)}, and at most ${kilobytes(maxDeclarationBytes)} can be read and reviewed`,
    help: 'Take only the fields that scripts need, for example `Pick<Customer, "id" | "email">`.',
  };
  return [report("type-too-large", data, contract.root.source)];
}
