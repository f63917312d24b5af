/** The script's `input`: its type, an editor for its JSON, and what writes a value for whoever does not want to. */
import type { Json } from "../../../model/json.ts";
import { ask } from "../api.ts";
import { button, h, replace } from "../dom.ts";
import type { Session } from "../state.ts";
import { parseInput } from "./assist.ts";
import { createInputEditor, type InputEditor } from "./editor.ts";

export interface InputForm {
  /** Throws words for the author when it is not JSON; `undefined` when there is none. */
  value(): Json | undefined;
  set(text: string): void;
  /** The type the definition gives it, as TypeScript. */
  showType(declaration: string): void;
  /** The panel is seen now. */
  shown(): void;
  /** The script or its declaration is another. */
  recheck(): void;
}

export interface InputOptions {
  readonly session: Session;
  readonly changed: () => void;
  readonly run: () => void;
  readonly announce: (text: string) => void;
}

const notations: readonly (readonly [label: string, text: () => string])[] = [
  ["Date", () => `{ "$type": "Date", "value": "${new Date().toISOString()}" }`],
  ["bigint", () => `{ "$type": "bigint", "value": "12" }`],
  ["Map", () => `{ "$type": "Map", "entries": [["key", 1]] }`],
  ["Set", () => `{ "$type": "Set", "values": [1, 2] }`],
  ["bytes", () => `{ "$type": "Uint8Array", "base64": "AQI=" }`],
  ["undefined", () => `{ "$type": "undefined" }`],
  ["NaN", () => `{ "$type": "number", "value": "NaN" }`],
];

export function createInput(parent: Element, options: InputOptions): InputForm {
  const { session, changed, run, announce } = options;
  const { choices } = session;
  const type = h("pre", { class: "input-type", attrs: { tabindex: 0 } });
  const problem = h("p", { class: "field-problem", attrs: { id: "input-problem", role: "status" } });
  const place = h("div", { class: "input-text" });
  let editor: InputEditor | null = null;
  /** Each click makes another. */
  let fills = 0;

  async function fillIn(): Promise<void> {
    problem.textContent = "";
    const seed = choices.seed + fills;
    try {
      const sample = await ask("input/sample", {
        script: session.script(),
        profile: choices.profile,
        seed,
      });
      if (sample === null) return void (problem.textContent = "The definition says nothing of this input.");
      fills += 1;
      set(JSON.stringify(sample, null, 2));
      announce(`A value of the type was filled in, made from the seed ${seed}.`);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  }
  function set(text: string): void {
    choices.input = text;
    if (editor === null) changed();
    else editor.set(text);
  }
  const fill = button("Fill in", () => void fillIn(), "small");
  fill.title = "A value of the declared type, from the seed of the mocks; once more makes another";
  replace(
    parent,
    h(
      "p",
      { class: "hint" },
      "The frozen global ",
      h("code", {}, "input"),
      " of the script. Without a text it is undefined.",
    ),
    type,
    h(
      "div",
      { class: "notations", attrs: { role: "group", "aria-label": "Write a value that JSON does not have" } },
      fill,
      notations.map(([label, text]) => button(label, () => editor?.insert(text()), "small")),
    ),
    place,
    problem,
  );
  type.hidden = true;
  return {
    value: () => parseInput(choices.input),
    set,
    showType(declaration) {
      type.hidden = declaration === "";
      fill.hidden = declaration === "";
      type.textContent = declaration;
      editor?.recheck();
    },
    shown() {
      // Most runs have no input, and a second editor would be waited for at the start.
      editor ??= createInputEditor(place, {
        session,
        text: choices.input,
        run,
        onProblem: (text) => void (problem.textContent = text),
        onChange(text) {
          choices.input = text;
          changed();
        },
      });
      editor.recheck();
    },
    recheck: () => editor?.recheck(),
  };
}
