/**
 * Answers about a part of all scripts, in this thread or another: asks TypeScript 7 about it, or checks it with the compiler that isobind carries. Both are loaded when they
 * are needed.
 */
import type { EngineName } from "../../../config/engines.ts";
import { filesBesideEach } from "../../beside/beside.ts";
import type { OnChecked } from "../check-scripts.ts";
import type { Script } from "../frontend/service.ts";
import type { FileFindings, Part } from "../parts.ts";

/** All there is to know of a check, as plain data. */
export interface All {
  /** Scripts may import one another, whatever part they are in. */
  readonly scripts: readonly Script[];
  readonly declaration: string;
  readonly engine: EngineName;
  /** Where the names of scripts begin, and where TypeScript 7 is looked for. */
  readonly folder: string;
}

/** What is asked about scripts, by their places among all. */
export interface Answers {
  /** Which of them TypeScript 7 calls right, by their places. None without one. */
  readonly look: ReadonlySet<number>;
  /** What the carried compiler finds in them. */
  readonly check: Part;
}

export type About = keyof Answers;

type Answering = {
  readonly [A in About]: (
    all: All,
    places: readonly number[],
    onChecked: OnChecked | undefined,
  ) => Promise<Answers[A]>;
};

export const answering: Answering = {
  async look({ scripts, declaration, engine, folder }, places, onChecked) {
    const { openLook } = await import("../native/look.ts");
    const look = openLook(folder, engine);
    const fitting = look?.fitting(some(scripts, places), declaration, onChecked) ?? new Set();
    look?.close();
    return new Set(places.filter((place) => fitting.has(scripts[place] as Script)));
  },
  async check({ scripts, declaration, engine, folder }, places, onChecked) {
    const { createScriptChecker } = await import("../whole.ts");
    const checker = createScriptChecker(engine, filesBesideEach(folder));
    const settings = { among: scripts, ...(onChecked && { onChecked }) };
    const { found, imported } = checker.part(some(scripts, places), declaration, settings);
    return { found: found.map(({ checked: _, ...one }): FileFindings => one), imported };
  },
};

const some = (scripts: readonly Script[], places: readonly number[]): readonly Script[] =>
  places.map((place) => scripts[place] as Script);
