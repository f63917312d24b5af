/**
 * Makes the code of a script ready to be entered: alone, or with the modules it is linked with. Nothing of it runs here.
 */
import type { Entered, Inside } from "../engine/engine.ts";
import type { GuestScript } from "../seam.ts";
import type { Linked } from "./modules/link.ts";
import { recallScript } from "./script/recall-script.ts";
import type { PreludeEntries } from "./start-prelude.ts";
import type { TimedIsolate } from "./timed-isolate.ts";
import { afterAll, maxTogether, together } from "./turns.ts";

/** Runs the script, from its beginning until it first waits. */
export type Ready = () => Entered;

/** Does what may fail because of the code of one file; `null` when the run has ended by it. */
export type Preparing = <Prepared>(filename: string, prepare: () => Prepared) => Prepared | null;

/** Throws `SyntaxFailure`, and what `compile` of an isolate does. */
export function readyAlone(script: GuestScript, isolate: TimedIsolate, entries: PreludeEntries): Ready {
  const { code, columnOffset, exportNames } = recallScript(script);
  const run = isolate.compile({ code, filename: script.filename, columnOffset });
  return () => isolate.enter(entries.run, [run, exportNames]);
}

/** `null` when a module cannot be compiled, and the run has ended by that. */
export function readyLinked(
  { modules, plan, exportNames }: Linked,
  isolate: TimedIsolate,
  entries: PreludeEntries,
  preparing: Preparing,
): Ready | null {
  const compiled: Inside[] = [];
  for (const module of modules) {
    const one = preparing(module.filename, () => isolate.compile(module));
    if (!one) return null;
    compiled.push(one);
  }
  return () =>
    afterAll([
      together(compiled, maxTogether, (some) => isolate.enter(entries.modules, some)),
      isolate.enter(entries.runModules, [JSON.stringify(plan), exportNames]),
    ]);
}
