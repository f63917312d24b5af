/**
 * Runs scripts for the page, in the process that has the host functions. Each choice of what answers has a sandbox of its own, which is kept
 * warm for the next run.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { fromJsonForm, toJsonForm } from "../../json-form/index.ts";
import { readKind } from "../../model/pragma.ts";
import type { Registry } from "../../model/registry.ts";
import { formatError } from "../../runtime/explain/format-error.ts";
import { placeOf } from "../../runtime/explain/place.ts";
import {
  createSandbox,
  memoryJournal,
  type Answer,
  type Limits,
  type RunResult,
  type Sandbox,
} from "../../runtime/index.ts";
import { abortedError } from "../../runtime/result.ts";
import { filesBeside } from "../../scripts/beside/beside.ts";
import { observeCalls } from "../../testing/recording/observe.ts";
import type { Problem, RunEnded, RunEvent, RunRequest } from "../protocol.ts";
import { callNotSent } from "./not-sent.ts";
import type { Questions } from "./questions.ts";
import { createRecorder, type Recorder } from "./recorder.ts";

export interface RunsOptions {
  /** What answers a request's calls. Rejects with words for whoever is at the page. */
  readonly registryFor: (choice: Choice) => Promise<Registry>;
  /** The globals that scripts find; `undefined` for none. Rejects as `registryFor` does. */
  readonly globalsFor: (
    choice: Choice,
    registry: Registry,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** What no run may exceed. */
  readonly limits: Limits;
  /** Where the names of scripts begin. */
  readonly root: string;
}

/** What answers, of which part of the contract. */
export type Choice = Pick<RunRequest, "profile" | "answers">;

export interface Runs {
  /** Gets ready for a run: its first is otherwise half a second later than the others. */
  warm(choice: Choice): Promise<void>;
  /**
   * Resolves to the calls of the run as a recording; `null` when there were none, or too many. Never rejects: what goes wrong is the last
   * event.
   */
  run(request: RunRequest, page: RunPage): Promise<string | null>;
  dispose(): Promise<void>;
}

/** Whoever sees the run. */
export interface RunPage {
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** See `Questions`. */
  readonly ask: Questions["ask"];
}

interface Current {
  readonly recorder: Recorder;
  readonly emit: (event: RunEvent) => void;
  readonly now: () => number;
}

const maxSandboxes = 3;

