/**
 * Charge: the account of one clone: what is left of its limit, where it is, and the words when it ends in a refusal.
 * Self-contained: part of the prelude.
 */
import type { ErrorRecord } from "../../seam.ts";
import type { Primordials, SafeMap } from "./primordials.ts";

/** Why a value was not cloned. */
export interface Refusal {
  readonly code: "ERR_BINDING_NOT_CLONABLE" | "ERR_SANDBOX_PAYLOAD_TOO_LARGE";
  /** The first step from the root: the index of an argument, the name of an export. Absent at the root itself. */
  readonly head: string | number | undefined;
  /** The rest of the way, as an author would write it: `.rows[0].onClick`; empty at the head itself. */
  readonly path: string;
  /** A clause: `a function cannot cross`. */
  readonly reason: string;
}

export interface CloneState {
  left: number;
  regexpCost: number;
  errors: ErrorRecord[] | undefined;
  readonly seen: SafeMap<object, unknown>;
  readonly keys: (string | number)[];
  refusal: Refusal | undefined;
}

export interface Charge {
  start(maxBytes: number): CloneState;
  /** Takes bytes off; refuses when there are none left. `depth` is how many of the keys lead to the value. */
  charge(state: CloneState, depth: number, bytes: number): void;
  /** The bytes of a member ran out. */
  overdrawn(state: CloneState, key: string | number, depth: number): never;
  /** `what` finishes with "cannot cross". */
  notClonable(state: CloneState, depth: number, what: string): never;
  refuseProto(state: CloneState, key: string, depth: number): never;
  /** What a refusal throws; guest code never sees it. */
  readonly stop: object;
}

export function makeCharge(p: Primordials): Charge {
  const stop = p.freeze({ __proto__: null });

  function refuse(state: CloneState, depth: number, code: Refusal["code"], reason: string): never {
    let path = "";
    for (let i = 1; i < depth; i++) {
      const key = state.keys[i] as string | number;
      if (typeof key === "number") path += `[${key}]`;
      else if (p.isPlainName(key)) path += `.${key}`;
      else if (key[0] === "<") path += key;
      else path += `[${p.jsonStringify(key.length > 40 ? p.stringSlice(key, 0, 40) : key)}]`;
      // A path is for reading; the middle of a very deep one is not.
      if (path.length > 300) {
        path = `${p.stringSlice(path, 0, 300)}…`;
        break;
      }
    }
    state.refusal = { code, head: depth > 0 ? state.keys[0] : undefined, path, reason };
    throw stop;
  }

  function charge(state: CloneState, depth: number, bytes: number): void {
    state.left -= bytes;
    if (state.left < 0) tooLarge(state, depth);
  }

  function overdrawn(state: CloneState, key: string | number, depth: number): never {
    state.keys[depth] = key;
    return tooLarge(state, depth + 1);
  }

  function tooLarge(state: CloneState, depth: number): never {
    // Which argument it was is worth saying; where in it the limit was met is chance.
    return refuse(
      state,
      depth > 0 ? 1 : 0,
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
      "the payload is larger than the limit",
    );
  }

  function notClonable(state: CloneState, depth: number, what: string): never {
    return refuse(state, depth, "ERR_BINDING_NOT_CLONABLE", `${what} cannot cross`);
  }

  function refuseProto(state: CloneState, key: string, depth: number): never {
    state.keys[depth] = key;
    return notClonable(state, depth + 1, "an own property of this name");
  }

  function start(maxBytes: number): CloneState {
    return {
      left: maxBytes,
      regexpCost: 0,
      errors: undefined,
      seen: p.safeMap(),
      keys: p.list(),
      refusal: undefined,
    };
  }

  return { start, charge, overdrawn, notClonable, refuseProto, stop };
}
