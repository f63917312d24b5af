/** Declares the options of the build plugin: apart from it, so that what users import names no package but their build tool. */
import type { Config } from "../config/config.ts";

export interface PluginOptions {
  /** A config, or the path of a config file, relative to `cwd`. Default: the nearest `bindings.config.ts`, from `cwd` upward. */
  readonly config?: Config | string;
  /**
   * Where the config is looked for, absolute or relative to the build tool's root. Default: that root, which is Vite's `root`,
   * the `context` of webpack and Rspack, esbuild's `absWorkingDir`, and Rolldown's `cwd`. Rollup has none: there, and in Rolldown
   * without `cwd`, the folder that all entries are in, when it is inside the current folder, and else the current folder.
   */
  readonly cwd?: string;
  /**
   * `check` compares instead of writing, for builds in CI: stale output fails the build. Default: `write`.
   */
  readonly mode?: "write" | "check";
}
