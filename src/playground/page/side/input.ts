/** The script's `input`, as JSON in the JSON form, with the notation of what JSON has no words for one click away. */
import type { Json } from "../../../model/json.ts";
import { button, h, replace } from "../dom.ts";
import type { Choices } from "../state.ts";

export interface InputForm {
  /** Throws words for the author when it is not JSON; `undefined` when there is none. */
  value(): Json | undefined;
  set(text: string): void;
  /** The type the definition gives it, as TypeScript. */
  showType(declaration: string): void;
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

export function createInput(parent: Element, choices: Choices, changed: () => void): InputForm {
  const type = h("pre", { class: "input-type", attrs: { tabindex: 0 } });
  const problem = h("p", { class: "field-problem", attrs: { id: "input-problem", role: "status" } });
  const field = h("textarea", {
    class: "input-text",
    attrs: {
      "aria-label": "input, as JSON",
      "aria-describedby": "input-problem",
      spellcheck: "false",
      placeholder: '{ "customer": "Ada" }',
    },
    on: {
      input() {
        choices.input = field.value;
        check();
        changed();
      },
    },
  });
  field.value = choices.input;

  function check(): void {
    problem.textContent = "";
    try {
      parse(field.value);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
    field.setAttribute("aria-invalid", String(problem.textContent !== ""));
  }
  function write(text: string): void {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input"));
    field.focus();
  }
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
      notations.map(([label, text]) => button(label, () => write(text()), "small")),
    ),
    field,
    problem,
  );
  type.hidden = true;
  check();
  return {
    value: () => parse(field.value),
    set(text) {
      field.value = text;
      choices.input = text;
      check();
    },
    showType(declaration) {
      type.hidden = declaration === "";
      type.textContent = declaration;
    },
  };
}

function parse(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
