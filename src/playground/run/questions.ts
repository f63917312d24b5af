/** What a run waits for, until somebody at the page has answered all of it. */
import { fromJsonForm } from "../../json-form/index.ts";
import type { Answer } from "../../runtime/index.ts";
import type { WaitAnswer } from "../protocol.ts";

export interface Questions {
  /** Resolves to the answers to all of `waits`; to `null` when the run was stopped meanwhile. `told` hears of each. */
  readonly ask: (waits: readonly number[], told: (wait: number) => void) => Promise<readonly Answer[] | null>;
  /** Is nothing when nobody has asked. */
  answer(said: WaitAnswer): void;
}

export function createQuestions(signal: AbortSignal): Questions {
  const open = new Map<number, (answer: Answer) => void>();
  return {
    ask: (waits, told) =>
      new Promise((resolve) => {
        const answers: Answer[] = [];
        const stopped = (): void => {
          open.clear();
          resolve(null);
        };
        if (signal.aborted) return stopped();
        signal.addEventListener("abort", stopped, { once: true });
        for (const wait of waits) {
          open.set(wait, (answer) => {
            answers.push(answer);
            told(wait);
            if (answers.length < waits.length) return;
            signal.removeEventListener("abort", stopped);
            resolve(answers);
          });
        }
      }),
    answer(said) {
      const hear = open.get(said.wait);
      open.delete(said.wait);
      hear?.(answerOf(said));
    },
  };
}

function answerOf(said: WaitAnswer): Answer {
  const { wait: call } = said;
  if ("value" in said) return { call, value: fromJsonForm(said.value) };
  const { approved, reason } = said;
  return { call, approved, ...(reason !== "" && { reason }) };
}
