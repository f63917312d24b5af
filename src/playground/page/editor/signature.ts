/** The parameters of the call the cursor is in, while its arguments are written. */
import { MapMode, StateEffect, StateField, type ChangeDesc, type Extension } from "@codemirror/state";
import {
  type EditorView,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { SignatureHelp } from "../../protocol.ts";
import { ask } from "../api.ts";
import { h } from "../dom.ts";
import { markdown } from "../markdown.ts";
import type { Session } from "../state.ts";

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return tooltip && moved(tooltip, transaction.changes);
  },
  provide: (field) => showTooltip.from(field),
});

/** Where its text is now; `null` when that is gone, because the view measures what is shown before anyone has answered for the new text. */
function moved(tooltip: Tooltip, changes: ChangeDesc): Tooltip | null {
  const pos = changes.mapPos(tooltip.pos, 1, MapMode.TrackDel);
  return pos === null ? null : pos === tooltip.pos ? tooltip : { ...tooltip, pos };
}

export function signatureHelp(session: Session): Extension {
  let question = 0;

  async function request(view: EditorView): Promise<void> {
    const asked = ++question;
    const position = view.state.selection.main.head;
    const help = await ask("signature", {
      script: session.script(),
      profile: session.choices.profile,
      position,
    }).catch(() => null);
    if (asked !== question || view.state.selection.main.head !== position) return;
    if (help === null && view.state.field(shown) === null) return;
    const tooltip =
      help === null ? null : { pos: position, above: true, create: () => ({ dom: rendered(help) }) };
    view.dispatch({ effects: show.of(tooltip) });
  }

  const plugin = ViewPlugin.fromClass(
    class {
      update(update: ViewUpdate): void {
        if (!update.docChanged && !update.selectionSet) return;
        const isOpen = update.state.field(shown) !== null;
        if (isOpen || (update.docChanged && isOpening(update)))
          queueMicrotask(() => void request(update.view));
      }
    },
  );
  const keys = keymap.of([
    {
      key: "Mod-Shift-Space",
      run: (view) => {
        void request(view);
        return true;
      },
    },
    {
      key: "Escape",
      run(view) {
        if (view.state.field(shown) === null) return false;
        question += 1;
        view.dispatch({ effects: show.of(null) });
        return true;
      },
    },
  ]);
  return [shown, plugin, keys];
}

/** A parenthesis or a comma was typed. */
function isOpening({ changes }: ViewUpdate): boolean {
  let found = false;
  changes.iterChanges((_from, _to, _fromB, _toB, inserted) => {
    found ||= /[(,]/u.test(inserted.toString()) && inserted.length < 4;
  });
  return found;
}

function rendered({ before, parameters, after, active, text }: SignatureHelp): HTMLElement {
  const list = parameters.flatMap((parameter, index) => [
    index === 0 ? "" : ", ",
    index === active ? h("strong", { class: "signature-active" }, parameter) : parameter,
  ]);
  return h(
    "div",
    { class: "explained" },
    h("pre", {}, before, list, after),
    text === "" ? null : markdown(text),
  );
}
