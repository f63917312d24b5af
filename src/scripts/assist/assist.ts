/**
 * Helps whoever writes a script in an editor of ours: completion, documentation, signatures, findings with their ways out. One compiler answers
 * all of it, the one that `typecheck` uses, so that nothing is suggested that would be a finding.
 */
import type { EngineName } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { createScriptCheckerOf } from "../typecheck/check-scripts.ts";
import { kindName, kindOf, kindsOf } from "../typecheck/frontend/kind.ts";
import { openScriptService, type Script, type ScriptModules, ts } from "../typecheck/frontend/service.ts";
import { fixesFor, type TextChange } from "./fixes.ts";

export interface Assistant {
  /** What is wrong with a script, each finding with what mends it. */
  check(script: Script): readonly AssistedFinding[];
  completions(script: Script, position: number): AssistedCompletions | null;
  /** What is said of one of the completions at a place. */
  describe(script: Script, position: number, label: string): Said | null;
  hover(script: Script, position: number): (Said & Span) | null;
  signature(script: Script, position: number): AssistedSignature | null;
}

/** Letters of UTF-16. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Said {
  /** TypeScript. */
  readonly code: string;
  /** Markdown. */
  readonly text: string;
}

export interface AssistedFinding extends Span {
  readonly diagnostic: Diagnostic;
  readonly fixes: readonly { readonly title: string; readonly changes: readonly TextChange[] }[];
}

export interface AssistedCompletions extends Span {
  readonly items: readonly {
    readonly label: string;
    readonly kind: string;
    readonly insert: string;
    /** Smaller ones come first. */
    readonly rank: string;
  }[];
}

export interface AssistedSignature {
  readonly before: string;
  readonly parameters: readonly string[];
  readonly after: string;
  readonly active: number;
  readonly text: string;
}

/**
 * Opens an assistant for scripts of one declaration. Keep it: its first answer reads the libraries.
 *
 * @example
 * const assistant = createAssistant(declaration, "node24");
 * assistant.completions({ file: "a.ts", text: "SecureExec.bindings." }, 20)?.items.map(({ label }) => label);
 */
export function createAssistant(declaration: string, engine: EngineName, modules?: ScriptModules): Assistant {
  const service = openScriptService(engine, modules);
  const checker = createScriptCheckerOf(service);
  const kinds = kindsOf(declaration);

  /** The name of the script in the program, where it has its own text and nothing else. */
  function open(script: Script): string {
    service.setDeclaration(declaration);
    const kind = kindOf(kindName(script), kinds);
    const [checked] = service.open([script], { kind: { ...kind, result: null } });
    if (checked === undefined) throw new Error("A script that was opened is not there.");
    return checked.source.fileName;
  }
  const { language } = service;

  return {
    check(script) {
      const findings = checker.check([script], declaration).find((one) => one.script.file === script.file);
      const file = open(script);
      return (findings?.diagnostics ?? []).map((diagnostic) => {
        const span = spanOf(diagnostic, script.text);
        return {
          ...span,
          diagnostic,
          fixes: fixesFor(diagnostic, span, { language, file, text: script.text }),
        };
      });
    },
    completions(script, position) {
      const found = language.getCompletionsAtPosition(open(script), position, {
        includeCompletionsWithInsertText: true,
      });
      if (found === undefined) return null;
      const word = found.optionalReplacementSpan;
      const from = word?.start ?? wordStart(script.text, position);
      return {
        from,
        to: Math.max(position, word === undefined ? position : ts.textSpanEnd(word)),
        items: found.entries
          .filter(({ replacementSpan }) => replacementSpan === undefined)
          .map(({ name, kind, insertText, sortText }) => ({
            label: name,
            kind,
            insert: insertText ?? name,
            rank: sortText,
          })),
      };
    },
    describe(script, position, label) {
      const details = language.getCompletionEntryDetails(
        open(script),
        position,
        label,
        undefined,
        undefined,
        undefined,
        undefined,
      );
      return details === undefined
        ? null
        : { code: textOf(details.displayParts), text: docText(details.documentation, details.tags) };
    },
    hover(script, position) {
      const info = language.getQuickInfoAtPosition(open(script), position);
      return info === undefined
        ? null
        : {
            from: info.textSpan.start,
            to: ts.textSpanEnd(info.textSpan),
            code: textOf(info.displayParts),
            text: docText(info.documentation, info.tags),
          };
    },
    signature(script, position) {
      const help = language.getSignatureHelpItems(open(script), position, undefined);
      const item = help?.items[help.selectedItemIndex];
      if (help === undefined || item === undefined) return null;
      const active = Math.min(help.argumentIndex, Math.max(0, item.parameters.length - 1));
      return {
        before: textOf(item.prefixDisplayParts),
        parameters: item.parameters.map(({ displayParts }) => textOf(displayParts)),
        after: textOf(item.suffixDisplayParts),
        active,
        text: docText(item.parameters[active]?.documentation, []) || docText(item.documentation, []),
      };
    },
  };
}

/** A finding about a whole file stands in its first line. */
function spanOf({ line, column, endLine, endColumn }: Diagnostic, text: string): Span {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/gu)].map((end) => end.index + end[0].length)];
  const offset = (at: number, in_: number): number =>
    Math.min(text.length, (starts[at - 1] ?? text.length) + in_ - 1);
  const from = offset(line ?? 1, column ?? 1);
  return { from, to: Math.max(from, offset(endLine ?? line ?? 1, endColumn ?? column ?? 1)) };
}

function wordStart(text: string, position: number): number {
  return position - (/[\p{ID_Continue}$]*$/u.exec(text.slice(0, position))?.[0].length ?? 0);
}

const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
  ts.displayPartsToString([...(parts ?? [])]);

/** `@timeout 2s` and its like stand behind what is said. */
function docText(
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
): string {
  const said = (tags ?? []).map(({ name, text }) =>
    name === "example" ? exampleText(textOf(text)) : `**@${name}** ${textOf(text)}`.trim(),
  );
  return [textOf(documentation), ...said].filter((part) => part !== "").join("\n\n");
}

function exampleText(text: string): string {
  return text.includes("```") ? text : `\`\`\`ts\n${text}\n\`\`\``;
}
