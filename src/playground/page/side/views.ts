/** On a narrow page one part is shown at a time; these buttons choose it. */
import { button, replace } from "../dom.ts";

const views = [
  ["script", "Script"],
  ["output", "Output"],
  ["calls", "Calls"],
  ["reference", "Bindings"],
] as const;

export type View = (typeof views)[number][0];

export function createViews(parent: Element): { show(view: View): void } {
  const buttons = views.map(([view, label]) => button(label, () => show(view), "view"));
  function show(view: View): void {
    document.body.dataset["view"] = view;
    views.forEach(([name], index) => buttons[index]?.setAttribute("aria-pressed", String(name === view)));
  }
  replace(parent, buttons);
  show("script");
  return { show };
}
