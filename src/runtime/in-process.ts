/**
 * Implements the runner of `isolation: "none"`: isolates on this very thread, for trusted scripts and tests. Same behaviour
 * as worker processes, minus what only a process can do: a script that V8 cannot interrupt takes this process with it.
 */
import { deliver, early } from "./crossing/delivery.ts";
import { encodeOwn } from "./crossing/host-codec.ts";
import { ErrorDraft } from "./crossing/host-realm.ts";
import type { Delivery } from "./crossing/transfer.ts";
import { createGuest } from "./guest/guest.ts";
import { overWall } from "./limit-words.ts";
import { Held, type HostRun, type RunEnd, type Runner } from "./runner.ts";
import {
  noUsage,
  ownError,
  type CreateGuest,
  type Guest,
  type GuestScript,
  type GuestSetup,
  type HostPort,
  type ModuleAnswers,
  type ModuleRequest,
  type RecordedPiece,
  type Reply,
} from "./seam.ts";
import { tightenSetup } from "./tighten.ts";
import { clearTimeout, nextTick, setImmediate, setTimeout } from "./time.ts";

export interface InProcessOptions {
  /** Prepared isolates kept ready for the next runs (about 2 ms less per run, about 1.5 MB each). Default: 1. */
  readonly minIdle?: number | undefined;
  /** The guest side; tests put a double here to watch disposal. */
  readonly createGuest?: CreateGuest;
}

/** An isolate that waits for its run; the port is deaf until a run is bound to it. */
interface Prepared {
  readonly guest: Guest;
  bind(port: HostPort | null): void;
}

/** Creates the runner. Isolates are made on demand. */
export function createInProcessRunner(setup: GuestSetup, options: InProcessOptions = {}): Runner {
  const create = options.createGuest ?? createGuest;
  const running = new Set<() => void>();
  const minIdle = options.minIdle ?? 1;
  const spares: Prepared[] = [];
  /** The isolate of the run that has ended last. */
  let used: Guest | null = null;
  let disposed = false;
  /** A run had a journal, and so may the next. */
  let mayReplay = false;

  function prepare(of: GuestSetup): Prepared {
    let port: HostPort | null = null;
    const guest = create(of, {
      callSync: (id, leaf, args) => (port ? port.callSync(id, leaf, args) : notRunning),
      callAsync: (id, leaf, args) => port?.callAsync(id, leaf, args),
      console: (level, text) => port?.console(level, text),
      saw: (looks) => port?.saw?.(looks),
      recorded: () => port?.recorded?.() ?? nothingRecorded,
      replayed: (leaves, digests) => port?.replayed?.(leaves, digests),
      load: (requests) => port?.load?.(requests) ?? noModules,
    });
    return { guest, bind: (to) => void (port = to) };
  }

  function take(script: GuestScript): Prepared {
    if (script.limits) return prepare(tightenSetup(setup, script.limits));
    return spares.pop() ?? prepare(setup);
  }

  /** One isolate is disposed behind its run, whose caller need not wait for that; before another is used it is gone. */
  function disposeUsed(): void {
    used?.dispose();
    used = null;
  }

  /** One a turn of the event loop, and none while a run is at work. */
  function refill(): void {
    disposeUsed();
    if (disposed || spares.length >= minIdle || running.size > 0) return;
    try {
      const spare = prepare(setup);
      spares.push(spare);
      spare.guest.warmUp(mayReplay);
    } catch {
      // Nobody has asked for it; the next run tries again, and is told.
      return;
    }
    setImmediate(refill);
  }

  function run(script: GuestScript, host: HostRun, began?: () => void): Promise<RunEnd> {
    return new Promise<RunEnd>((resolve, reject) => {
      if (disposed || host.signal.aborted) return resolve(aborted());
      mayReplay ||= script.replay !== undefined;
      const { wallMs } = script.limits ?? setup.limits;
      disposeUsed();
      const { guest, bind } = take(script);
      began?.();
      let ended = false;

      const finish = (end: RunEnd): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        host.signal.removeEventListener("abort", onAbort);
        running.delete(onAbort);
        disposeUsed();
        // Only the script's own end leaves nothing at work inside.
        if (end.kind === "ok" && !disposed) used = guest;
        else guest.dispose();
        // What an isolate still holds of us must not hold the run, its host functions and the request they served.
        bind(null);
        resolve(end);
        setImmediate(refill);
      };
      const onAbort = (): void => finish({ ...aborted(), usage: guest.usage() });
      const onTime = (): void => finish({ ...timedOut(wallMs), usage: guest.usage() });
      // A loop of calls never lets a timer fire: the guest side looks at the clock on every way out.
      const timer = setTimeout(onTime, wallMs);
      host.signal.addEventListener("abort", onAbort, { once: true });
      running.add(onAbort);

      bind(createPort(host, guest, () => ended));

      try {
        guest.start(script, finish);
      } catch (error) {
        finish(timedOut(wallMs));
        reject(error as Error);
      }
    });
  }

  return {
    run,
    get stats() {
      return { busy: running.size, idle: spares.length, waiting: 0 };
    },
    dispose() {
      disposed = true;
      for (const abort of [...running]) abort();
      disposeUsed();
      for (const { guest } of spares.splice(0)) guest.dispose();
      return Promise.resolve();
    },
  };
}

