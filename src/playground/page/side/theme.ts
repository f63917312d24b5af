/** Light or dark: as the system has it, until somebody chooses. */
import { button } from "../dom.ts";
import type { Choices } from "../state.ts";

const next = { system: "light", light: "dark", dark: "system" } as const;
const words = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" } as const;

export function themeSwitch(choices: Choices, changed: () => void): HTMLButtonElement {
  const control = button("", () => {
    choices.theme = next[choices.theme];
    apply();
    changed();
  });
  function apply(): void {
    const { theme } = choices;
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    control.textContent = words[theme];
    dispatchEvent(new Event("themechange"));
  }
  apply();
  return control;
}
