/**
 * `record`: a registry that notes in a file what scripts were given. Not what the host functions returned: a column that no type declares, the
 * stack of an error and the paths of the host stay on the host, here as in a run.
 */
import { isRegistry, type BindingTree, type Registry } from "../../model/registry.ts";
import { defineRegistry } from "../../registry/define-registry.ts";
import { tableOfRegistry } from "../interpreted.ts";
import { refuseUnknown, type OptionNames } from "../known-options.ts";
import { observeCalls } from "./observe.ts";
import { appendCall, beginRecording, pathOf } from "./recording.ts";

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
  refuseUnknown("record", options, { errors: true } satisfies OptionNames<RecordOptions>);
  const recorded = isRegistry(registry) ? registry : defineRegistry(registry);
  const path = pathOf(file);
  const { namespaces } = recorded;
  const leaves = recorded.leaves.map((leaf) => leaf.path);
  beginRecording(path, { leaves, namespaces, contract: tableOfRegistry(recorded) });
  const observer = { answered: appendCall.bind(null, path) };
  return observeCalls(recorded, () => observer, options.errors);
}
