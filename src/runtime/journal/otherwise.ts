/**
 * Words what a run that is gone on with does otherwise than its journal says, and the way out. Decides nothing.
 */
import { visible } from "../../model/names.ts";
import type { RunError } from "../result.ts";
import type { ConsoleLevel } from "../seam.ts";
import type { ModuleText } from "./entry.ts";
import { notThisRun, shown } from "./words.ts";

/** The call with this number, from 0, is of another leaf; with the same one its arguments are others, of which a journal keeps a digest. */
export function otherCall(number: number, recorded: string, now: string): RunError {
  const call = `its call ${number + 1}`;
  return otherCourse(
    recorded === now
      ? `${call}, of ${shown(now)}, was made with other arguments than now`
      : `${call} is of ${shown(recorded)}, and the script now makes one of ${shown(now)}`,
  );
}

/** The script has ended before the call with this number. */
export function tooFewCalls(number: number, recorded: string): RunError {
  return otherCourse(`its call ${number + 1} is of ${shown(recorded)}, and the script now ends without it`);
}

type Line = readonly [level: ConsoleLevel, text: string];

export function otherLine(recorded: Line, now: Line): RunError {
  return otherCourse(`it has ${lineText(recorded)}, and now there is ${lineText(now)}`);
}

function lineText([level, text]: Line): string {
  return `console.${visible(level.slice(0, 20))} of ${visible(JSON.stringify(text.slice(0, 200)))}`;
}

/** Script, contract, input and modules were compared before: an honest run differs in what is not compared. */
function otherCourse(what: string): RunError {
  return notThisRun(
    what,
    "The script is the one it was begun with, so what it computes with is another: go on with the versions of Node and isobind it was begun with",
  );
}

/** The script was told something else of its modules. `recorded`: absent in journals that name none. */
export function otherModules(
  recorded: readonly ModuleText[] | undefined,
  now: readonly ModuleText[],
): RunError {
  return notThisRun(
    `when it was begun, ${recorded === undefined ? otherThanThese(now) : changes(new Map(recorded), new Map(now))}`,
    "Give the run the modules it was begun with, from your version control for example",
  );
}

function otherThanThese(now: readonly ModuleText[]): string {
  const these = now.length === 0 ? "" : ` (${inShort(now.map(([name]) => name))})`;
  return `other modules were imported than now${these}`;
}

type Texts = ReadonlyMap<string, string>;

function changes(recorded: Texts, now: Texts): string {
  const edited = [...recorded.keys()].filter((name) => now.has(name) && now.get(name) !== recorded.get(name));
  const gone = [...recorded.keys()].filter((name) => !now.has(name));
  const added = [...now.keys()].filter((name) => !recorded.has(name));
  const found = [
    ...about(edited, "had another text"),
    ...about(gone, gone.length === 1 ? "was imported, and is not now" : "were imported, and are not now"),
    ...about(added, added.length === 1 ? "was not imported, and is now" : "were not imported, and are now"),
  ];
  return found.length === 0 ? "an import was answered otherwise" : found.join("; ");
}

function about(names: readonly string[], what: string): readonly string[] {
  if (names.length === 0) return [];
  return [`the ${names.length === 1 ? "module" : "modules"} ${inShort(names)} ${what}`];
}

const mostNamed = 3;

/** `a.js`, `b.js`, `c.js` and 2 more */
function inShort(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map(shown);
  const more = names.length - named.length;
  return named.join(", ") + (more === 0 ? "" : ` and ${more} more`);
}
