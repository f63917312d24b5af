/** Makes isolates whose processor time is profiled by V8, from the first code of a script to the end of its run. */
import { createIsolate } from "./create-isolate.ts";
import type { Entered, Entry, Inside, ModuleText } from "./engine.ts";
import { IsolatedVmIsolate, makeIsolatesWith } from "./isolated-vm.ts";
import type { IsolatedVm } from "./load.ts";

/** What one entry has used: V8 begins anew each time an isolate is entered. Lines and columns count from 1; 0 for none. */
export interface ProfiledEntry {
  /** Microseconds, on one clock for all entries. */
  readonly startTime: number;
  readonly endTime: number;
  /** Ids of nodes, and how long after the start each was seen, whatever its name says. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly nodes: readonly ProfiledNode[];
}

export interface ProfiledNode {
  readonly id: number;
  readonly hitCount: number;
  readonly children: readonly number[];
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly scriptId: number;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
}

/** What V8 gives; `null` when it could not be asked, because the isolate was stopped from inside, or had no memory left. */
type Profile = readonly ProfiledEntry[] | null;

/**
 * Isolates that this process makes are profiled, until the answer is called: that waits for the last one, whose run is over, and gives what
 * it has used.
 */
export function profileIsolates(): () => Promise<Profile> {
  let last: Promise<Profile> = Promise.resolve(null);
  const restore = makeIsolatesWith((memoryMb) => {
    const { isolate, context } = createIsolate(memoryMb);
    const { promise, resolve } = Promise.withResolvers<Profile>();
    last = promise;
    return new ProfiledIsolate(isolate, context, resolve);
  });
  return () => {
    restore();
    return last;
  };
}

const title = "run";

class ProfiledIsolate extends IsolatedVmIsolate {
  readonly #isolate: IsolatedVm.Isolate;
  readonly #onProfile: (profile: Profile) => void;
  #state: "new" | "profiled" | "asked" = "new";
  #inside = 0;

  constructor(
    isolate: IsolatedVm.Isolate,
    context: IsolatedVm.Context,
    onProfile: (profile: Profile) => void,
  ) {
    super(isolate, context);
    this.#isolate = isolate;
    this.#onProfile = onProfile;
  }

  override compile(module: ModuleText, timeLeft: () => number): Inside {
    if (this.#state === "new") {
      this.#state = "profiled";
      this.#isolate.startCpuProfiler(title);
    }
    return super.compile(module, timeLeft);
  }

  /** Would be in the profile. */
  override warmUp(): void {}

  override enter(entry: Entry, args: readonly unknown[], timeout?: number): Entered {
    this.#inside++;
    try {
      return super.enter(entry, args, timeout);
    } finally {
      this.#inside--;
    }
  }

  /** What is stopped from inside must end at once; anything else first says what it has used. */
  override dispose(): void {
    if (this.#state === "asked") return;
    const isTold = this.#state === "profiled" && !this.isGone && this.#inside === 0;
    this.#state = "asked";
    if (!isTold) {
      super.dispose();
      this.#onProfile(null);
      return;
    }
    void this.#stop().then((profile) => {
      super.dispose();
      this.#onProfile(profile);
    });
  }

  async #stop(): Promise<Profile> {
    // A script that was stopped leaves a rejection, which the next question fails with; the one behind it is answered.
    const asked = await this.#isolate.getHeapStatistics().catch(() => null);
    if (asked === null && this.isGone) return null;
    try {
      const threads = await this.#isolate.stopCpuProfiler(title);
      // Its types call some of it otherwise.
      return threads.map(({ profile }) => profile as unknown as ProfiledEntry);
    } catch {
      return null;
    }
  }
}
