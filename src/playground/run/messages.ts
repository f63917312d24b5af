/** What the server and the process of the host functions say to each other. */
import type { RunEvent, RunRequest, WaitAnswer } from "../protocol.ts";

export type ToHost =
  | { readonly kind: "run"; readonly request: RunRequest }
  /** A run like this is to be expected. */
  | { readonly kind: "warm"; readonly request: Pick<RunRequest, "profile" | "answers"> }
  | { readonly kind: "stop"; readonly id: string }
  /** To a run that waits. */
  | { readonly kind: "answer"; readonly id: string; readonly answer: WaitAnswer }
  /** Ends when the runs have. */
  | { readonly kind: "close" };

export type FromHost =
  /** Several at a time: a script may print thousands of lines. */
  | { readonly kind: "events"; readonly id: string; readonly events: readonly RunEvent[] }
  /** Behind the last event: what there is to share of a run. */
  | { readonly kind: "recording"; readonly id: string; readonly text: string };
