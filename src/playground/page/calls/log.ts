/** The calls of a run as far as they are known: what each event makes of them. A call that has waited for somebody is one call, before and after. */
import type {
  CallAnswered,
  CallRefused,
  CallStarted,
  CallWaits,
  Shown,
  WaitAnswered,
} from "../../protocol.ts";
import { Lanes } from "./lanes.ts";

export type CallState = "running" | "waiting" | "ok" | "error" | "refused";

export interface Call {
  readonly name: string;
  readonly args: Shown | null;
  from: number;
  /** `null` while it is in flight, or waits. */
  to: number | null;
  readonly lane: number;
  state: CallState;
  /** The result or the error. */
  value: Shown | null;
  /** Why its host function was not called. */
  refusal: { readonly code: string; readonly message: string } | null;
  /** The time in which it waited for somebody; `to` is `null` as long as it does. */
  wait: { readonly for: CallWaits["for"]; from: number; to: number | null } | null;
}

export type CallEvent = CallStarted | CallAnswered | CallRefused | CallWaits | WaitAnswered;

export class CallLog {
  readonly calls: Call[] = [];
  readonly #lanes = new Lanes();
  readonly #byNumber = new Map<number, Call>();
  readonly #byWait = new Map<number, Call>();

  /** How many ran at once. */
  get lanes(): number {
    return this.#lanes.count;
  }

  /** The call that the event is about. */
  take(event: CallEvent): Call | undefined {
    switch (event.kind) {
      case "call":
        return this.#started(event);
      case "answer":
        return this.#answered(event);
      case "refused":
        return this.#refused(event);
      case "wait":
        return this.#waits(event);
      case "told":
        return this.#told(event);
    }
  }

  /** The times count from this moment. */
  startAt(ms: number): void {
    const later = (at: number): number => Math.max(0, at - ms);
    for (const call of this.calls) {
      call.from = later(call.from);
      if (call.to !== null) call.to = later(call.to);
      if (call.wait === null) continue;
      call.wait.from = later(call.wait.from);
      if (call.wait.to !== null) call.wait.to = later(call.wait.to);
    }
  }

  #started({ call: number, name, args, at, wait }: CallStarted): Call {
    const call = this.#continued(wait) ?? this.#begin(name, args, at);
    call.state = "running";
    this.#byNumber.set(number, call);
    return call;
  }

  #answered({ call: number, at, isError, value }: CallAnswered): Call | undefined {
    const call = this.#byNumber.get(number);
    if (call === undefined) return undefined;
    this.#byNumber.delete(number);
    Object.assign(call, { to: at, state: isError ? "error" : "ok", value });
    this.#lanes.leave(call.lane, at);
    return call;
  }

  #refused({ name, args, at, code, message, wait }: CallRefused): Call {
    const call = this.#continued(wait) ?? this.#begin(name, args, at);
    Object.assign(call, { to: at, state: "refused", refusal: { code, message } });
    this.#lanes.leave(call.lane, at);
    return call;
  }

  #waits({ wait, name, args, at, call: number, for: what }: CallWaits): Call {
    const call =
      (number === undefined ? undefined : this.#byNumber.get(number)) ?? this.#begin(name, args, at);
    if (number !== undefined) this.#byNumber.delete(number);
    call.state = "waiting";
    call.wait = { for: what, from: at, to: null };
    this.#byWait.set(wait, call);
    return call;
  }

  #told({ wait, at }: WaitAnswered): Call | undefined {
    const call = this.#byWait.get(wait);
    if (call?.wait) call.wait.to = at;
    return call;
  }

  #continued(wait: number | undefined): Call | undefined {
    return wait === undefined ? undefined : this.#byWait.get(wait);
  }

  #begin(name: string, args: Shown | null, from: number): Call {
    const lane = this.#lanes.enter({ from, to: null });
    const call: Call = {
      name,
      args,
      from,
      to: null,
      lane,
      state: "running",
      value: null,
      refusal: null,
      wait: null,
    };
    this.calls.push(call);
    return call;
  }
}
