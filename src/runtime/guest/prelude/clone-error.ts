/**
 * CloneError: an error becomes a record of what may cross of it, listed with its parcel. Self-contained: part of the prelude.
 */
import type { ErrorRecord } from "../../seam.ts";
import type { Charge, CloneState } from "./charge.ts";
import type { CloneRealm } from "./kind.ts";
import type { Measure } from "./measure.ts";
import type { Primordials } from "./primordials.ts";

export interface ErrorTools {
  readonly charging: Charge;
  readonly measure: Measure;
  readonly readError: CloneRealm["readError"];
  /** Copies a part of the error. */
  readonly copy: (state: CloneState, value: unknown, depth: number) => unknown;
}

export type CloneError = (state: CloneState, value: object, depth: number) => unknown;

export function makeCloneError(p: Primordials, tools: ErrorTools): CloneError {
  const { copy, readError } = tools;
  const { charge, refuseProto } = tools.charging;
  const { textBytes } = tools.measure;

  function copyError(state: CloneState, value: object, depth: number): unknown {
    const view = readError(value);
    const record = new p.Bare() as { -readonly [K in keyof ErrorRecord]: ErrorRecord[K] };
    state.seen.set(value, record);
    const errors = (state.errors ??= p.list<ErrorRecord>());
    errors[errors.length] = record;
    charge(state, depth, 64 + textBytes(view.message));
    record.class = view.class;
    record.message = view.message;
    if (view.name !== undefined && view.name !== view.class) {
      charge(state, depth, textBytes(view.name));
      record.name = view.name;
    }
    if (view.code !== undefined) {
      charge(state, depth, textBytes(view.code));
      record.code = view.code;
    }
    if (view.hasCause) {
      state.keys[depth] = "cause";
      record.cause = copy(state, view.cause, depth + 1);
    }
    if (view.hasErrors) {
      state.keys[depth] = "errors";
      record.errors = copy(state, view.errors, depth + 1);
    }
    if (view.keys.length > 0) {
      const data = new p.Bare();
      for (let i = 0; i < view.keys.length; i++) {
        const key = view.keys[i] as string;
        if (key === "__proto__") refuseProto(state, key, depth);
        state.keys[depth] = key;
        charge(state, depth, textBytes(key));
        data[key] = copy(state, (value as { [key: string]: unknown })[key], depth + 1);
      }
      record.data = data;
    }
    return record;
  }

  return copyError;
}
