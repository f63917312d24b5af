/**
 * The registry module of a worker that has the host functions itself.
 */
import { spawn } from "node:child_process";
import { callContext } from "../../../../src/registry/call-context.ts";
import { defineRegistry } from "../../../../src/registry/define-registry.ts";

let calls = 0;
const held: Uint8Array[] = [];

export default defineRegistry({
  add: (a: number, b: number) => a + b,
  later: async (ms: number, value: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
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
