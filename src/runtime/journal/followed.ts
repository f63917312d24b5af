/**
 * Follows what a run did before while it does it again: knows which call, line and load of its journal comes next, and says where the run behaves
 * otherwise. Answers nothing and writes nothing.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { digestLetters, type ConsoleLevel } from "../seam.ts";
import type { History, RecordedCall } from "./history.ts";
import type { Loaded } from "./loaded.ts";
import { otherCall, otherLine, otherModules, tooFewCalls } from "./otherwise.ts";

export interface NextCall {
  readonly number: number;
  /** Absent for a call that is new. */
  readonly recorded: RecordedCall | undefined;
  /** That it is another call than the recorded one. */
  readonly error: RunError | null;
}

export class FollowedHistory {
  readonly #history: History;
  #made = 0;
  #said = 0;
  #loaded = 0;

  constructor(history: History) {
    this.#history = history;
  }

  /** The script has made a call. `digests` has that of its arguments at `from`. */
  call({ name }: RegistryLeaf, digests: string, from = 0): NextCall {
    const number = this.#made++;
    const recorded = this.#history.calls[number];
    if (recorded === undefined) return { number, recorded, error: null };
    const { leaf, args } = recorded;
    const isSame = leaf === name && args.length === digestLetters && digests.startsWith(args, from);
    return { number, recorded, error: isSame ? null : otherCall(number, leaf, name) };
  }

  /** The script has printed a line: `new`, or one that was printed before, or an error. */
  line(level: ConsoleLevel, text: string): "new" | "known" | RunError {
    const recorded = this.#history.said[this.#said++];
    if (recorded === undefined) return "new";
    // Across processes a line comes without the halves of letters that it has in one.
    if (recorded[0] === level && recorded[1].toWellFormed() === text.toWellFormed()) return "known";
    return otherLine(recorded, [level, text]);
  }

  /** Texts of modules were loaded. */
  load({ digest, modules }: Loaded): "new" | "known" | RunError {
    const recorded = this.#history.loads[this.#loaded++];
    if (recorded === undefined) return "new";
    return recorded.digest === digest ? "known" : otherModules(recorded.modules, modules);
  }

  /** The script has ended: a call that it has not made again is one too many. */
  end(): RunError | null {
    const missing = this.#history.calls[this.#made];
    return missing === undefined ? null : tooFewCalls(this.#made, missing.leaf);
  }
}
