/**
 * Runs one script in a real isolate with host functions of the test: the shortest honest host side there is.
 */
import { createGuest } from "../../../../src/runtime/guest/guest.ts";
import { decode } from "../../../../src/runtime/marshal/decode.ts";
import { encode } from "../../../../src/runtime/marshal/encode.ts";
import type {
  Guest,
  GuestLeaf,
  GuestLimits,
  GuestOutcome,
  GuestScript,
  Parcel,
  Reply,
} from "../../../../src/runtime/seam.ts";

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
  cpuMs: 2_000,
  wallMs: 5_000,
  payloadBytes: 1 << 20,
  consoleBytes: 10_000,
};

const maxBytes = 1 << 24;

export function sentBack(value: unknown): Reply {
  const encoded = encode(value, { maxBytes });
  if (!encoded.ok) return failure(new TypeError(`${encoded.refusal.path}: ${encoded.refusal.reason}`));
  return { kind: "value", parcel: encoded.parcel };
}

export function failure(thrown: unknown): Reply {
  const encoded = encode(thrown instanceof Error ? thrown : new Error(String(thrown)), { maxBytes });
  return encoded.ok ? { kind: "error", parcel: encoded.parcel } : failure(new Error("not clonable"));
}

export function received(parcel: Parcel): unknown {
  const decoded = decode(parcel, { maxBytes });
  if (!decoded.ok) throw new Error(`the guest sent what no prelude of ours sends: ${decoded.reason}`);
  return decoded.value;
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
  return new Promise((resolve) => {
    let ends = 0;
    let followed = false;
    const answer = (leaf: number, args: Parcel): unknown =>
      entries[leaf]!.call(...(received(args) as unknown[]));
    const follow = (id: number, promise: Promise<unknown>): void => {
      promise.then(
        (value) => guest.settle([[id, sentBack(value)]]),
        (error: unknown) => guest.settle([[id, failure(error)]]),
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
              return { kind: "pending" };
            }
            return sentBack(value);
          } catch (error) {
            return failure(error);
          }
        },
        callAsync(id, leaf, args) {
          follow(id, new Promise((done) => done(answer(leaf, args))));
        },
        console(level, text) {
          lines.push(`${level}: ${text}`);
        },
      },
    );
    play.onGuest?.(guest);
    guest.start(
      {
        source,
        filename: play.filename ?? "script.js",
        language: play.language ?? "auto",
        globals: parcelOf(play.globals),
      },
      (outcome) => {
        ends++;
        if (followed) return;
        followed = true;
        // A moment later, so that a second end would be seen.
        setTimeout(() => {
          guest.dispose();
          const exports = outcome.kind === "ok" ? (received(outcome.exports) as Played["exports"]) : {};
          resolve({ outcome, exports, console: lines, ends });
        }, 2);
      },
    );
  });
}

function parcelOf(globals: Play["globals"]): Parcel {
  const encoded = encode(globals ?? {}, { maxBytes });
  if (!encoded.ok) throw new Error(encoded.refusal.reason);
  return encoded.parcel;
}

/** The value of `export default`, or the outcome when the script did not end well. */
export async function valueOf(source: string, play: Play = {}): Promise<unknown> {
  const { outcome, exports } = await runScript(source, play);
  return outcome.kind === "ok" ? exports["default"] : outcome;
}
