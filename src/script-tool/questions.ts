/**
 * Runs that wait for a person. Where whoever calls the tool can ask one, a run has a journal: at a call that is marked `@approval` it ends, holds nothing while somebody
 * thinks about it, and goes on with the answer from where it was. Only this process knows what has been done until then; the other side is told a name for it.
 */
import { randomUUID } from "node:crypto";
import { visible } from "../model/names.ts";
import type { MemoryJournal, RunResult } from "../runtime/index.ts";
import type { ConsoleLines } from "./console-text.ts";
import { plainJson } from "./plain-json.ts";
import { shorten } from "./shorten.ts";

type Wait = Extract<RunResult, { status: "suspended" }>["waits"][number];

/** What a person is asked about one run. */
export interface Question {
  /** Names the run to whoever answers; nobody can guess it. */
  readonly id: string;
  readonly calls: readonly AskedCall[];
}

export interface AskedCall {
  /** Names the call in the answer. */
  readonly call: number;
  /** One sentence: what the script wants to call, and with what. */
  readonly message: string;
}

/** What somebody has said to a question. */
export interface Reply {
  readonly id: string;
  /** Of each call that waits. */
  readonly answer: (call: number) => Said;
}

export interface Said {
  readonly call: number;
  readonly approved: boolean;
  readonly reason?: string;
}

/** A run that goes on with what somebody has said. */
export interface Answered extends Waiting {
  readonly answer: readonly Said[];
}

/** A run that waits, and what it has printed until now. */
export interface Waiting {
  readonly journal: MemoryJournal;
  readonly console: ConsoleLines;
  /** What the model handed in, as text: an answer is for that script alone. */
  readonly given: string;
  /** The calls that wait. */
  readonly calls: readonly number[];
}

/** More of them are questions that nobody will answer; the oldest is forgotten. */
const mostOpen = 16;

/** Of the arguments of a call that are shown. */
const mostChars = 2_000;

export class OpenQuestions {
  readonly #open = new Map<string, Waiting>();
  /** Runs for which there was no room, by what the model handed in. */
  readonly #answered = new Map<string, Answered>();

  ask(waiting: Omit<Waiting, "calls">, waits: readonly Wait[]): Question {
    const id = randomUUID();
    put(this.#open, id, { ...waiting, calls: waits.map(({ call }) => call) });
    return { id, calls: waits.map((wait) => ({ call: wait.call, message: messageOf(wait) })) };
  }

  /** The run that a reply is for; `null` where it is none of this session, is of another script, or has been answered. */
  take({ id, answer }: Reply, given: string): Answered | null {
    const found = this.#open.get(id);
    if (found?.given !== given) return null;
    this.#open.delete(id);
    return { ...found, answer: found.calls.map(answer) };
  }

  /** Keeps a run that found no room, until the model hands in the same again. What was answered is in its journal by then. */
  keep(run: Waiting): void {
    put(this.#answered, run.given, { ...run, answer: [] });
  }

  /** The run of this script that was kept. */
  takeKept(given: string): Answered | null {
    const found = this.#answered.get(given) ?? null;
    this.#answered.delete(given);
    return found;
  }
}

function put<Run>(runs: Map<string, Run>, key: string, run: Run): void {
  runs.set(key, run);
  const [oldest = ""] = runs.keys();
  if (runs.size > mostOpen) runs.delete(oldest);
}

function messageOf({ path, arguments: args }: Wait): string {
  // By whole parts: a script chooses what stands first, and a person must not say yes to what is behind it.
  const { json, notes } = shorten(plainJson(args).json, mostChars, "arguments");
  const missing = notes.length === 0 ? "" : ` Not shown: ${notes.join("; ")}.`;
  return `The script wants to call \`${path.join(".")}\` with ${visible(JSON.stringify(json))}.${visible(missing)}`;
}
