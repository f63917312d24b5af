/**
 * The words that the page and its server share: what is asked, what is answered, and what is told while a script runs. Plain data in JSON;
 * values of scripts are in the JSON form.
 */
import type { Json } from "../model/json.ts";

/** What answers the calls of a run. */
export type Answers =
  | { readonly kind: "host" }
  | { readonly kind: "mock"; readonly seed: number }
  /** `text` is a recording, as `isobind run --record` writes it. */
  | { readonly kind: "recording"; readonly text: string };

export interface RunRequest {
  /** Chosen by the page, so that it can stop the run before it has heard of it. */
  readonly id: string;
  readonly script: ScriptText;
  /** In the JSON form; `null` stands for `null`, and without it `input` is undefined. */
  readonly input?: Json;
  readonly profile: string | null;
  readonly answers: Answers;
  /** Tighter ones for this run. */
  readonly limits: Readonly<Record<string, number>>;
}

export interface ScriptText {
  /** Relative to the folder of scripts, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** What happens in a run, in order. `at` counts milliseconds from its start. */
export type RunEvent =
  | { readonly kind: "console"; readonly level: string; readonly text: string; readonly at: number }
  | CallStarted
  | CallAnswered
  | CallRefused
  | CallWaits
  | WaitAnswered
  | RunEnded;

export interface CallStarted {
  readonly kind: "call";
  /** Counts from 1. */
  readonly call: number;
  /** `db.query` */
  readonly name: string;
  readonly args: Shown;
  readonly at: number;
  /** The call that has waited, and now goes on: `wait` of a `CallWaits`. */
  readonly wait?: number;
}

export interface CallAnswered {
  readonly kind: "answer";
  readonly call: number;
  readonly at: number;
  readonly isError: boolean;
  /** The result or the error, as the script got it. */
  readonly value: Shown;
}

/** A call whose host function was not called. */
export interface CallRefused {
  readonly kind: "refused";
  readonly name: string;
  /** `null` when they did not cross. */
  readonly args: Shown | null;
  readonly code: string;
  readonly message: string;
  readonly at: number;
  /** The call that has waited, and was refused: `wait` of a `CallWaits`. */
  readonly wait?: number;
}

/** The run goes on when somebody has answered. */
export interface CallWaits {
  readonly kind: "wait";
  /** Its number among the questions of the run, from 1; what `WaitAnswer` names. A call may ask several. */
  readonly wait: number;
  readonly name: string;
  /** `approval`: whether it is made. `suspend`: what its host function gets. */
  readonly for: "approval" | "suspend";
  readonly args: Shown;
  /** What the host function has said it waits for; `null` for an approval. */
  readonly reason: Shown | null;
  readonly at: number;
  /** The call that has begun; absent for an approval. */
  readonly call?: number;
}

export interface WaitAnswered {
  readonly kind: "told";
  readonly wait: number;
  readonly at: number;
}

/** What somebody at the page has answered. */
export type WaitAnswer =
  | { readonly wait: number; readonly approved: boolean; readonly reason: string }
  /** In the JSON form. */
  | { readonly wait: number; readonly value: Json };

/** A value, or the beginning of its text when it is large. */
export type Shown = { readonly value: Json } | { readonly beginning: string; readonly letters: number };

export interface RunEnded {
  readonly kind: "end";
  readonly at: number;
  /** That of the run; `refused` when nothing was run. */
  readonly status: "ok" | "error" | "timeout" | "memory" | "aborted" | "crashed" | "suspended" | "refused";
  /** When it is `ok`. */
  readonly exports?: Json;
  /** When it is not: what happened, where, and what to do. */
  readonly problem?: Problem;
  readonly stats?: Readonly<Record<string, number>>;
  /** Calls that were refused, those too that nobody was told of one by one: a script may try millions. */
  readonly refused?: number;
  /** Whether the calls can be shared. */
  readonly hasRecording: boolean;
}

export interface Problem {
  /** `TypeError`, or how the run ended. */
  readonly name: string;
  readonly code: string | null;
  /** With a code frame; for people. */
  readonly text: string;
  /** In the script; from 1. */
  readonly line: number | null;
  readonly column: number | null;
}

/** All that the page knows of the project. */
export interface ProjectState {
  /** Another for each folder and contract: what a browser keeps of one is nothing of another. */
  readonly id: string;
  readonly name: string;
  /** Names of generated profiles. */
  readonly profiles: readonly string[];
  /** `null`: of the whole contract. */
  readonly profile: string | null;
  /** What is wrong with the definition; empty when the generated files are those of the definition. */
  readonly problems: readonly { readonly where: string; readonly message: string; readonly help: string }[];
  readonly reference: ReferenceState;
  readonly files: readonly string[];
  readonly samples: readonly ScriptText[];
  readonly limits: readonly LimitState[];
  /** Why the host's own functions cannot answer; `null` when they can. */
  readonly hostMissing: string | null;
}

export interface ReferenceState {
  readonly text: string;
  readonly namespaces: readonly ReferenceNamespace[];
  readonly types: readonly { readonly name: string; readonly text: string; readonly declaration: string }[];
  readonly scripts: readonly { readonly kind: string | null; readonly declaration: string }[];
}

export interface ReferenceNamespace {
  readonly path: string;
  readonly text: string;
  readonly leaves: readonly ReferenceLeaf[];
}

export interface ReferenceLeaf {
  readonly path: string;
  readonly signatures: readonly string[];
  readonly text: string;
  readonly policy: readonly string[];
  readonly deprecated: string | null;
  readonly examples: readonly string[];
  /** What a click puts into the script. */
  readonly call: string;
}

export interface LimitState {
  readonly name: string;
  readonly min: number;
  /** No run may have more. */
  readonly max: number;
}

/** A script and a place in it, in letters of UTF-16. */
export interface PlaceRequest {
  readonly script: ScriptText;
  readonly profile: string | null;
  readonly position: number;
}

export interface Completion {
  readonly label: string;
  /** The compiler's word: `method`, `property`, `const`, `keyword`. */
  readonly kind: string;
  readonly insert: string;
  readonly rank: string;
}

export interface Completions {
  /** What is replaced. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

/** What is said of a name. */
export interface Explanation {
  /** TypeScript. */
  readonly code: string;
  /** Markdown. */
  readonly text: string;
}

export interface Hover extends Explanation {
  readonly from: number;
  readonly to: number;
}

export interface SignatureHelp {
  readonly before: string;
  readonly parameters: readonly string[];
  readonly after: string;
  readonly active: number;
  readonly text: string;
}

export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  readonly changes: readonly { readonly from: number; readonly to: number; readonly insert: string }[];
}

/** The way to a place in JSON: names and numbers. */
export type JsonPath = readonly (string | number)[];

/** What is wrong with an input, in the words a host would hear. */
export interface InputFinding {
  /** To the value, or as far as there is one. */
  readonly path: JsonPath;
  /** `warning`: it is taken, and the script does not get it. */
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** What may be written at a place of an input. */
export interface InputCompletions {
  readonly keys: readonly { readonly name: string; readonly type: string; readonly optional: boolean }[];
  readonly values: readonly { readonly label: string; readonly text: string; readonly type: string }[];
}

/** A run as a file. */
export interface SharedRun {
  readonly isobind: "run";
  readonly format: 1;
  readonly script: ScriptText;
  /** As its author wrote it. */
  readonly input: string;
  readonly profile: string | null;
  /** As `isobind run --record` writes it; `null` for a run that made no calls. */
  readonly recording: string | null;
}
