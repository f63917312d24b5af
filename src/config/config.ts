/**
 * Declares what `bindings.config.ts` may hold, and `defineConfig`. Pure, because user configs import it.
 */
import type { ExcessProperties } from "../model/registry.ts";
import type { EngineName } from "./engines.ts";

/** The packages that hold the runtime: with the generator beside it, or alone. */
export type RuntimePackage = "isobind" | "@isobind/runtime";

/** What `isobind pack` writes: a package for the people who write scripts. */
export interface PackConfig {
  /** The name it is published under; that of a profile gets `-<profile>` behind it. Default: the name of the project's own package with `-scripts` behind it. */
  readonly name?: string;
  /** Where it is written, relative to the config; a profile in a folder of its name inside. Replaced as a whole. Default: `./script-package`. */
  readonly out?: string;
  /** The heading of its README and its reference. Default: its name. */
  readonly title?: string;
  /** Fields of its `package.json` that are yours: `license`, `repository`, `publishConfig`, … */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** One definition and where its output goes. */
export interface ContractConfig {
  /** Names the contract in messages, file names of caches and `--contract`. Default: `bindings`. */
  readonly name?: string;
  /** The definition file, relative to the config. */
  readonly definition: string;
  /** Where the generated files go, relative to the config. Default: `./generated`. */
  readonly outDir?: string;
  /**
   * The `tsconfig.json` the definition is read with, relative to the config. Default: the nearest one. Where it only refers to
   * projects, the one among them that includes the definition counts.
   */
  readonly tsconfig?: string;
  /**
   * The compiler that reads the definition. `native` is the TypeScript 7 that the project has installed as `typescript`, several times as
   * fast; where it has another name, beside an older one: `{ native: "typescript-7" }`. What it gives is the same, byte by byte. A definition
   * that it cannot tell everything of is read by the one isobind carries, with a warning. Default: `bundled`, the one isobind carries.
   */
  readonly compiler?: "bundled" | "native" | { readonly native: string };
  /** How generated files import. Default: `.ts` unless the tsconfig forbids it, then `.js`. */
  readonly importExtension?: ".ts" | ".js";
  /** How deep the tree of bindings may be, and how many leaves it may have; may tighten, never loosen. Default: 4 levels, 64 leaves. */
  readonly limits?: { readonly maxDepth?: number; readonly maxLeaves?: number };
  /**
   * The profiles that `@profile` tags may name; any other name is a finding. One that no tag names has the leaves without
   * a tag. Default: whatever the tags name.
   */
  readonly profiles?: readonly string[];
  /**
   * The lines of Node that scripts run on: what editors and `typecheck` know is what all of them have. Default: `["node22"]`, the oldest
   * there is. `["node24", "node26"]` is as good as `["node24"]`.
   */
  readonly engines?: readonly EngineName[];
  /** What validators do with undeclared properties of arguments. Default: `refuse`. */
  readonly excessProperties?: ExcessProperties;
  /**
   * The package generated code imports `…/registry` from. `@isobind/runtime` is the runtime without the generator: a program in production
   * then needs only that one. Default: `isobind`.
   */
  readonly runtimePackage?: RuntimePackage;
  /**
   * What becomes of an `@example` in the definition that does not fit it, or fails when it is run with mocks: a warning, an error, or nothing is
   * looked at. Default: `warn`.
   */
  readonly examples?: "warn" | "error" | "off";
  /** The package for the people who write scripts, as `isobind pack` writes it. */
  readonly pack?: PackConfig;
  /** Format the output with the project's own prettier options. Default: false; the output is prettier-stable with its defaults. */
  readonly format?: boolean;
}

/** Several contracts share what is set at the top. */
export interface Config extends Omit<ContractConfig, "definition" | "name"> {
  readonly name?: string;
  readonly definition: string | readonly ContractConfig[];
}

/**
 * Types a config; returns it unchanged.
 *
 * @example
 * export default defineConfig({ definition: "./bindings.ts", outDir: "./generated" });
 */
export function defineConfig<const T extends Config>(config: T): T {
  return config;
}
