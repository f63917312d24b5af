/** The editor of an input. Tab leaves it, as it leaves a field. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { theme } from "../editor/theme.ts";
import { typing } from "../editor/typing.ts";
import type { Session } from "../state.ts";
import { inputAssist, recheckInput } from "./assist.ts";

export interface InputEditor {
  set(text: string): void;
  /** Puts text where the cursor is. */
  insert(text: string): void;
  /** The same text, against another type. */
  recheck(): void;
}

export interface InputEditorOptions {
  readonly session: Session;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onProblem: (problem: string) => void;
  readonly run: () => void;
}

export function createInputEditor(
  parent: HTMLElement,
  { session, text, onChange, onProblem, run }: InputEditorOptions,
): InputEditor {
  const root = parent.attachShadow({ mode: "open" });
  const runKey = keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]);
  const extensions = [
    Prec.highest(runKey),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    json(),
    typing,
    inputAssist(session, onProblem),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...lintKeymap,
    ]),
    placeholder('{ "customer": "Ada" }'),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "input, as JSON", spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    theme,
  ];
  const view = new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: root, root });
  return {
    set(next) {
      // As a change, so that it can be undone.
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    insert(inserted) {
      view.dispatch(view.state.replaceSelection(inserted), { scrollIntoView: true, userEvent: "input" });
      view.focus();
    },
    recheck: () => view.dispatch({ effects: recheckInput.of(null) }),
  };
}
