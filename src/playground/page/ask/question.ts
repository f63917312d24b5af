/** One question of a run: what is called with what, and the ways to answer. */
import type { Json } from "../../../model/json.ts";
import type { CallWaits, Shown, WaitAnswer } from "../../protocol.ts";
import { button, h } from "../dom.ts";
import { whole } from "../format.ts";
import { tree } from "../output/tree.ts";

export interface QuestionOptions {
  readonly answer: (answer: WaitAnswer) => Promise<unknown>;
  readonly stop: () => void;
  /** Closes the dialog without an answer. */
  readonly close: () => void;
  /** How many questions there are, this one included. */
  readonly of: number;
}

export function question(wait: CallWaits, options: QuestionOptions): HTMLElement {
  const isApproval = wait.for === "approval";
  const problem = h("p", { class: "field-problem", attrs: { role: "alert" } });
  const say = (answer: () => WaitAnswer) => (): void => {
    problem.textContent = "";
    const failed = (error: unknown): void =>
      void (problem.textContent = error instanceof Error ? error.message : String(error));
    try {
      options.answer(answer()).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
  const field = isApproval
    ? h("input", { class: "search", attrs: { type: "text", maxlength: 500 } })
    : h("textarea", {
        class: "input-text",
        attrs: { rows: 4, spellcheck: "false", placeholder: '{ "signedBy": "Ada" }' },
      });
  const decide = (approved: boolean) =>
    say(() => ({ wait: wait.wait, approved, reason: approved ? "" : field.value }));
  const actions = h(
    "div",
    { class: "ask-actions" },
    button("Stop the run", options.stop),
    button("Later", options.close),
    h("span", { class: "ask-space" }),
    isApproval ? button("Deny", decide(false), "danger") : null,
    isApproval
      ? button("Approve", decide(true), "primary")
      : button(
          "Answer",
          say(() => ({ wait: wait.wait, value: jsonIn(field.value) })),
          "primary",
        ),
  );
  // The second half of a double click was meant for the question before: nobody has read this one.
  actions.addEventListener(
    "click",
    (event) => {
      if (event.detail > 1) event.stopPropagation();
    },
    { capture: true },
  );
  return h(
    "div",
    { class: "ask-body" },
    h(
      "h2",
      { attrs: { id: "ask-title", tabindex: -1 } },
      isApproval ? "Approve this call?" : "What does it wait for?",
      options.of > 1 ? h("span", { class: "muted" }, ` 1 of ${options.of}`) : null,
    ),
    h(
      "p",
      {},
      h("code", { class: "ask-name" }, wait.name),
      isApproval
        ? " is marked @approval: it is called after a yes, and never otherwise."
        : " waits for an answer that comes from elsewhere. It is called once more with yours.",
    ),
    h(
      "div",
      { class: "ask-values", attrs: { tabindex: 0, role: "region", "aria-label": "Arguments" } },
      shownAs("arguments", wait.args),
      wait.reason === null ? null : shownAs("waits for", wait.reason),
    ),
    h(
      "label",
      { class: "ask-field" },
      isApproval ? "Reason for a no; the script is told" : "Answer, as JSON",
      field,
    ),
    problem,
    actions,
  );
}

function shownAs(name: string, shown: Shown): HTMLElement {
  if ("value" in shown) return tree(shown.value, name, true);
  return h("pre", { class: "tree-text" }, `${name}, ${whole(shown.letters)} letters: ${shown.beginning}…`);
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`The answer is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
