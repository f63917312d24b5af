/**
 * Makes isolates with V8's inspector, for debuggers. Code in them runs on a thread of isolated-vm's: while it stands at a breakpoint, this
 * thread must go on and carry the debugger's messages.
 *
 * On Node 26 V8 ends the process when isolated-vm opens a session, so nothing of it is touched there (`refuseInspector`).
 */
import { createIsolate } from "./create-isolate.ts";
import type { Entered, Entry, Isolate, Look } from "./engine.ts";
import { prepareSession, type OpenSession, type Session } from "./inspector-session.ts";
import { IsolatedVmIsolate, limited, makeIsolatesWith, type Reference } from "./isolated-vm.ts";
import type { IsolatedVm } from "./load.ts";
import { Resting } from "./resting.ts";

/** What a debugger may do with an isolate. Messages are those of the Chrome DevTools Protocol, as JSON. */
export interface Inspected {
  /** For one debugger at a time. */
  connect(onMessage: (message: string) => void): Session;
  /** Nothing is inside any more; false when code has not come back that stands at a breakpoint, or runs. Only the end of the process stops it then. */
  leave(): Promise<boolean>;
}

/** Is told of each isolate before code of a script runs in it, which waits for the answer. */
export type OnInspected = (isolate: Inspected) => Promise<void>;

/** Why no inspector may be opened in this process, or `null`. */
export function refuseInspector(version: string = process.versions.node): string | null {
  return Number.parseInt(version, 10) >= 26
    ? `the inspector of isolated-vm would end the process on Node ${version}: V8 lets only the thread that made an isolate open a session there.`
    : null;
}

/** Isolates that this process makes have an inspector, until the answer is called. Throws where `refuseInspector` says why not. */
export function inspectIsolates(onInspected: OnInspected): () => void {
  const refusal = refuseInspector();
  if (refusal !== null) throw new Error(refusal);
  return makeIsolatesWith((memoryMb) => {
    const { isolate, context } = createIsolate(memoryMb, { inspector: true });
    return new InspectedIsolate(isolate, context, onInspected);
  });
}

class InspectedIsolate extends IsolatedVmIsolate implements Inspected {
  override readonly isOnThisThread = false;
  readonly #open: OpenSession;
  readonly #onInspected: OnInspected;
  #ready: Promise<void> | null = null;
  readonly #resting: Resting;
  /** Entries that have begun and not ended. */
  #inside = 0;
  #isDisposed = false;

  constructor(isolate: IsolatedVm.Isolate, context: IsolatedVm.Context, onInspected: OnInspected) {
    super(isolate, context);
    this.#open = prepareSession(isolate);
    this.#resting = new Resting(isolate, context);
    this.#onInspected = onInspected;
  }

  /** Debuggers would be told of it. */
  override warmUp(): void {}

  connect(onMessage: (message: string) => void): Session {
    this.#resting.start();
    const { send, close } = this.#open(onMessage);
    return {
      send: (message) => {
        if (this.#inside === 0 && isPause(message)) this.#resting.whenGoing(() => send(message));
        else send(message);
      },
      close,
    };
  }

  async leave(): Promise<boolean> {
    if (this.#inside > 0) return false;
    await this.#resting.end();
    return true;
  }

  override get isGone(): boolean {
    return this.#isDisposed || super.isGone;
  }

  override enter(entry: Entry, args: readonly unknown[], timeout = 0): Entered {
    // Before this everything of ours is compiled on this thread, which must not wait for one that rests.
    this.#ready ??= this.#onInspected(this);
    return this.#ready.then(async () => {
      if (this.#isDisposed) return;
      this.#inside++;
      try {
        const entered = (entry as unknown as Reference).apply(undefined, args as never[], {
          arguments: { copy: true },
          ...limited(timeout),
        });
        void this.#resting.end();
        this.#resting.begin();
        await entered;
      } catch (error) {
        // What every entry with guest code inside ends with.
        if (error !== undefined) throw error;
      } finally {
        this.#inside--;
      }
    });
  }

  /** The heap is not asked for: that would wait for code that a debugger has stopped. */
  override look(): Look {
    return { heapBytes: 0, rejection: null };
  }

  override lookLater(): Promise<Look> {
    void this.#resting.end();
    return super.lookLater();
  }

  /** Is kept until the process ends: isolated-vm cannot free an isolate with a session. */
  override dispose(): void {
    this.#isDisposed = true;
    kept.push(this);
  }
}

/** What nobody holds is freed. */
const kept: Isolate[] = [];

function isPause(message: string): boolean {
  return (JSON.parse(message) as { method?: string }).method === "Debugger.pause";
}
