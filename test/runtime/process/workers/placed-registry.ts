/**
 * The registry module of a worker that has the host functions itself.
 */
import { spawn } from "node:child_process";
import { callContext } from "../../../../src/registry/call-context.ts";
import { defineRegistry } from "../../../../src/registry/define-registry.ts";

let calls = 0;
const held: Uint8Array[] = [];
const waiting: (() => void)[] = [];

export default defineRegistry({
  add: (a: number, b: number) => a + b,
  /** Answers three calls in the reverse of their order, once all three are there. */
  reversed: async (value: unknown) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 3)
        setImmediate(() =>
          waiting
            .splice(0)
            .reverse()
            .forEach((answer) => answer()),
        );
    });
    return value;
  },
  where: () => process.pid,
  environment: () => Object.keys(process.env),
  collector: () => typeof globalThis.gc,
  count: () => ++calls,
  path: () => callContext()?.path.join("."),
  context: () => callContext().context,
  fail: () => {
    throw Object.assign(new RangeError("no"), { code: "E_NO" });
  },
  exit: () => process.kill(process.pid, "SIGKILL"),
  /** Starts a process that has the output of this one, and stays. */
  start: () =>
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"], {
      stdio: ["ignore", "ignore", "inherit"],
    }).pid,
  hold: (megabytes: number) => held.push(new Uint8Array(megabytes << 20).fill(1)),
  never: () => new Promise(() => {}),
  /** What no engine can interrupt. */
  block: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
});
