/** What mends a finding: the compiler's fixes that are sure, and those of our own rules. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { ts } from "../typecheck/frontend/service.ts";

export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

interface Fix {
  readonly title: string;
  readonly changes: readonly TextChange[];
}

interface In {
  readonly language: ts.LanguageService;
  readonly file: string;
  readonly text: string;
}

/** The compiler's names of fixes that change a slip; others declare what the host would have to. */
const sure: ReadonlySet<string> = new Set([
  "spelling",
  "addMissingAwait",
  "fixAwaitInSyncFunction",
  "unusedIdentifier",
]);

export function fixesFor(
  diagnostic: Diagnostic,
  { from, to }: { readonly from: number; readonly to: number },
  inside: In,
): readonly Fix[] {
  if (diagnostic.code === "script-promise-floating") return awaited(from, to, inside.text);
  const code = Number(/\(TS(\d+)\)/u.exec(diagnostic.message)?.[1] ?? Number.NaN);
  return Number.isNaN(code) ? [] : ofCompiler(code, from, to, inside);
}

/** `load();` → `await load();`, and in parentheses where something is asked of the promise. */
function awaited(from: number, to: number, text: string): readonly Fix[] {
  // A function that is ignored is not mended by a word.
  if (/^(?:async\b|\()/u.test(text.slice(from, to))) return [];
  const isAsked = /^\s*[.[(]/u.test(text.slice(to));
  const changes = isAsked
    ? [
        { from, to: from, insert: "(await " },
        { from: to, to, insert: ")" },
      ]
    : [{ from, to: from, insert: "await " }];
  return [{ title: "Write `await`", changes }];
}

function ofCompiler(code: number, from: number, to: number, { language, file }: In): readonly Fix[] {
  const fixes = language.getCodeFixesAtPosition(
    file,
    from,
    to,
    [code],
    ts.getDefaultFormatCodeSettings(),
    {},
  );
  return fixes
    .filter(({ fixName, changes }) => sure.has(fixName) && changes.every(({ fileName }) => fileName === file))
    .map(({ description, changes }) => ({
      title: description,
      changes: changes.flatMap(({ textChanges }) =>
        textChanges.map(({ span, newText }) => ({
          from: span.start,
          to: ts.textSpanEnd(span),
          insert: newText,
        })),
      ),
    }));
}
