/**
 * Words how a run with a journal can be stopped by it: it behaves otherwise than it did, or a call is in doubt. Decides nothing.
 */
import { counted } from "../../model/counted.ts";
import { visible } from "../../model/names.ts";
import { MalformedValue } from "../crossing/message.ts";
import type { RunError } from "../result.ts";
import { ownError } from "../seam.ts";
import type { RunNames } from "./entry.ts";

const known = new WeakSet<RunError>();

function ofJournal(error: RunError): RunError {
  known.add(error);
  return error;
}

/** True for what this file has made, which no script can throw. */
export function isOfJournal(error: RunError): boolean {
  return known.has(error);
}

/** What of a run may be another than it was when the journal was begun. */
export type OtherPart = "script" | "contract" | "globals" | "kind" | "time zone" | "locale";

/** One side of a comparison: a name, or a digest that nobody reads but to compare it, and what the run is called there. */
export interface Side {
  readonly is: string;
  readonly names?: RunNames | undefined;
}

export function otherThan(part: OtherPart, recorded: Side, now: Side): RunError {
  const [begun, wayOut] = begunWith[part](recorded, now);
  return notThisRun(`it was begun ${begun}`, wayOut);
}

type Begun = (recorded: Side, now: Side) => readonly [begun: string, wayOut: string];

const begunWith: Readonly<Record<OtherPart, Begun>> = {
  script({ names: begun }, { names: now }) {
    const run = begun?.runId === undefined ? "" : ` in the run ${shown(begun.runId)}`;
    const text = "with the text it was begun with, from your version control for example";
    const file = begun?.filename;
    if (file === undefined)
      return [`by another script${run}, or by this one before it was edited`, `Go on ${text}`];
    if (file === now?.filename)
      return [`by ${shown(file)}${run} before it was edited`, `Run ${shown(file)} ${text}`];
    const other = now?.filename === undefined ? "" : `, and this is ${shown(now.filename)}`;
    return [`by ${shown(file)}${run}${other}`, `Run ${shown(file)} ${text}`];
  },
  contract: (recorded, now) => [
    `under another contract (${contractOf(recorded)} then, ${contractOf(now)} now)`,
    "Go on where the registry of that contract is, whose `contract.json` has that digest",
  ],
  globals: () => ["with another input or other globals", "Give it those it was begun with"],
  kind: (recorded, now) => [
    `as a script of ${named("the kind", recorded.is)}, and is run as one of ${named("the kind", now.is)}`,
    "Run it as what it was begun as",
  ],
  "time zone": (recorded, now) => [
    `in ${named("the time zone", recorded.is)}, and is run in ${named("the time zone", now.is)}`,
    "Give the sandbox that `timeZone`",
  ],
  locale: (recorded, now) => [
    `in ${named("the locale", recorded.is)}, and is run in ${named("the locale", now.is)}`,
    "Give the sandbox that `locale`",
  ],
};

/** the kind `rule`; no kind */
function named(what: string, name: string): string {
  return name === "" ? what.replace("the", "no") : `${what} ${shown(name)}`;
}

/** What a journal calls something, which anybody may have written. */
export function shown(name: string): string {
  return `\`${visible(name.slice(0, 200))}\``;
}

/** 9c56d1f0; 9c56d1f0 of the profile `pro` */
function contractOf({ is, names }: Side): string {
  return names?.profile === undefined ? inShort(is) : `${inShort(is)} of the profile ${shown(names.profile)}`;
}

/** As much of a digest as tells two apart. */
function inShort(digest: string): string {
  return digest === "" ? "none" : visible(digest.replace(/^sha256-/, "").slice(0, 8));
}

/** What of the run is another, and how to go on with the journal; how to go on without it is said here. */
export function notThisRun(why: string, wayOut: string): RunError {
  return ofJournal(
    ownError(
      "ERR_JOURNAL_MISMATCH",
      `The journal is not of this run: ${why}. ${wayOut}, or begin anew with an empty journal: its calls are then made again.`,
    ),
  );
}

export function inDoubt(number: number, leaf: string): RunError {
  return ofJournal(
    ownError(
      "ERR_JOURNAL_IN_DOUBT",
      `Call ${number + 1} of the run, of \`${leaf}\`, was begun, and the journal does not say whether it was carried out. It is not made a second time: ` +
        "`onDoubt` decides, or `@idempotent` beside the function.",
    ),
  );
}

export function journalFailed(error: unknown): RunError {
  const why = error instanceof Error ? error.message : String(error);
  const code = (error as { readonly code?: unknown } | null)?.code;
  return ofJournal({
    ...ownError("ERR_JOURNAL_FAILED", `The journal could not be written: ${why}`),
    ...(typeof code === "string" && { cause: ownError(code, why) }),
  });
}

export const waitsForAnswer: RunError = ownError("ERR_SANDBOX_SUSPENDED", "The run waits for an answer.");

/** What came from the worker is no call. */
export function crashed(error: unknown): RunError {
  const what = error instanceof MalformedValue ? `It sent ${error.message}.` : "A call could not be made.";
  return ownError("ERR_SANDBOX_CRASHED", what);
}

export const nothingWaits: RunError = ownError(
  "ERR_SANDBOX_CRASHED",
  "The worker said that the run waits, and nothing does.",
);

/** Refused calls are recorded, too. */
export function refusedTooOften(limit: number): RunError {
  return ownError(
    "ERR_BINDING_LIMIT",
    `The script goes on making calls, though at most ${counted(limit, "is", "are")} allowed in one run and all others are refused. Each is written into its journal, so it was ended.`,
    "RangeError",
  );
}

/** What a journal keeps of a run is its script's doing: calls with large results, or very many of them. */
export function journalTooLong(limit: number): RunError {
  return ownError(
    "ERR_BINDING_LIMIT",
    `The journal of the run has more than ${limit} bytes (limits.journalBytes): it keeps the result of each call, and what the script has printed, imported and seen of the time. It goes on no further.`,
    "RangeError",
  );
}

/** Without a journal the script is told, and goes on; how much is in flight at once is another each time. */
export const tooMuchInFlight: RunError = ownError(
  "ERR_BINDING_LIMIT",
  "Too many bytes are in flight: arguments of calls without an answer, and answers the script has not read. The run can be gone on with.",
  "RangeError",
);
