/**
 * Declares how a frontend is opened on one definition. Which compiler does it is chosen in `read/configured.ts`.
 */
import type { Frontend } from "./frontend.ts";

export interface OpenOptions {
  /** Absolute paths. */
  readonly definition: string;
  readonly tsconfig: string | null;
  /** Sources are relative to it. */
  readonly root: string;
  /** Cut files down to what the definition's signatures need before they are parsed for good; a compiler that is fast without may not. */
  readonly prune: boolean;
  /** `lean`: the ES library and no ambient packages. `project`: what the user's tsconfig asks for. */
  readonly environment: "lean" | "project";
}

export type Open = (options: OpenOptions) => Frontend;
