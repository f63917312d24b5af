/**
 * Follows what a run did before while it does it again: knows which call, line and load of its journal comes next, and says where the run behaves
 * otherwise. Answers nothing and writes nothing.
 */
import { visible } from "../../model/names.ts";
import type { RegistryLeaf } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { digestLetters, type ConsoleLevel } from "../seam.ts";
import type { History, RecordedCall } from "./history.ts";
import { callText, mismatch } from "./words.ts";

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
    if (isSame) return { number, recorded, error: null };
    const now = callText(number, name, digests.slice(from, from + digestLetters));
    return { number, recorded, error: mismatch(callText(number, leaf, args), now) };
  }

  /** The script has printed a line: `new`, or one that was printed before, or an error. */
  line(level: ConsoleLevel, text: string): "new" | "known" | RunError {
    const recorded = this.#history.said[this.#said++];
    if (recorded === undefined) return "new";
    // Across processes a line comes without the halves of letters that it has in one.
    if (recorded[0] === level && recorded[1].toWellFormed() === text.toWellFormed()) return "known";
    return mismatch(lineText(...recorded), lineText(level, text));
  }

  /** Texts of modules were loaded. */
  load(digest: string): "new" | "known" | RunError {
    const recorded = this.#history.loads[this.#loaded++];
    if (recorded === undefined) return "new";
    return recorded === digest ? "known" : mismatch(modulesText(recorded), modulesText(digest));
  }

  /** The script has ended: a call that it has not made again is one too many. */
  end(): RunError | null {
    const missing = this.#history.calls[this.#made];
    if (missing === undefined) return null;
    return mismatch(callText(this.#made, missing.leaf, missing.args), "the end of the script");
  }
}

function lineText(level: ConsoleLevel, text: string): string {
  return `console.${visible(level.slice(0, 20))} of ${JSON.stringify(text.slice(0, 200))}`;
}

function modulesText(digest: string): string {
  return `modules of the digest ${visible(digest.slice(0, digestLetters))}`;
}
