/**
 * `record`: a registry that notes in a file what scripts were given. Not what the host functions returned: a column that no type declares, the
 * stack of an error and the paths of the host stay on the host, here as in a run.
 */
import { isThenable } from "../../runtime/host/look.ts";
import { returnsNothing } from "../../runtime/host/leaves.ts";
import { createReplies } from "../../runtime/host/replies.ts";
import { decode } from "../../runtime/crossing/host-codec.ts";
import type { Reply } from "../../runtime/seam.ts";
import { toJsonForm, type Json } from "../../json-form/index.ts";
import type { BindingTree, Registry, RegistryLeaf } from "../../model/registry.ts";
import { defineRegistry } from "../../registry/define-registry.ts";
import { isRegistry, withCalls } from "../contract-source.ts";
import { tableOfRegistry } from "../interpreted.ts";
import { appendCall, beginRecording, pathOf, type RecordedCall } from "./recording.ts";

export interface RecordOptions {
  /** What is noted of an error that no `@throws` declares, as in the options of the sandbox. Default: `"show"`. */
  readonly errors?: "show" | "mask";
}

/**
 * The same registry, which also writes each call to a file once it is answered: its arguments, and the result or the error as the script got it.
 * The file is begun anew. It holds what scripts and functions say to each other, so look what is in it before it leaves the machine.
 *
 * Calls that the runtime refuses before they reach a function are not in it. Record in the process of the host: workers with
 * `placement: "worker"` would write over each other's files.
 *
 * Throws a `TestingError`, `ERR_TESTING_RECORDING`, for a file that cannot be written or is there and is no recording.
 *
 * @example
 * await using sandbox = await createSandbox({ registry: record(registry, "orders.calls.jsonl") });
 * await sandbox.run(source);
 */
export function record(
  registry: Registry | BindingTree,
  file: string | URL,
  options: RecordOptions = {},
): Registry {
  const recorded = isRegistry(registry) ? registry : defineRegistry(registry);
  const path = pathOf(file);
  const { namespaces } = recorded;
  const leaves = recorded.leaves.map((leaf) => leaf.path);
  beginRecording(path, { leaves, namespaces, contract: tableOfRegistry(recorded) });
  const replies = createReplies({
    id: "recording",
    registry: recorded,
    // What crosses and what does not is for the sandbox to say; a recording holds what there is.
    limits: { payloadBytes: Infinity },
    hooks: {},
    errors: options.errors ?? "show",
    validateResults: "off",
  });
  let count = 0;

  return Object.freeze(
    withCalls(recorded, (leaf) => (...args: unknown[]) => {
      const call = ++count;
      // Before the function can change them.
      const given = toJsonForm(args);
      const note = (reply: Reply): void =>
        appendCall(path, { call, name: leaf.name, args: given, ...answerOf(reply) });
      const answered = <T>(result: T): T => {
        note(replies.value(leaf, returnsNothing(leaf) ? undefined : result));
        return result;
      };
      const failed = (error: unknown): never => {
        note(replies.thrown(leaf, error));
        throw error;
      };
      let result: unknown;
      try {
        result = Reflect.apply(leaf.call, undefined, args);
      } catch (error) {
        return failed(error);
      }
      if (!isThenable(result)) return answered(result);
      return isPromised(leaf) ? Promise.resolve(result).then(answered, failed) : result;
    }),
  );
}

/** A promise of a synchronous leaf is a mistake, and no answer. */
function isPromised({ mode }: RegistryLeaf): boolean {
  return mode !== "sync";
}

function answerOf(reply: Reply): Pick<RecordedCall, "result" | "error"> {
  switch (reply.kind) {
    case "value":
      return { result: jsonOf(reply.value) };
    case "error":
      return { error: jsonOf(reply.error) };
    case "pending":
    case "wait":
      throw new Error("What has been answered cannot be pending.");
  }
}

/** What a script gets, in the JSON form. */
function jsonOf(sent: Extract<Reply, { kind: "value" }>["value"]): Json {
  if (typeof sent !== "object" || sent === null) return toJsonForm(sent);
  const decoded = decode(sent, Infinity);
  return toJsonForm(decoded.ok ? decoded.value : undefined);
}
