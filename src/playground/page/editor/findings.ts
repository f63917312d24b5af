/** What `isobind typecheck` finds, underlined as it is typed, with what mends it. */
import { type Action, type Diagnostic, forEachDiagnostic, linter } from "@codemirror/lint";
import { StateEffect, type Extension } from "@codemirror/state";
import { type EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import type { Finding, Fix } from "../../protocol.ts";
import { ask } from "../api.ts";
import type { Session } from "../state.ts";

/** What the script is held to is another now, while its text is the same. */
export const recheck = StateEffect.define<null>();

export function findings(session: Session, told: (count: number) => void): Extension {
  const source = async (view: EditorView): Promise<readonly Diagnostic[]> => {
    const checked = view.state.doc;
    const asked = { script: session.script(), profile: session.choices.profile };
    // Where the server has gone, the page says so in one place.
    const found = await ask("check", asked).catch(() => []);
    // Places in a text that has changed since are those of other words; the change has asked anew.
    if (view.state.doc !== checked) return [];
    told(found.length);
    return found.map(diagnosticOf);
  };
  const needsRefresh = ({ transactions }: ViewUpdate): boolean =>
    transactions.some(({ effects }) => effects.some((effect) => effect.is(recheck)));
  return [linter(source, { delay: 250, needsRefresh }), keymap.of([{ key: "Mod-.", run: mendAtCursor }])];
}

function diagnosticOf({ from, to, severity, code, message, fixes }: Finding): Diagnostic {
  return { from, to, severity, source: code, message, actions: fixes.map(actionOf) };
}

/** Places move with the text that is typed before the fix is chosen, as the finding does. */
function actionOf({ title, changes }: Fix): Action {
  return {
    name: title,
    apply(view, from) {
      const first = Math.min(...changes.map((change) => change.from));
      const moved = from - (changes.find((change) => change.from === first)?.from ?? from);
      view.dispatch({
        changes: changes.map((change) => ({ ...change, from: change.from + moved, to: change.to + moved })),
        userEvent: "input.fix",
      });
      view.focus();
    },
  };
}

/** The first fix of a finding under the cursor, or of the first that has one. */
function mendAtCursor(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  let chosen: { readonly action: Action; readonly from: number; readonly to: number } | null = null;
  let isUnder = false;
  forEachDiagnostic(view.state, ({ actions }, from, to) => {
    const [action] = actions ?? [];
    if (action === undefined || isUnder) return;
    isUnder = from <= head && head <= to;
    if (chosen === null || isUnder) chosen = { action, from, to };
  });
  if (chosen === null) return false;
  const { action, from, to } = chosen as { action: Action; from: number; to: number };
  action.apply(view, from, to);
  return true;
}
