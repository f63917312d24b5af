/** Hears what another tab of the same project writes. */
import { byName, keyOf, type Choices } from "./state.ts";

/** What another tab of the same project has written: it is kept, except for the script that is open here. */
export function onOtherTab(project: string, choices: Choices, changed: () => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== keyOf(project) || newValue === null) return;
    const { drafts } = JSON.parse(newValue) as Choices;
    const mine = choices.drafts[choices.script];
    choices.drafts = byName(drafts);
    if (mine === undefined) delete choices.drafts[choices.script];
    else choices.drafts[choices.script] = mine;
    changed();
  });
}
