/**
 * Prints changes for a terminal: what happened, where it shows, what it means; and the verdict as the last line.
 *
 * ```
 * breaking result-property-removed: type `User`: the property `email` is gone.
 *   db.query  result[].email
 *   db.find   result.email
 *   help: scripts that use what was promised before may fail.
 * ```
 */
import { counted } from "../../model/counted.ts";
import { visible } from "../../model/names.ts";
import { lowerFirst } from "../../diagnostics/format/text.ts";
import type { Impact } from "../../scripts/impact/impact.ts";
import type { Change, ChangeClass } from "../../diff/change.ts";
import { groupChanges } from "../../diff/group.ts";
import { verdictOf } from "../../diff/verdict.ts";

export interface TextOptions {
  /** ANSI colours. Default: false; the command line decides by terminal and `NO_COLOR`. */
  readonly colors?: boolean;
}

/** All changes as text that ends in a newline. */
export function formatChanges(changes: readonly Change[], options: TextOptions = {}): string {
  const paint = (open: number, close: number, text: string): string =>
    options.colors === true ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  const color: Readonly<Record<ChangeClass, number>> = { breaking: 31, compatible: 32, docs: 36 };
  const blocks = groupChanges(changes).map(({ says, first, uses, root }) => {
    const head = `${paint(color[first.class], 39, first.class)} ${paint(1, 22, first.kind)}: ${visible(says)}`;
    const width = Math.max(...uses.map((change) => change.path.join(".").length));
    const places =
      root === null ? [] : uses.map(({ path, where }) => `  ${path.join(".").padEnd(width)}  ${where}`);
    const help = first.help === "" ? [] : [`  ${paint(1, 22, "help:")} ${lowerFirst(first.help)}`];
    return [head, ...places.map(visible), ...help].join("\n");
  });
  return `${[...blocks, summaryOf(changes)].join("\n\n")}\n`;
}

/** `1 of 3 scripts breaks` */
export function brokenOf({ broken, scripts }: Impact): string {
  return `${broken.length} of ${counted(scripts, "script")} ${broken.length === 1 ? "breaks" : "break"}`;
}

/** `2 breaking, 1 compatible: a major version`: as many as are shown, so that a type in many places is one. */
export function summaryOf(changes: readonly Change[]): string {
  const groups = groupChanges(changes);
  const count = (name: ChangeClass): number => groups.filter(({ first }) => first.class === name).length;
  const parts = (["breaking", "compatible", "docs"] as const)
    .filter((name) => count(name) > 0)
    .map((name) => `${count(name)} ${name === "docs" ? "of documentation" : name}`);
  const verdict = verdictOf(changes);
  return verdict === "none" ? "no changes" : `${parts.join(", ")}: a ${verdict} version`;
}
