/**
 * Asks whoever is at the page what a run waits for: whether a call is made, or what a host function gets that waits. One question at a time; a dialog that was
 * closed is opened again from the badge of the run.
 */
import type { CallWaits, WaitAnswer } from "../../protocol.ts";
import { h, replace } from "../dom.ts";
import { question } from "./question.ts";

export interface Asking {
  begin(run: AskedRun): void;
  add(wait: CallWaits): void;
  /** It has been answered. */
  told(wait: number): void;
  /** Shows what is still to be answered. */
  readonly open: () => void;
  /** The run has ended: there is nothing to ask any more. */
  end(): void;
}

export interface AskedRun {
  readonly stop: () => void;
  readonly answer: (answer: WaitAnswer) => Promise<unknown>;
}

export interface AskingOptions {
  readonly announce: (text: string) => void;
  /** The run waits for so many answers; for none, it goes on. */
  readonly waiting: (count: number) => void;
}

export function createAsking({ announce, waiting }: AskingOptions): Asking {
  const dialog = h("dialog", { class: "ask", attrs: { "aria-labelledby": "ask-title" } });
  document.body.append(dialog);
  const title = document.title;
  let run: AskedRun = { stop() {}, answer: () => Promise.resolve() };
  let asked: readonly CallWaits[] = [];
  /** The one that is shown. */
  let shown: CallWaits | null = null;

  function show(): void {
    const [first = null] = asked;
    document.title = first === null ? title : `(waiting) ${title}`;
    if (first === null) {
      shown = null;
      return dialog.close();
    }
    if (shown !== first) {
      shown = first;
      const { stop, answer } = run;
      replace(dialog, question(first, { stop, answer, of: asked.length, close: () => dialog.close() }));
    }
    if (!dialog.open) dialog.showModal();
    // Not a button: a key that was meant for the editor must not decide.
    dialog.querySelector<HTMLElement>("#ask-title")?.focus();
  }

  return {
    begin(next) {
      run = next;
    },
    add(wait) {
      asked = [...asked, wait];
      waiting(asked.length);
      announce(`The run waits for you: ${wait.name}.`);
      show();
    },
    told(wait) {
      asked = asked.filter((one) => one.wait !== wait);
      waiting(asked.length);
      show();
    },
    open: show,
    end() {
      asked = [];
      show();
    },
  };
}
