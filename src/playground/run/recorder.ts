/** Tells of the calls of one run, and keeps their recording until somebody wants to share it. */
import { toJsonForm, type Json } from "../../json-form/index.ts";
import type { Registry } from "../../model/registry.ts";
import type { Wait } from "../../runtime/index.ts";
import { tableOfRegistry } from "../../testing/interpreted.ts";
import type { CallObserver } from "../../testing/recording/observe.ts";
import { callLine, headLine, type RecordedCall } from "../../testing/recording/recording.ts";
import type { RunEvent } from "../protocol.ts";
import { mostOfQuestion, shown } from "./shown.ts";

export interface Recorder extends CallObserver {
  /** The function of a call was not called. */
  refused(call: RefusedCall): void;
  /** The run waits for this; `asked` counts its questions. */
  waits(wait: Wait, asked: number): void;
  /** As `record` writes it; `null` when there was no call, or too much was said. */
  text(): string | null;
  /** How many calls were refused. */
  readonly refusals: number;
}

export interface RefusedCall {
  readonly name: string;
  readonly args: readonly unknown[] | null;
  readonly code: string;
  readonly message: string;
}

/** A call as far as another is known to be the same: it has waited, and goes on. */
interface Waiting {
  readonly wait: number;
  readonly name: string;
  readonly args: string;
}

/** A file somebody sends to somebody: more is no longer one. */
const maxLetters = 16 * 1024 * 1024;
/** Calls beyond a limit are refused as fast as a script can make them. */
const maxRefusals = 2_000;

/** `now` counts from the start of the run. */
export function createRecorder(
  registry: Registry,
  emit: (event: RunEvent) => void,
  now: () => number,
): Recorder {
  let lines: string[] = [];
  let letters = 0;
  let refusals = 0;
  /** Numbers of this recorder by those of the observer: a call that was refused has one as well. */
  const numbers = new Map<number, number>();
  let count = 0;
  const waiting: Waiting[] = [];
  /** Calls whose functions wait. */
  const suspended: { readonly call: number; readonly name: string; readonly args: string }[] = [];

  function keep(recorded: RecordedCall): void {
    if (letters > maxLetters) return;
    const line = callLine(recorded);
    letters += line.length;
    if (letters > maxLetters) lines = [];
    else lines.push(line);
  }
  /** The wait that a call goes on from, as a part of its event. */
  function after(name: string, args: Json): { readonly wait?: number } {
    if (waiting.length === 0) return {};
    const found = take(waiting, name, args);
    return found === undefined ? {} : { wait: found.wait };
  }

  return {
    started({ call, name, args }) {
      const number = ++count;
      numbers.set(call, number);
      emit({ kind: "call", call: number, name, args: shown(args), at: now(), ...after(name, args) });
    },
    answered(recorded) {
      const call = numbers.get(recorded.call) ?? recorded.call;
      numbers.delete(recorded.call);
      const { error, result = null } = recorded;
      const isError = error !== undefined;
      emit({ kind: "answer", call, at: now(), isError, value: shown(error ?? result) });
      keep({ ...recorded, call });
    },
    suspended({ call, name, args }) {
      suspended.push({ call: numbers.get(call) ?? call, name, args: JSON.stringify(args) });
      numbers.delete(call);
    },
    refused({ name, args: given, code, message }) {
      refusals += 1;
      const args = given === null ? null : toJsonForm(given);
      const from = args === null ? {} : after(name, args);
      // Whoever runs the script without the host is told the same.
      if (code === "ERR_BINDING_APPROVAL" && args !== null)
        keep({
          call: ++count,
          name,
          args,
          error: toJsonForm(Object.assign(new Error(message), { code, binding: name })),
        });
      if (refusals > maxRefusals) return;
      const told = args === null ? null : shown(args);
      emit({ kind: "refused", name, args: told, code, message, at: now(), ...from });
    },
    waits({ path, for: what, arguments: given, reason }, wait) {
      const name = path.join(".");
      const args = toJsonForm(given);
      waiting.push({ wait, name, args: JSON.stringify(args) });
      const call = what === "suspend" ? take(suspended, name, args)?.call : undefined;
      emit({
        kind: "wait",
        wait,
        name,
        for: what,
        args: shown(args, mostOfQuestion),
        reason: what === "suspend" ? shown(toJsonForm(reason)) : null,
        at: now(),
        ...(call !== undefined && { call }),
      });
    },
    text() {
      if (lines.length === 0) return null;
      const { namespaces } = registry;
      const leaves = registry.leaves.map(({ path }) => path);
      return headLine({ leaves, namespaces, contract: tableOfRegistry(registry) }) + lines.join("");
    },
    get refusals() {
      return refusals;
    },
  };
}

/** The first of these calls, which is then no longer among them. */
function take<Call extends { readonly name: string; readonly args: string }>(
  calls: Call[],
  name: string,
  args: Json,
): Call | undefined {
  const text = JSON.stringify(args);
  const index = calls.findIndex((call) => call.name === name && call.args === text);
  return index === -1 ? undefined : calls.splice(index, 1)[0];
}
