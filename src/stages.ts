/**
 * Declares what travels between the stages of the generator: plain data, in one direction.
 *
 * `load: Config -> ResolvedConfig`, `read: ResolvedContract -> Reading`, `check: Contract -> Diagnostic[]`,
 * `emit: Contract -> OutputFile[]`, `write: OutputFile[] -> FileReport[]`
 */
import { type KindOutputName, libraryName, tsconfigName } from "./library/names.ts";
import type { Contract } from "./model/contract.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What reading one definition gave. `contract` is `null` when the file is missing or does not parse. */
export interface Reading {
  readonly contract: Contract | null;
  /** `definition-missing`, `definition-syntax` and the like; findings about the tree and types are in the contract. */
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: Inputs;
  /** Whether the project's tsconfig allows imports that end in `.ts`. */
  readonly importExtension: ".ts" | ".js";
}

/** Everything the outcome depends on, for the manifest. Absolute paths. */
export interface Inputs {
  readonly files: readonly string[];
  /** Paths that were looked for and not found: if one appears, the outcome may change. */
  readonly missing: readonly string[];
}

/** A file to be written: `name` is relative to the contract's outDir; those of a profile are in a folder of its name. */
export interface OutputFile {
  readonly name: OutputName | `${string}/${OutputName}`;
  readonly text: string;
}

/** The files that are emitted from a contract. */
export const contractOutputs = ["registry.ts", "secure-exec.d.ts", "contract.json"] as const;

/**
 * The files of every contract, in the order in which they are written: the last two are for its scripts, and say nothing of bindings. Two more for
 * each kind of script come behind them, where there are kinds.
 */
export const outputNames = [...contractOutputs, tsconfigName, libraryName] as const;

export type ContractOutput = (typeof contractOutputs)[number];
export type OutputName = (typeof outputNames)[number] | KindOutputName;

export interface FileReport {
  /** Relative to the config, with `/`. */
  readonly path: string;
  readonly status: "written" | "unchanged" | "stale" | "missing" | "removed";
}
