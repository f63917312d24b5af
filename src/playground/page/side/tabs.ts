/** Tabs as the practice for pages has them: arrows move, one is in the order of Tab. */
import { h, replace } from "../dom.ts";

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Its panel is seen now. */
  readonly shown?: () => void;
}

/** Panels are `#panel-<id>`. */
export function createTabs(parent: Element, tabs: readonly Tab[]): { select(id: string): void } {
  const buttons = tabs.map(({ id, label }) =>
    h(
      "button",
      {
        class: "tab",
        attrs: { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}` },
        on: { click: () => select(id) },
      },
      label,
    ),
  );
  parent.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || at < 0) return;
    const next = (at + step + tabs.length) % tabs.length;
    select(tabs[next]?.id ?? "");
    buttons[next]?.focus();
  });
  function select(id: string): void {
    tabs.forEach((tab, index) => {
      const isChosen = tab.id === id;
      buttons[index]?.setAttribute("aria-selected", String(isChosen));
      buttons[index]?.setAttribute("tabindex", isChosen ? "0" : "-1");
      const panel = document.getElementById(`panel-${tab.id}`);
      if (panel !== null) panel.hidden = !isChosen;
      if (isChosen) tab.shown?.();
    });
  }
  replace(parent, buttons);
  select(tabs[0]?.id ?? "");
  return { select };
}
