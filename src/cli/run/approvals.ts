/**
 * Who says yes to calls of bindings marked `@approval`: names on the command line, the person at the terminal, or, with a journal in a file, whoever runs the
 * script again. A run at a terminal has a journal in memory, so that its isolate is not kept while somebody thinks.
 */
import { resolve } from "node:path";
import { didYouMean } from "../../model/suggest.ts";
import type { Registry } from "../../model/registry.ts";
import type { Answer, Approve, Journal, RunResult, Wait } from "../../runtime/index.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { askAbout } from "./ask.ts";

export interface ApprovalFlags {
  readonly approve?: readonly string[];
  readonly journal?: string;
  readonly mock?: boolean;
  readonly replay?: string;
  readonly input?: string;
  readonly globals?: string;
}

export interface Approvals {
  /** For `createSandbox`. */
  readonly approve: Approve | undefined;
  /** Runs the script until nothing is asked any more, or nobody answers. `once` is one run of it. */
  carryOn(once: (given: RunGiven) => Promise<RunResult>): Promise<RunResult>;
  /** What to do about a run that somebody should have said yes to; `null` for any other. */
  help(result: RunResult): string | null;
}

export interface RunGiven {
  readonly journal?: Journal;
  readonly answer?: readonly Answer[];
}

export async function approvalsOf(
  io: Io,
  flags: ApprovalFlags,
  registry: Registry,
  signal: AbortSignal,
): Promise<Approvals> {
  const given = (flags.approve ?? []).flatMap((list) => list.split(",")).map((name) => name.trim());
  const asked = registry.leaves.filter(({ policy }) => policy.approval === true);
  refuseUnknown(given, registry);
  warnOfNeedless(io, given, asked);
  // No host function is called, so there is nothing to ask anybody about.
  const isStandIn = flags.mock === true || flags.replay !== undefined;
  const isAllowed = (name: string): boolean =>
    given.some((allowed) => name === allowed || name.startsWith(`${allowed}.`));
  const usesStdin = flags.input === "-" || flags.globals === "-";
  const canAsk = io.stdin.isTTY === true && io.stderr.isTTY === true && !usesStdin;
  const journal =
    isStandIn && flags.journal === undefined
      ? null
      : await journalOf(io, flags.journal, canAsk && asked.length > 0);

  async function answersTo(waits: readonly Wait[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const wait of waits) {
      const { call } = wait;
      if (wait.for === "approval" && isAllowed(wait.path.join("."))) answers.push({ call, approved: true });
      else if (canAsk) {
        const said = await askAbout(io, wait, signal);
        if (said === null) return [];
        if (said.approved === false && flags.journal !== undefined)
          io.stderr.write(`The no is kept in \`${flags.journal}\`: ${lasts}\n`);
        answers.push({ call, ...said });
      }
    }
    return answers;
  }

  return {
    approve: isStandIn
      ? () => true
      : journal === null && given.length > 0
        ? ({ name }) => isAllowed(name)
        : undefined,
    async carryOn(once) {
      if (journal === null) return once({});
      let result = await once({ journal });
      while (result.status === "suspended" && !signal.aborted) {
        const answer = await answersTo(result.waits);
        if (answer.length === 0) return result;
        result = await once({ journal, answer });
      }
      return result;
    },
    help(result) {
      if (result.status === "suspended") return goOn(result.waits, flags.journal);
      const code = result.status === "error" ? result.error.code : undefined;
      // Nobody else says no to a run with a journal.
      if (code === "ERR_BINDING_APPROVAL" && flags.journal !== undefined)
        return `\`${flags.journal}\` has a no, and keeps it: ${lasts}`;
      const needs = code === "ERR_JOURNAL_REQUIRED" || (code === "ERR_BINDING_APPROVAL" && !canAsk);
      if (!needs || flags.journal !== undefined) return null;
      // The call of a function that suspends: no yes makes its answer come sooner. With names on the command line somebody was there to say it.
      const wantsYes = given.length === 0 && asked.some(({ name }) => isAbout(result, name));
      const isLater = code === "ERR_JOURNAL_REQUIRED" && !wantsYes;
      if (asked.length === 0 || isLater) return "let it wait: `--journal run.journal` keeps what was done.";
      const names = asked.map(({ name }) => name).slice(0, 3);
      return `say yes on the command line, \`--approve ${names.join(",")}\`, or keep what was done with \`--journal run.journal\` and say it later.`;
    },
  };
}

/** Errors about a call begin with its name. */
function isAbout(result: RunResult, name: string): boolean {
  return result.status !== "ok" && result.error.message.startsWith(`${name} `);
}

/** What was said is of the run, as all that its script has seen. */
const lasts = "a later `--approve` does not change it. Another file begins the run anew.";

/** A yes that nobody asks for is a mark that is missing, or another binding that was meant. */
function warnOfNeedless(io: Io, given: readonly string[], asked: readonly { readonly name: string }[]): void {
  const names = asked.map(({ name }) => name);
  for (const name of given) {
    if (names.some((known) => known === name || known.startsWith(`${name}.`))) continue;
    const some = names.length === 0 ? "No binding does" : `Those that do: ${names.join(", ")}`;
    io.stderr.write(
      `warning: \`--approve ${name}\` changes nothing: no call of it asks for a yes. ${some}; the tag \`@approval\` in the definition says so.\n`,
    );
  }
}

/** `null` when nobody can be asked, and nothing is kept. */
async function journalOf(io: Io, file: string | undefined, canAsk: boolean): Promise<Journal | null> {
  if (file === undefined && !canAsk) return null;
  const { fileJournal, memoryJournal } = await import("../../runtime/index.ts");
  return file === undefined ? memoryJournal() : fileJournal(resolve(io.cwd, file));
}

function goOn(waits: readonly Wait[], journal: string | undefined): string {
  if (journal === undefined)
    return "nothing was kept. With `--journal run.journal` what was done is, and the answer may come later.";
  const names = waits.flatMap((wait) => (wait.for === "approval" ? [wait.path.join(".")] : []));
  if (names.length === 0)
    return "the answer is for a program to give: `run(source, { journal, answer: { value } })`.";
  return `the same command with \`--approve ${[...new Set(names)].join(",")}\` goes on with a yes.`;
}

function refuseUnknown(given: readonly string[], { leaves }: Registry): void {
  const names = leaves.map(({ name }) => name);
  for (const name of given) {
    if (names.some((known) => known === name || known.startsWith(`${name}.`))) continue;
    throw new UsageError(
      `\`--approve ${name}\`: there is no such binding.${didYouMean(name, names)}`,
      "Write dotted names, with commas between them; the name of a namespace stands for all in it.",
    );
  }
}
