/**
 * Opens a frontend on one definition. The seam for a second compiler: choose here, nowhere else.
 */
import type { Frontend } from "./frontend.ts";
import { openNative } from "./native/program.ts";
import { openTs6 } from "./ts6/program.ts";

export interface OpenOptions {
  /** Absolute paths. */
  readonly definition: string;
  readonly tsconfig: string | null;
  /** Sources are relative to it. */
  readonly root: string;
  /** Cut files down to what the definition's signatures need before they are parsed for good. */
  readonly prune: boolean;
  /** `lean`: the ES library and no ambient packages. `project`: what the user's tsconfig asks for. */
  readonly environment: "lean" | "project";
  /** The folder of the TypeScript 7 that reads it; `null`: the compiler isobind carries. */
  readonly native: string | null;
}

export function openFrontend(options: OpenOptions): Frontend {
  return options.native === null ? openTs6(options) : openNative(options, options.native);
}
