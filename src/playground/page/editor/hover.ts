/** Documentation of what the pointer rests on. */
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { ask } from "../api.ts";
import type { Session } from "../state.ts";
import { explained } from "./explained.ts";

export function hover(session: Session): Extension {
  return hoverTooltip(async (_, position) => {
    const found = await ask("hover", {
      script: session.script(),
      profile: session.choices.profile,
      position,
    }).catch(() => null);
    if (found === null) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: explained(found) }) };
  });
}
