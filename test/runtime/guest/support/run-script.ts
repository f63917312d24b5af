/**
 * Runs one script in a real isolate with host functions of the test: the shortest honest host side there is.
 */
import { deliver as delivered, early } from "../../../../src/runtime/crossing/delivery.ts";
import { createGuest } from "../../../../src/runtime/guest/guest.ts";
import type {
  Arguments,
  Guest,
  GuestLeaf,
  GuestLimits,
  GuestOutcome,
  GuestScript,
  Reply,
} from "../../../../src/runtime/seam.ts";
import type { Delivery } from "../../../../src/runtime/crossing/transfer.ts";
import { answered, messageOf, opened, refused } from "../../support/values.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- Functions of every signature.
type HostFunction = (...args: any[]) => unknown;

export interface HostLeaf {
  readonly mode?: GuestLeaf["mode"];
  readonly maxPayloadBytes?: number;
  readonly length?: number;
  readonly call: HostFunction;
}

export interface Play {
  readonly bindings?: Readonly<Record<string, HostFunction | HostLeaf>>;
  readonly namespaces?: readonly (readonly string[])[];
  readonly limits?: Partial<GuestLimits>;
  readonly filename?: string;
  readonly language?: GuestScript["language"];
  readonly globals?: Readonly<Record<string, unknown>>;
  /** The isolate has been told so much that answers no longer go as JSON. Default: false. */
  readonly isLate?: boolean;
  /** Whose the thread is; see `CreateGuest`. */
  readonly thread?: "blocked" | "free";
  /** Sees the guest before the script starts. */
  readonly onGuest?: (guest: Guest) => void;
}

export interface Played {
  readonly outcome: GuestOutcome;
  /** The exports as the host sees them; empty unless the outcome is `ok`. */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly console: readonly string[];
  /** How often the run ended: always once. */
  readonly ends: number;
}

export const limits: GuestLimits = {
  memoryMb: 32,
  cpuMs: 20_000,
  wallMs: 60_000,
  payloadBytes: 1 << 20,
  consoleBytes: 10_000,
};

/** The answer with `value`, or the error that says why it cannot cross. */
function sentBack(value: unknown): Reply {
  try {
    return answered(value);
  } catch (error) {
    return failure(error);
  }
}

function failure(thrown: unknown): Reply {
  return refused(thrown instanceof Error ? thrown : new Error(String(thrown)));
}

export function runScript(source: string, play: Play = {}): Promise<Played> {
  const entries = Object.entries(play.bindings ?? {}).map(([name, leaf]) => {
    const full: HostLeaf = typeof leaf === "function" ? { call: leaf } : leaf;
    return { path: name.split("."), mode: full.mode ?? "sync", ...full };
  });
  const leaves: GuestLeaf[] = entries.map(({ path, mode, maxPayloadBytes, length }) => ({
    path,
    mode,
    maxPayloadBytes: maxPayloadBytes ?? 1 << 20,
    ...(length === undefined ? {} : { length }),
  }));
  const namespaces = [...(play.namespaces ?? [])];
  for (const { path } of leaves) {
    for (let depth = 1; depth < path.length; depth++) namespaces.push(path.slice(0, depth));
  }
  const lines: string[] = [];
  const left = play.isLate ? undefined : early();
  const deliver = (reply: Reply, id: number): Delivery => delivered(reply, id, left);
  return new Promise((resolve) => {
    let ends = 0;
    let followed = false;
    const answer = (leaf: number, args: Arguments): unknown =>
      entries[leaf]!.call(...(opened(args) as unknown[]));
    const follow = (id: number, promise: Promise<unknown>): void => {
      promise.then(
        (value) => guest.settle([[id, deliver(sentBack(value), id)]]),
        (error: unknown) => guest.settle([[id, deliver(failure(error), id)]]),
      );
    };
    const guest = createGuest(
      { leaves, namespaces, limits: { ...limits, ...play.limits } },
      {
        callSync(id, leaf, args) {
          try {
            const value = answer(leaf, args);
            if (value instanceof Promise) {
              follow(id, value);
              return deliver({ kind: "pending" }, id);
            }
            return deliver(sentBack(value), id);
          } catch (error) {
            return deliver(failure(error), id);
          }
        },
        callAsync(id, leaf, args) {
          follow(id, new Promise((done) => done(answer(leaf, args))));
        },
        console(level, text) {
          lines.push(`${level}: ${text}`);
        },
      },
      play.thread,
    );
    play.onGuest?.(guest);
    guest.start(
      {
        source,
        filename: play.filename ?? "script.js",
        language: play.language ?? "auto",
        globals: play.globals === undefined ? null : messageOf(play.globals),
      },
      (outcome) => {
        ends++;
        if (followed) return;
        followed = true;
        // A moment later, so that a second end would be seen.
        setTimeout(() => {
          guest.dispose();
          const exports = outcome.kind === "ok" ? (opened(outcome.exports) as Played["exports"]) : {};
          resolve({ outcome, exports, console: lines, ends });
        }, 2);
      },
    );
  });
}

/** The value of `export default`, or the outcome when the script did not end well. */
export async function valueOf(source: string, play: Play = {}): Promise<unknown> {
  const { outcome, exports } = await runScript(source, play);
  return outcome.kind === "ok" ? exports["default"] : outcome;
}
