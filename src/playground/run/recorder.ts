/** Tells of the calls of one run, and keeps their recording until somebody wants to share it. */
import type { Registry } from "../../model/registry.ts";
import { tableOfRegistry } from "../../testing/interpreted.ts";
import type { CallObserver } from "../../testing/recording/observe.ts";
import { callLine, headLine } from "../../testing/recording/recording.ts";
import type { RunEvent } from "../protocol.ts";
import { shown } from "./shown.ts";

export interface Recorder extends CallObserver {
  /** As `record` writes it; `null` when there was no call, or too much was said. */
  text(): string | null;
}

/** A file somebody sends to somebody: more is no longer one. */
const maxLetters = 16 * 1024 * 1024;

/** `now` counts from the start of the run. */
export function createRecorder(
  registry: Registry,
  emit: (event: RunEvent) => void,
  now: () => number,
): Recorder {
  let lines: string[] = [];
  let letters = 0;
  return {
    started: ({ call, name, args }) => emit({ kind: "call", call, name, args: shown(args), at: now() }),
    answered(recorded) {
      const { call, error, result = null } = recorded;
      emit({
        kind: "answer",
        call,
        at: now(),
        isError: error !== undefined,
        value: shown(error ?? result),
      });
      if (letters > maxLetters) return;
      const line = callLine(recorded);
      letters += line.length;
      if (letters > maxLetters) lines = [];
      else lines.push(line);
    },
    text() {
      if (lines.length === 0) return null;
      const { namespaces } = registry;
      const leaves = registry.leaves.map(({ path }) => path);
      return headLine({ leaves, namespaces, contract: tableOfRegistry(registry) }) + lines.join("");
    },
  };
}