export function createRuns({ registryFor, globalsFor, limits, root }: RunsOptions): Runs {
  const current = new AsyncLocalStorage<Current>();
  const sandboxes = new Map<string, Promise<{ registry: Registry; sandbox: Sandbox }>>();
  const byRun = new Map<string, Current>();

  function sandboxFor(choice: Choice): Promise<{ registry: Registry; sandbox: Sandbox }> {
    const key = JSON.stringify([choice.profile, choice.answers]);
    const known = sandboxes.get(key);
    sandboxes.delete(key);
    const opening = known ?? open(choice);
    sandboxes.set(key, opening);
    opening.catch(() => sandboxes.delete(key));
    const [oldest] = sandboxes;
    if (oldest !== undefined && sandboxes.size > maxSandboxes) {
      sandboxes.delete(oldest[0]);
      // It goes when its last run has ended.
      void oldest[1].then(({ sandbox }) => sandbox.close()).catch(() => {});
    }
    return opening;
  }

  async function open(choice: Choice): Promise<{ registry: Registry; sandbox: Sandbox }> {
    const registry = await registryFor(choice);
    const observed = observeCalls(registry, () => current.getStore()?.recorder ?? nobody);
    const globals = await globalsFor(choice, registry);
    const sandbox = await createSandbox({
      registry: observed,
      ...(globals !== undefined && { globals }),
      // Where no host function is called, there is nothing to ask anybody about.
      ...(choice.answers.kind !== "host" && { approve: () => true }),
      limits,
      workers: 2,
      onRefused: (call) => byRun.get(call.runId)?.recorder.refused(call),
      onConsole: ({ level, text, runId }) => {
        const run = byRun.get(runId);
        run?.emit({ kind: "console", level, text, at: run.now() });
      },
    });
    return { registry, sandbox };
  }

  async function run(request: RunRequest, page: RunPage): Promise<string | null> {
    const { id } = request;
    const { emit } = page;
    let startedAt = performance.now();
    const now = (): number => performance.now() - startedAt;
    try {
      const { registry } = await sandboxFor(request);
      const recorder = createRecorder(registry, emit, now);
      const run: Current = { recorder, emit, now };
      byRun.set(id, run);
      const modules: Record<string, string> = {};
      startedAt = performance.now();
      const result = await current.run(run, () => toItsEnd(request, { page, registry, modules, run }));
      const unsent = result.status === "error" ? callNotSent(result.error, registry) : null;
      if (unsent !== null) recorder.refused(unsent);
      const recording = recorder.text();
      const hasRecording = recording !== null;
      const { refusals } = recorder;
      emit(ended(result, { at: now(), hasRecording, refusals, request, modules, registry }));
      return recording;
    } catch (error) {
      // Nothing was run: an input of another type, a limit that is too loose, a registry that does not fit.
      emit({ kind: "end", at: now(), status: "refused", problem: refusal(error), hasRecording: false });
      return null;
    } finally {
      byRun.delete(id);
    }
  }

  /**
   * Runs a script, and each time it waits for somebody asks the page and goes on. The journal is that of the page: it keeps what was done while the
   * run waits, and is gone with it.
   */
  async function toItsEnd(request: RunRequest, { page, registry, modules, run }: Going): Promise<RunResult> {
    const { id, script } = request;
    const { signal, ask } = page;
    const { recorder, now } = run;
    const beside = filesBeside(script.name, root);
    const kind = registry.scripts === undefined ? undefined : readKind(script.text)?.name;
    const input = request.input === undefined ? undefined : fromJsonForm(request.input);
    const journal = request.answers.kind === "host" ? memoryJournal() : undefined;
    const earlier = { wallMs: 0, cpuMs: 0 };
    let questions = 0;
    for (let answer: readonly Answer[] | undefined, queuedMs: number | null = null; ;) {
      const { sandbox } = await sandboxFor(request);
      const result = await sandbox.run(script.text, {
        filename: script.name,
        runId: id,
        signal,
        limits: request.limits,
        modules: {
          resolve: (specifier, referrer) => beside.find(specifier, referrer),
          load(name) {
            const source = beside.read(name);
            if (source !== null) modules[name] = source;
            return source;
          },
          names: () => beside.names(script.name),
        },
        ...(kind !== undefined && { kind }),
        ...(journal !== undefined && { journal }),
        ...(answer !== undefined && { answer }),
        input,
      });
      earlier.wallMs += result.stats.wallMs;
      earlier.cpuMs += result.stats.cpuMs;
      queuedMs ??= result.stats.queuedMs;
      const stats = { ...result.stats, ...earlier, queuedMs };
      if (result.status !== "suspended") return { ...result, stats };
      const asked = result.waits.map(({ call }) => ({ wait: ++questions, call }));
      result.waits.forEach((wait, at) => recorder.waits(wait, asked[at]!.wait));
      const said = await ask(asked, (wait) => run.emit({ kind: "told", wait, at: now() }));
      if (said === null) return { status: "aborted", error: abortedError(undefined), stats };
      answer = said;
    }
  }

  return {
    async warm(choice) {
      try {
        const { sandbox } = await sandboxFor(choice);
        // With a type, so that what removes types is loaded as well.
        await sandbox.run("export default 0 as number;", { filename: "warm.ts" });
      } catch {
        // The run itself will say it.
      }
    },
    run,
    async dispose() {
      for (const opening of sandboxes.values()) {
        await opening.then(({ sandbox }) => sandbox.dispose()).catch(() => {});
      }
    },
  };
}

const nobody = { answered: (): void => {} };

interface Going {
  readonly page: RunPage;
  readonly registry: Registry;
  /** Gets the texts of what the script imports. */
  readonly modules: Record<string, string>;
  readonly run: Current;
}

interface Known {
  readonly at: number;
  readonly refusals: number;
  readonly hasRecording: boolean;
  readonly request: RunRequest;
  readonly modules: Readonly<Record<string, string>>;
  readonly registry: Registry;
}

function ended(result: RunResult, known: Known): RunEnded {
  const { at, hasRecording, refusals: refused, request, modules, registry } = known;
  const common = { kind: "end", at, stats: { ...result.stats }, refused, hasRecording } as const;
  if (result.status === "ok") {
    return { ...common, status: "ok", exports: toJsonForm({ ...result.exports }) };
  }
  const { error, status } = result;
  const sources = { source: request.script.text, filename: request.script.name, modules, registry };
  const place = placeOf(error, sources);
  const isHere = place !== null && place.file === request.script.name;
  const problem: Problem = {
    name: status === "error" ? error.name : status,
    code: error.code ?? null,
    text: formatError(error, sources),
    line: isHere ? place.line : null,
    column: isHere ? place.column : null,
  };
  return { ...common, status, problem };
}

function refusal(error: unknown): Problem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  const help =
    error instanceof Error && "help" in error && typeof error.help === "string"
      ? `\n  help: ${error.help}`
      : "";
  return { name, code, text: `${message}${help}`, line: null, column: null };
}
