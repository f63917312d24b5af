/** What a run waits for, until somebody at the page has answered all of it. */
import { fromJsonForm } from "../../json-form/index.ts";
import type { Answer } from "../../runtime/index.ts";
import type { WaitAnswer } from "../protocol.ts";

export interface Questions {
  /** Resolves to the answers to all of `asked`; to `null` when the run was stopped meanwhile. `told` hears the number of each. */
  readonly ask: (asked: readonly Asked[], told: (wait: number) => void) => Promise<readonly Answer[] | null>;
  /** Is nothing when nobody has asked. */
  answer(said: WaitAnswer): void;
}

/** One question of a run. A call may ask several, one after the other, so each has a number of its own. */
export interface Asked {
  readonly wait: number;
  readonly call: number;
}

export function createQuestions(signal: AbortSignal): Questions {
  const open = new Map<number, (said: WaitAnswer) => void>();
  return {
    ask: (asked, told) =>
      new Promise((resolve) => {
        const answers: Answer[] = [];
        const stopped = (): void => {
          open.clear();
          resolve(null);
        };
        if (signal.aborted) return stopped();
        signal.addEventListener("abort", stopped, { once: true });
        for (const { wait, call } of asked) {
          open.set(wait, (said) => {
            answers.push(answerOf(said, call));
            told(wait);
            if (answers.length < asked.length) return;
            signal.removeEventListener("abort", stopped);
            resolve(answers);
          });
        }
      }),
    answer(said) {
      const hear = open.get(said.wait);
      open.delete(said.wait);
      hear?.(said);
    },
  };
}

function answerOf(said: WaitAnswer, call: number): Answer {
  if ("value" in said) return { call, value: fromJsonForm(said.value) };
  const { approved, reason } = said;
  return { call, approved, ...(reason !== "" && { reason }) };
}
