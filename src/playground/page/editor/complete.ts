/** Completion: what the compiler would take at the cursor. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { ask } from "../api.ts";
import type { Session } from "../state.ts";
import { explained } from "./explained.ts";

export function completion(session: Session): Extension {
  return autocompletion({ override: [(context) => complete(context, session)], maxRenderedOptions: 200 });
}

async function complete(context: CompletionContext, session: Session): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\p{ID_Continue}$]+/u);
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && word === null && !/[."'`]/u.test(before)) return null;
  const place = { script: session.script(), profile: session.choices.profile, position: context.pos };
  const found = await ask("completions", place).catch(() => null);
  if (found === null || context.aborted) return null;
  return {
    from: found.from,
    to: Math.max(found.to, context.pos),
    validFor: /^[\p{ID_Continue}$]*$/u,
    options: found.items.map(({ label, kind, insert, rank }): Completion => ({
      label,
      type: types[kind] ?? "variable",
      apply: insert,
      // What the compiler puts first is nearer than a global of the language.
      boost: 20 - Math.min(20, Number.parseInt(rank, 10) || 0),
      info: async () => {
        const said = await ask("describe", { ...place, label }).catch(() => null);
        return said === null ? null : explained(said);
      },
    })),
  };
}

/** The compiler's words, as the editor's icons are called. */
const types: Readonly<Record<string, string>> = {
  method: "method",
  function: "function",
  "local function": "function",
  property: "property",
  getter: "property",
  keyword: "keyword",
  class: "class",
  interface: "interface",
  type: "type",
  const: "constant",
  let: "variable",
  var: "variable",
  module: "namespace",
  string: "text",
};
