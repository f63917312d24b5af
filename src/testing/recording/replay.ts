/**
 * `replay`: a registry that answers from a recording. A call that was not recorded is refused, with the nearest that was: a test must not pass
 * on a guess.
 */
import { fromJsonForm, JsonFormError, type Json } from "../../json-form/index.ts";
import { ContractFormatError } from "../../model/file/fields.ts";
import type { Registry } from "../../model/registry.ts";
import { callContextSlot } from "../../registry/call-context.ts";
import { defineRegistry } from "../../registry/define-registry.ts";
import { argumentsText, sortedText } from "../argument-text.ts";
import { createLog, type CallLog } from "../calls.ts";
import { withCalls } from "../contract-source.ts";
import { interpretedRegistry, treeOf } from "../interpreted.ts";
import { TestingError } from "../testing-error.ts";
import { callText, nearestCall } from "./nearest.ts";
import { damaged, pathOf, readRecording, type RecordedCall, type Recording } from "./recording.ts";

/** A registry that answers from a recording, with the log of its calls. */
export interface ReplayRegistry<T = unknown> extends Registry, CallLog<T> {}

/**
 * A registry that gives scripts what `record` has noted: the same result or error for the same call, with arguments held to the recorded
 * contract. A call that was answered alike each time may be made any number of times. One whose answers differed, like `queue.next()`, gets
 * them in order, from the first on in every run.
 *
 * A call that was not recorded, or not as often, throws `ERR_TESTING_UNRECORDED` in the script and names the nearest that was.
 * Throws a `TestingError`, `ERR_TESTING_RECORDING`, for a file that is no recording.
 *
 * @example
 * await using sandbox = await createSandbox({ registry: replay("orders.calls.jsonl"), isolation: "none" });
 * await sandbox.run(source);
 */
export function replay<T = unknown>(file: string | URL): ReplayRegistry<T> {
  const path = pathOf(file);
  const recording = readRecording(path);
  const answers = answersIn(recording);
  const recorded = registryIn(path, recording);
  const { log, around } = createLog(recorded.leaves.map(({ name }) => name));
  /** How often each run has made each call. */
  const made = new Map<string, number>();

  const registry = withCalls(recorded, (leaf) => {
    const isAsync = leaf.mode === "async";
    const answer = (args: readonly unknown[]): unknown => {
      const key = keyOf(leaf.name, argumentsText(args));
      const known = answers.get(key);
      if (known === undefined) throw unrecorded(recording, leaf.name, args);
      const inRun = `${runHere()} ${key}`;
      const before = made.get(inRun) ?? 0;
      made.set(inRun, before + 1);
      const { result = null, error } =
        known.calls[known.isSteady ? 0 : before] ?? spent(leaf.name, args, before);
      if (error !== undefined) throw valueOf(path, error);
      return valueOf(path, result);
    };
    return (...args: unknown[]) =>
      around(leaf.name, args, isAsync ? async () => answer(args) : () => answer(args));
  });
  return Object.freeze({ ...registry, ...log });
}

function registryIn(path: string, { contract, namespaces, leaves }: Recording): Registry {
  const none = () => () => undefined;
  if (contract === null) return defineRegistry(treeOf(namespaces, leaves, none));
  try {
    return interpretedRegistry(contract, none);
  } catch (error) {
    if (!(error instanceof ContractFormatError)) throw error;
    throw damaged(path, `is damaged: ${error.message}`);
  }
}

interface Answers {
  readonly calls: readonly RecordedCall[];
  /** True when all answers are the same. */
  readonly isSteady: boolean;
}

function answersIn({ calls }: Recording): ReadonlyMap<string, Answers> {
  const groups = Map.groupBy(calls, ({ name, args }) => keyOf(name, sortedText(args)));
  return new Map(
    Array.from(groups, ([key, group]) => {
      const texts = new Set(group.map(({ result, error }) => sortedText([result ?? null, error ?? null])));
      return [key, { calls: group, isSteady: texts.size === 1 }];
    }),
  );
}

function keyOf(name: string, args: string): string {
  return `${name} ${args}`;
}

/** The run that calls, by its id; outside of one, the same empty text. */
function runHere(): string {
  return (callContextSlot.current ?? callContextSlot.store?.getStore())?.runId ?? "";
}

function valueOf(path: string, json: Json): unknown {
  try {
    return fromJsonForm(json);
  } catch (error) {
    if (!(error instanceof JsonFormError)) throw error;
    throw damaged(path, `holds a value that cannot be read: ${error.message}`);
  }
}

function unrecorded({ calls }: Recording, name: string, args: readonly unknown[]): TestingError {
  const nearest = nearestCall(calls, name, args);
  const names = [...new Set(calls.map((call) => `\`${call.name}\``))].sort();
  const hint =
    nearest !== null
      ? `The nearest that was is \`${callText(name, fromJsonForm(nearest.args) as unknown[])}\`.`
      : names.length === 0
        ? "The recording holds no calls."
        : `The recording has calls of ${names.join(", ")}.`;
  return new TestingError("ERR_TESTING_UNRECORDED", `\`${callText(name, args)}\` was not recorded. ${hint}`);
}

function spent(name: string, args: readonly unknown[], before: number): never {
  const times = before === 1 ? "once" : `${before} times`;
  throw new TestingError(
    "ERR_TESTING_UNRECORDED",
    `\`${callText(name, args)}\` was recorded ${times}, and this run makes it once more.`,
  );
}
