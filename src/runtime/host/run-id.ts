/**
 * The id of a run, made when it is first read: by a hook, by an error or by a host function.
 */
import { crypto } from "../crypto.ts";

export interface RunId {
  readonly text: string;
}

/** `given`: what the host calls the run; otherwise it is called by chance. */
export function runId(given?: string): RunId {
  let text = given;
  return {
    get text() {
      return (text ??= crypto().randomUUID());
    },
  };
}
