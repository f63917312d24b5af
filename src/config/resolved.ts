/**
 * Declares the config that the generator runs on: every default is filled in and every path is absolute.
 */
import type { PackConfig, RuntimePackage } from "./config.ts";
import type { EngineName } from "./engines.ts";
import type { ExcessProperties } from "../model/registry.ts";

export interface ResolvedConfig {
  /** Absolute path of the config file, or `null` when the config came as an object. */
  readonly file: string | null;
  /** Absolute; every path in a diagnostic or in output is relative to it. */
  readonly root: string;
  /** Absolute paths of all files that were evaluated to get the config. */
  readonly inputs: readonly string[];
  readonly contracts: readonly ResolvedContract[];
}

export interface ResolvedContract {
  readonly name: string;
  readonly definition: string;
  readonly outDir: string;
  readonly tsconfig: string | null;
  /** The package that holds the TypeScript 7 to read with; absent: the compiler isobind carries. */
  readonly native?: string;
  readonly importExtension: ".ts" | ".js" | "auto";
  readonly limits: { readonly maxDepth: number; readonly maxLeaves: number };
  /** The only profiles there are; absent: whatever the tags name. */
  readonly profiles?: readonly string[];
  /** What scripts run on; the oldest of several. */
  readonly engine: EngineName;
  readonly excessProperties: ExcessProperties;
  /** The package that generated code imports; absent: `isobind`. */
  readonly runtimePackage?: RuntimePackage;
  /** What becomes of an example that does not work; absent: a warning. */
  readonly examples?: "warn" | "error" | "off";
  /** What `isobind pack` is told, as it is written. */
  readonly pack?: PackConfig;
  readonly format: boolean;
}