/** Batches that may go within one turn of the event loop. */
const maxInTurn = 16;

/** Connects the two sides: a call is a function call, an answer that follows joins the next batch. */
function createPort(host: HostRun, guest: Guest, isOver: () => boolean): HostPort {
  let batch: (readonly [number, Delivery])[] = [];
  /** Calls whose answer follows. */
  let waiting = 0;
  let inTurn = 0;
  const left = early();

  const flush = (): void => {
    const answers = batch;
    batch = [];
    if (!isOver()) guest.settle(answers);
  };

  const flushInTurn = (): void => {
    inTurn++;
    flush();
  };

  const flushNextTurn = (): void => {
    inTurn = 0;
    flush();
  };

  const settleLater = (id: number, reply: Reply): void => {
    if (batch.push([id, deliver(reply, id, left)]) > 1) return;
    // Answers that arrive together settle together (measured: three times cheaper), so a batch waits for a turn of the event loop. Where nothing can
    // join it it does not, but for a script that awaits one call after another: it must leave this thread's event loop alive.
    if (waiting === 0 && inTurn < maxInTurn) nextTick(flushInTurn);
    else setImmediate(flushNextTurn);
  };

  const follow = (id: number, reply: Promise<Reply>): void => {
    waiting++;
    void reply.then((answer) => {
      waiting--;
      settleLater(id, answer);
    });
  };

  return {
    callSync(id, leaf, args) {
      if (isOver()) return notRunning;
      const reply = notHeld(host.call(id, leaf, args));
      if (!(reply instanceof Promise)) return isOver() ? notRunning : deliver(reply, id, left);
      follow(id, reply);
      return deliver({ kind: "pending" }, id);
    },
    callAsync(id, leaf, args) {
      if (isOver()) return;
      const reply = notHeld(host.call(id, leaf, args));
      if (reply instanceof Promise) follow(id, reply);
      else settleLater(id, reply);
    },
    console(level, text) {
      if (!isOver()) host.console(level, text);
    },
    saw(looks) {
      if (!isOver()) host.saw?.(looks);
    },
    recorded: () => host.recorded?.() ?? nothingRecorded,
    replayed(leaves, digests) {
      if (!isOver()) host.replayed?.(leaves, digests);
    },
    ...(host.load && { load: (requests: readonly ModuleRequest[]) => host.load?.(requests) ?? noModules }),
  };
}

function notHeld(reply: ReturnType<HostRun["call"]>): Reply | Promise<Reply> {
  if (reply instanceof Held) throw new Error("An answer is held in a process that cannot wait.");
  return reply;
}

/** Of a run that is over, or that may not import: nobody asks it. */
const noModules: ModuleAnswers = { answers: [], modules: [] };

/** Of a run that is over, or that has no journal: nobody asks it. */
const nothingRecorded: RecordedPiece = { events: [], tags: "", how: [], values: [], isLast: true };

const notRunning = deliver(
  { kind: "error", error: encodeOwn(new ErrorDraft("Error", "The run is over.")) },
  0,
);

/** The sandbox words the reason; it knows the caller. */
function aborted(): RunEnd {
  const error = ownError("ERR_SANDBOX_ABORTED", "The run was aborted.");
  return { kind: "aborted", error, usage: noUsage };
}

function timedOut(wallMs: number): RunEnd {
  return { kind: "timeout", error: ownError("ERR_SANDBOX_TIMEOUT", overWall(wallMs)), usage: noUsage };
}
