/**
 * Keeps the process that has the host functions. It is another process because a module of Node is loaded once: when the definition
 * changes, a new process has the new functions, and the old one ends with its last run. It also keeps a host function that never returns
 * from taking the page along.
 */
import { fork, type ChildProcess, type StdioOptions } from "node:child_process";
import type { RunEvent, RunRequest, WaitAnswer } from "../protocol.ts";
import type { FromHost, ToHost } from "./messages.ts";

export interface HostProcess {
  /** Resolves when the run has ended, with its last event told. */
  run(request: RunRequest, emit: (event: RunEvent) => void): Promise<void>;
  /** Gets ready for a run that is to be expected. */
  warm(request: Pick<RunRequest, "profile" | "answers">): void;
  stop(id: string): void;
  /** To a run that waits; nothing for any other. */
  answer(id: string, answer: WaitAnswer): void;
  /** The calls of a run that has ended, as a recording; `null` when they are not kept any more. */
  recordingOf(id: string): string | null;
  /** From the next run on, functions are loaded anew. */
  renew(): void;
  /** Resolves when none of its processes is left. */
  close(): Promise<void>;
}

export interface HostProcessOptions {
  /** The program: it calls `serveRuns`. */
  readonly module: URL;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What it writes: host functions print too. */
  readonly onOutput: (text: string) => void;
}

/** Runs whose calls can still be shared. */
const maxRecordings = 8;

/** The last is the lifeline. */
const stdio: StdioOptions = ["ignore", "pipe", "pipe", "ipc", "pipe"];

/** A process that has not done by then what takes it a moment is kept busy by a host function. */
const patienceMs = 3_000;

export function createHostProcess(options: HostProcessOptions): HostProcess {
  let latest: Living | null = null;
  const recordings = new Map<string, string>();
  const byRun = new Map<string, Living>();
  /** With those of earlier definitions, as long as their runs go on. */
  const all = new Set<Living>();
  const living = (): Living => {
    if (latest === null || !latest.isAlive()) {
      const started = start(options, keep);
      all.add(started);
      void started.ended.then(() => all.delete(started));
      latest = started;
    }
    return latest;
  };
  const keep = (id: string, recording: string): void => {
    recordings.set(id, recording);
    const [oldest] = recordings.keys();
    if (oldest !== undefined && recordings.size > maxRecordings) recordings.delete(oldest);
  };
  return {
    async run(request, emit) {
      const host = living();
      byRun.set(request.id, host);
      await host.run(request, emit);
      byRun.delete(request.id);
    },
    warm: (request) => living().send({ kind: "warm", request }),
    stop: (id) => byRun.get(id)?.stop(id),
    answer: (id, answer) => byRun.get(id)?.send({ kind: "answer", id, answer }),
    recordingOf: (id) => recordings.get(id) ?? null,
    renew() {
      latest?.send({ kind: "close" });
      latest = null;
    },
    async close() {
      await Promise.all([...all].map((host) => host.close()));
    },
  };
}

interface Living {
  isAlive(): boolean;
  send(message: ToHost): void;
  run(request: RunRequest, emit: (event: RunEvent) => void): Promise<void>;
  /** Of a run that does not end of it, the process is ended. */
  stop(id: string): void;
  /** Ends its runs with it. */
  close(): Promise<void>;
  readonly ended: Promise<void>;
}

type Keep = (id: string, recording: string) => void;

function start({ module, args, cwd, onOutput }: HostProcessOptions, keep: Keep): Living {
  const child: ChildProcess = fork(module, args, { cwd, stdio });
  const listeners = new Map<string, (event: RunEvent) => void>();
  let isAlive = true;
  let lastWords = "";
  /** Why we have ended it. */
  let stuck: string | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-2_000);
      onOutput(text);
    });
  }
  child.on("message", (message: FromHost) => {
    if (message.kind === "recording") return keep(message.id, message.text);
    for (const event of message.events) listeners.get(message.id)?.(event);
  });
  const ended = new Promise<void>((resolve) => {
    child.on("error", () => resolve(gone("could not be started")));
    child.on("exit", (code, signal) => resolve(gone(stuck ?? `has ended (${signal ?? code})`)));
  });
  function gone(how: string): void {
    isAlive = false;
    const problem = {
      name: "crashed",
      code: null,
      text: `The process of the host functions ${how}.${lastWords === "" ? "" : `\n\n${lastWords}`}`,
      line: null,
      column: null,
    };
    for (const emit of listeners.values())
      emit({ kind: "end", at: 0, status: "crashed", problem, hasRecording: false });
  }
  const send = (message: ToHost): void => {
    if (isAlive && child.connected) child.send(message);
  };
  return {
    isAlive: () => isAlive,
    send,
    run: (request, emit) =>
      new Promise((resolve) => {
        listeners.set(request.id, (event) => {
          emit(event);
          if (event.kind !== "end") return;
          listeners.delete(request.id);
          resolve();
        });
        send({ kind: "run", request });
      }),
    stop(id) {
      send({ kind: "stop", id });
      setTimeout(() => {
        if (!listeners.has(id)) return;
        stuck =
          "was ended: no function in it has come back since the run was stopped. What they kept in memory is gone";
        child.kill("SIGKILL");
      }, patienceMs).unref();
    },
    async close() {
      // It ends of that at once, if it hears anything.
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
      await ended;
      clearTimeout(timer);
    },
    ended,
  };
}
