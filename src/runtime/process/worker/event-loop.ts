/**
 * Runs the life of a worker that has the host functions itself (`placement: "worker"`). Runs are what they are in one
 * process, the same runner and the same host side; only orders, ends and console text are frames. What this gives up is
 * written at `ProcessOptions.module`.
 */
import { Socket } from "node:net";
import type { Registry } from "../../../model/registry.ts";
import { decodeOwn } from "../../crossing/host-codec.ts";
import { createHostRun } from "../../host/host-run.ts";
import { runId } from "../../host/run-id.ts";
import { createInProcessRunner } from "../../in-process.ts";
import { registryOfModule } from "../../load-registry.ts";
import type { ModuleHost } from "../../host/module-host.ts";
import type { CreateGuest, GuestOutcome, GuestSetup, ModuleAnswers } from "../../seam.ts";
import { ownFrame, signalFrame } from "../wire/layout.ts";
import { consoleFrame, endFrame, readyFrame } from "../wire/worker-frames.ts";
import { readSupervisorFrame } from "../wire/supervisor-frames.ts";
import type { SupervisorFrame } from "../wire/supervisor-frames.ts";
import { FrameReader } from "../wire/reader.ts";
import { die } from "./die.ts";
import { fromSupervisor, maxSupervisorFrame, type Pipe } from "./pipe.ts";
import { residentKib } from "./resident.ts";
import { isWorthRest, rest } from "./rest.ts";
import type { Watch } from "./watch.ts";

export interface EventLoopParts {
  readonly pipe: Pick<Pipe, "write">;
  readonly createGuest: CreateGuest;
  readonly setup: GuestSetup;
  readonly watch: Watch;
  /** The module whose default export is the registry. */
  readonly module: string;
  /** Hands on each frame of the supervisor. Default: those of its pipe. */
  readonly listen?: (receive: (frame: SupervisorFrame) => void) => void;
}

/** Resolves when the worker listens; from then on the pipe keeps it alive. */
export async function eventLoop(parts: EventLoopParts): Promise<void> {
  const { pipe, createGuest, setup, watch, module, listen = listenToPipe } = parts;
  const { default: exported } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ module)) as {
    default?: unknown;
  };
  const registry = registryOfModule(exported);
  expectSameLeaves(registry, setup);
  watch.expectsHost();
  const runner = createInProcessRunner(setup, { createGuest: stirring(createGuest, watch) });
  const ready = (): void => {
    watch.watches();
    pipe.write(readyFrame(residentKib()));
  };

  async function run(order: SupervisorFrame & { kind: "run" }): Promise<void> {
    if (!order.host) throw new Error("A run came without the settings of its host side.");
    const id = runId(order.host.id);
    const { context, ...settings } = order.host.settings;
    pipe.write(signalFrame("started", order.run));
    const host = createHostRun({
      id,
      registry,
      ...settings,
      context: context && decodeOwn(context),
      signal: new AbortController().signal,
      hooks: { onConsole: ({ level, text }) => pipe.write(consoleFrame(order.run, level, text)) },
      modules: order.script.imports === undefined ? undefined : askFor(order.run),
    });
    watch.begin(order.script.limits ?? setup.limits, residentKib());
    const end = await runner.run(order.script, host);
    watch.end();
    host.end(() => new DOMException("The run has ended.", "AbortError"));
    // Nothing here aborts a run, and a crash would not get here.
    pipe.write(endFrame(order.run, end as GuestOutcome, host.usage));
    ready();
  }

  let restedKib = 0;

  function restIfWorth(): void {
    if (!isWorthRest(residentKib(), restedKib)) return;
    watch.rest(rest);
    restedKib = residentKib();
  }

  let loaded: { readonly run: number; readonly answer: (answers: ModuleAnswers) => void } | null = null;

  /** A loader is with the supervisor. */
  function askFor(ofRun: number): ModuleHost {
    return {
      load(requests) {
        pipe.write(ownFrame("load", requests, ofRun));
        return new Promise((answer) => (loaded = { run: ofRun, answer }));
      },
      end: () => {},
    };
  }

  listen((frame) => {
    watch.stirs();
    if (frame.kind === "run") void run(frame);
    else if (frame.kind === "rest") restIfWorth();
    else if (frame.kind === "modules" && loaded?.run === frame.run) loaded.answer(frame.answers);
  });
  ready();
}

/** Guests that have the watchdog look again before their script goes on. */
function stirring(createGuest: CreateGuest, watch: Watch): CreateGuest {
  return (setup, port, thread) => {
    const guest = createGuest(setup, port, thread);
    return {
      warmUp: (mayReplay) => guest.warmUp(mayReplay),
      start(script, done) {
        watch.stirs();
        guest.start(script, done);
      },
      settle(answers) {
        watch.stirs();
        guest.settle(answers);
      },
      usage: () => guest.usage(),
      dispose: () => guest.dispose(),
    };
  };
}

/** Leaves are numbers on the way into the isolate: the registry here must be the one the supervisor knows. */
function expectSameLeaves(registry: Registry, setup: GuestSetup): void {
  const here = registry.leaves.map((leaf) => `${leaf.path.join(".")} ${leaf.mode}`);
  const there = setup.leaves.map((leaf) => `${leaf.path.join(".")} ${leaf.mode}`);
  if (here.join() === there.join()) return;
  throw new Error("The registry module of the worker does not have the bindings of the sandbox's registry.");
}

function listenToPipe(receive: (frame: SupervisorFrame) => void): void {
  const reader = new FrameReader(maxSupervisorFrame);
  const input = new Socket({ fd: fromSupervisor, readable: true, writable: false });
  input.on("data", (chunk: Buffer) => {
    reader.push(chunk);
    for (let frame = reader.next(); frame; frame = reader.next()) receive(readSupervisorFrame(frame));
  });
  input.on("close", die);
  input.on("error", die);
}
