/**
 * The tool that runs scripts of a language model, without a protocol: what a model is told, and sessions that run a script and answer. `isobind/mcp` and
 * `isobind/ai` put it into the words of their SDKs.
 */
import { counted } from "../model/counted.ts";
import { emitDeclaration } from "../emit/declaration/declaration.ts";
import { guardDeclaration } from "../emit/guard/guard.ts";
import { contractOf } from "../prompt/contract-source.ts";
import { createReference, type Reference } from "../prompt/reference.ts";
import { SandboxError } from "../runtime/errors.ts";
import type { GivenRunOptions } from "../runtime/run-options.ts";
import { memoryJournal } from "../runtime/index.ts";
import { answerOf, crashText, type Answer } from "./answer.ts";
import { callForm } from "./call.ts";
import { ConsoleLines } from "./console-text.ts";
import { describeTool } from "./description.ts";
import { splitOptions, type ScriptToolOptions } from "./options.ts";
import { outputSchema } from "./output.ts";
import { OpenQuestions, type Question, type Reply } from "./questions.ts";
import type { JsonSchema } from "./schema.ts";
import { openSession, type OnProgress } from "./session.ts";

export interface ScriptTool {
  readonly description: string;
  /** Paths of bindings that are not in the description: they can be searched and described. */
  readonly omitted: readonly string[];
  readonly inputSchema: JsonSchema;
  /** Of `structured` in an answer; `null` where the definition says nothing of what scripts give. */
  readonly outputSchema: JsonSchema | null;
  readonly reference: Reference;
  /** The text of `secure-exec.d.ts`. */
  readonly declaration: string;
  open(): ScriptSession;
}

export interface ScriptSession {
  /** Runs what a model gave. Never rejects: what went wrong is in the answer, in words for the model. */
  run(given: unknown, options?: RunSettings): Promise<Answer>;
  readonly busy: boolean;
  warm(): void;
  /** Ends what is running and frees the workers. */
  close(): Promise<void>;
}

export interface RunSettings extends Pick<GivenRunOptions, "signal" | "context" | "limits"> {
  readonly onProgress?: OnProgress;
  /** Whether the caller can ask a person. Then a run that needs an approval ends with a `question`, and goes on when it is run again with the reply. Default: false. */
  readonly canAsk?: boolean;
  readonly reply?: Reply;
  /** Hears of what the model is not told: an error of the host that may name its files. */
  readonly onFault?: (error: unknown) => void;
}

/** What stacks call a script. Its language is TypeScript; JavaScript is that too, as far as a script goes. */
const filename = "script.ts";

/** `prefix` stands before the names of the tools that the description names. */
export async function createScriptTool(options: ScriptToolOptions, prefix = ""): Promise<ScriptTool> {
  const { settings, sandbox } = splitOptions(options, prefix);
  const { registry } = options;
  const contract = contractOf(settings.contract);
  const scripts = (registry.scripts ?? []).filter(({ name }) => settings.kinds.includes(name));
  const declaration = guardDeclaration(emitDeclaration(contract), contract);
  const { text, omitted } = await describeTool(settings, scripts, sandbox.typecheck === "error");
  const form = callForm(registry, scripts);
  const reference = createReference(settings.contract);
  const output = outputSchema(registry, scripts);
  const needsPerson =
    options.approve === undefined &&
    options.placement !== "worker" &&
    registry.leaves.some(({ policy }) => policy.approval === true);
  return {
    description: text,
    omitted,
    inputSchema: form.schema,
    outputSchema: output,
    reference,
    declaration,
    open() {
      const session = openSession({ declaration, ...sandbox });
      const questions = new OpenQuestions();
      return {
        get busy() {
          return session.busy;
        },
        warm: () => session.warm(),
        close: () => session.close(),
        async run(given, { onProgress, onFault, canAsk = false, reply, ...about } = {}) {
          const text = needsPerson && canAsk ? JSON.stringify(given) : "";
          const answered = reply === undefined ? questions.takeKept(text) : questions.take(reply, text);
          const console = answered?.console ?? new ConsoleLines(settings.resultChars);
          if (reply !== undefined && answered === null) return refused(noLongerAsked, console);
          const checked = form.check(given);
          if (!checked.ok) return refused(checked.message, console);
          const { call } = checked;
          const journal = answered?.journal ?? (needsPerson && canAsk ? memoryJournal() : undefined);
          const { source, ...asked } = call;
          try {
            const recorded = {
              ...(journal && { journal }),
              ...(answered && { answer: answered.answer }),
            };
            const settled = { ...asked, ...about, ...recorded, filename };
            const result = await session.run(source, settled, (progress) => {
              if (progress.kind === "console") console.add(progress);
              onProgress?.(progress);
            });
            if (result.status === "suspended" && journal !== undefined) {
              if (result.waits.some((wait) => wait.for === "suspend")) return tooLate(console);
              return asking(questions.ask({ journal, console, given: text }, result.waits), console);
            }
            if (result.status === "crashed") onFault?.(result.error);
            const isTyped = output !== null;
            const { resultChars } = settings;
            return answerOf(result, { call, filename, console, registry, reference, resultChars, isTyped });
          } catch (error) {
            if (isOfCall(error)) return refused(error.message, console, error.code);
            if (answered !== null && isBusy(error)) {
              questions.keep(answered);
              return busy("What a person has said is kept: hand in the same script again.", console);
            }
            onFault?.(error);
            return failed(error, console);
          }
        },
      };
    },
  };
}

/** A mistake of whoever gave the input: here that is the model. */
function isOfCall(error: unknown): error is SandboxError {
  return (
    error instanceof SandboxError &&
    ["ERR_SCRIPT_INPUT", "ERR_BINDING_NOT_CLONABLE", "ERR_SANDBOX_PAYLOAD_TOO_LARGE"].includes(error.code) &&
    /^input\b/u.test(error.message)
  );
}

function refused(message: string, console: ConsoleLines, code: string = "ERR_SANDBOX_OPTION"): Answer {
  const text = `error [${code}]: ${message} The script was not run.`;
  return { status: "refused", code, text, missing: [], console: console.lines() };
}

const noLongerAsked = "What was asked about this script is no longer open.";

function asking(question: Question, console: ConsoleLines): Answer {
  const text = `The script waits for a person's approval of ${counted(question.calls.length, "call")}.`;
  return { status: "suspended", text, question, missing: [], console: console.lines() };
}

/** A host function has asked for an answer that comes another day, and nobody keeps the run until then. */
function tooLate(console: ConsoleLines): Answer {
  const code = "ERR_JOURNAL_REQUIRED";
  const text = `error [${code}]: The answer of a call comes later than the script can wait for it here. What it has done before is done.`;
  return { status: "error", code, text, missing: [], console: console.lines() };
}

function isBusy(error: unknown): boolean {
  return error instanceof SandboxError && error.code === "ERR_SANDBOX_BUSY";
}

function busy(way: string, console: ConsoleLines): Answer {
  const code = "ERR_SANDBOX_BUSY";
  const text = `error [${code}]: Too many scripts are running. ${way}`;
  return { status: "crashed", code, text, missing: [], console: console.lines() };
}

/** The words of an error of the host are the host's: they may name its files. Its code is ours. */
function failed(error: unknown, console: ConsoleLines): Answer {
  if (isBusy(error)) return busy("Try again later.", console);
  const code = error instanceof SandboxError ? error.code : "ERR_SANDBOX_CRASHED";
  return { status: "crashed", code, text: crashText(code), missing: [], console: console.lines() };
}
