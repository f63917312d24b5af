/**
 * Opens a frontend on one definition. The seam for a second compiler: choose here, nowhere else.
 */
import type { Frontend } from "./frontend.ts";
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
}

export function openFrontend(options: OpenOptions): Frontend {
  return openTs6(options);
}
