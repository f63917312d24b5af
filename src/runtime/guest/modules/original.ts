/**
 * Original: an error of a script as if its modules had run as they were written. An import that is looked up is longer than its name (see `emit.ts`), which shows in
 * columns behind it and in what the engine calls it. Before → after:
 *
 *     (0 , ÿ.total) is not a function     →  total is not a function
 *     at lib/a.ts:2:19                    →  at lib/a.ts:2:10
 */
import type { GuestError } from "../../seam.ts";
import type { LinkedModule } from "./link.ts";

/** What an error is put right with; `null` where every module runs as it was written. */
export type Original = ((error: GuestError) => GuestError) | null;

export function originalOf(modules: readonly LinkedModule[]): Original {
  const changed = modules.filter(({ shifts }) => shifts.length > 0);
  if (changed.length === 0) return null;
  const files = new Map(changed.map((module) => [module.filename, module.shifts]));
  const looked = [...new Set(changed.map((module) => module.looked))].map(escaped).join("|");
  const lookedUp = new RegExp(
    `\\(0 , (?:${looked})\\.([\\w$]+)\\)|(?<![\\w$.])(?:${looked})\\.([\\w$]+)`,
    "gu",
  );

  function words(text: string): string {
    return text.replace(lookedUp, (_, called?: string, read?: string) => called ?? read ?? "");
  }

  function frame(line: string): string {
    const match = /:(\d+):(\d+)(\)?)$/.exec(line);
    if (!match) return line;
    const [, at, column, after] = match;
    // `at f (a.ts:1:2)`, `at async a.ts:1:2`
    const start = after === "" ? /^\s+at (?:async )?/.exec(line)?.[0].length : line.lastIndexOf(" (") + 2;
    const file = line.slice(start, match.index);
    const shifts = files.get(file);
    if (!shifts) return line;
    let left = Number(column);
    let added = 0;
    for (const shift of shifts) {
      if (shift.line !== Number(at) || left < shift.column + added) continue;
      if (left < shift.column + added + shift.reach) left = shift.column + added;
      else added += shift.length - shift.name;
    }
    left -= added;
    return `${line.slice(0, match.index)}:${at}:${left}${after}`;
  }

  return function original(error): GuestError {
    const { cause, errors } = error;
    const at = error.stack.search(/\n\s+at /);
    const head = at < 0 ? error.stack : error.stack.slice(0, at);
    const frames = at < 0 ? "" : error.stack.slice(at).split("\n").map(frame).join("\n");
    return {
      ...error,
      message: words(error.message),
      stack: words(head) + frames,
      ...(cause === undefined ? {} : { cause: original(cause) }),
      ...(errors === undefined ? {} : { errors: errors.map(original) }),
    };
  };
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
