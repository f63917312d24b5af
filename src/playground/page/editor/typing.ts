/**
 * Letters typed over a selection. Left to the browser, it would join the lines that remain by elements with styles of their own, which the policy of the page
 * forbids and reports.
 */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export const typing: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main, ranges } = view.state.selection;
    const { inputType, data } = event;
    if (inputType !== "insertText" || data === null || main.empty || ranges.length > 1 || view.composing)
      return false;
    event.preventDefault();
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { scrollIntoView: true, userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert());
    return true;
  },
});
