/**
 * The editor of scripts. It is in a shadow tree, where its styles are sheets and not `style` elements: the page forbids those. What it knows
 * of the language it asks the server's compiler.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintKeymap, openLintPanel } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Session } from "../state.ts";
import { completion } from "./complete.ts";
import { hover } from "./hover.ts";
import { findings, recheck } from "./findings.ts";
import { signatureHelp } from "./signature.ts";
import { theme } from "./theme.ts";
import { typing } from "./typing.ts";

export interface Editor {
  text(): string;
  /** Another script: what was done to the one before cannot be undone any more. */
  open(text: string): void;
  /** Puts text where the cursor is. */
  insert(text: string): void;
  goTo(line: number, column: number): void;
  /** The same text, against another declaration. */
  recheck(): void;
  showFindings(): void;
  focus(): void;
}

export interface EditorOptions {
  readonly session: Session;
  readonly onChange: (text: string) => void;
  readonly onFindings: (count: number) => void;
  readonly run: () => void;
}

export function createEditor(
  parent: HTMLElement,
  { session, onChange, onFindings, run }: EditorOptions,
): Editor {
  const root = parent.attachShadow({ mode: "open" });
  const runKey = Prec.highest(
    keymap.of([
      {
        key: "Mod-Enter",
        run: () => {
          run();
          return true;
        },
      },
    ]),
  );
  const extensions = [
    runKey,
    lineNumbers(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    javascript({ typescript: true }),
    typing,
    completion(session),
    hover(session),
    signatureHelp(session),
    findings(session, onFindings),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      "aria-label": "Script. Escape, then Tab, leaves the editor.",
      spellcheck: "false",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    theme,
  ];
  const stateOf = (doc: string): EditorState => EditorState.create({ doc, extensions });
  const view = new EditorView({ state: stateOf(""), parent: root, root });
  return {
    text: () => view.state.doc.toString(),
    open: (text) => view.setState(stateOf(text)),
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input" });
      view.focus();
    },
    goTo(line, column) {
      const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
      const anchor = Math.min(at.to, at.from + column - 1);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
    recheck: () => view.dispatch({ effects: recheck.of(null) }),
    showFindings: () => void openLintPanel(view),
    focus: () => view.focus(),
  };
}
