/** Completion and findings of an input: what the declared type takes, and what a host would say of what is there. */
import {
  autocompletion,
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { linter, type Diagnostic } from "@codemirror/lint";
import { StateEffect, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Json } from "../../../model/json.ts";
import { ask } from "../api.ts";
import type { Session } from "../state.ts";
import { firstFault, placeAt, rangeOf } from "./place.ts";

/** The type is another now, while the text is the same. */
export const recheckInput = StateEffect.define<null>();

/** `told` gets what is wrong first; empty when nothing is. */
export function inputAssist(session: Session, told: (problem: string) => void): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, session)], icons: false }),
    linter((view) => check(view, session, told), {
      delay: 200,
      needsRefresh: ({ transactions }) =>
        transactions.some(({ effects }) => effects.some((effect) => effect.is(recheckInput))),
    }),
  ];
}

async function check(
  view: EditorView,
  session: Session,
  told: (problem: string) => void,
): Promise<readonly Diagnostic[]> {
  const { state } = view;
  let value: Json | undefined;
  try {
    value = parseInput(state.doc.toString());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    told(message);
    const from = Math.min(firstFault(state), Math.max(0, state.doc.length - 1));
    return [{ from, to: Math.min(from + 1, state.doc.length), severity: "error", message }];
  }
  const found = await ask("input/check", {
    script: session.script(),
    profile: session.choices.profile,
    ...(value !== undefined && { value }),
  }).catch(() => null);
  if (view.state.doc !== state.doc) return [];
  told(found?.[0]?.message ?? "");
  return (found ?? []).map(({ path, severity, message }) => ({ ...rangeOf(state, path), severity, message }));
}

async function complete(context: CompletionContext, session: Session): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const place = placeAt(state, pos);
  const before = state.sliceDoc(Math.max(0, pos - 1), pos);
  if (place === null || (!explicit && place.from === pos && !/[{,:[\s]/u.test(before))) return null;
  const { kind, path, from, to, taken } = place;
  const asked = { script: session.script(), profile: session.choices.profile, path };
  const found = await ask("input/complete", asked).catch(() => null);
  if (found === null || context.aborted) return null;
  const options =
    kind === "key"
      ? found.keys
          .filter(({ name }) => !taken.includes(name))
          .map(({ name, type, optional }): Completion => ({
            // As it is written, so that what has been typed is its beginning.
            label: JSON.stringify(name),
            displayLabel: `${name}${optional ? "?" : ""}`,
            detail: type,
            apply: applyKey(JSON.stringify(name)),
            boost: optional ? 0 : 1,
          }))
      : found.values.map(({ label, text, type }): Completion => ({
          label: text.length > 40 || label.startsWith("fill in") ? label : text,
          ...(label !== text && { detail: type }),
          apply: (view) => insert(view, from, to, text),
        }));
  // What was typed of a key has its quotes or not yet.
  return options.length === 0 ? null : { from, to, options, filter: kind === "value" || from < pos };
}

/** `"name": ` with the cursor behind it; where a colon follows, the name alone. */
function applyKey(name: string) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    const end = view.state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
    if (/^\s*:/u.test(view.state.sliceDoc(end, end + 20)))
      return view.dispatch({
        changes: { from, to: end, insert: name },
        selection: { anchor: from + name.length },
      });
    view.dispatch({
      changes: { from, to: end, insert: `${name}: ` },
      selection: { anchor: from + name.length + 2 },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
    });
    startCompletion(view);
  };
}

/** At the depth of the line. */
function insert(view: EditorView, from: number, to: number, text: string): void {
  const indent = /^\s*/u.exec(view.state.doc.lineAt(from).text)?.[0] ?? "";
  const written = text.replaceAll("\n", `\n${indent}`);
  view.dispatch({
    changes: { from, to, insert: written },
    selection: { anchor: from + written.length },
    userEvent: "input.complete",
  });
}

/** `undefined` for no text. Throws words for the author. */
export function parseInput(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
