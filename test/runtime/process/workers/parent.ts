/**
 * A supervisor in a process of its own: starts one worker on a script, says the worker's process id, and ends in one of several ways.
 */
import { createProcessRunner } from "../../../../src/runtime/process/runner.ts";
import type { HostRun } from "../../../../src/runtime/runner.ts";
import { opened } from "../../support/values.ts";

const [how, source = ""] = process.argv.slice(2);
const limits = {
  memoryMb: 32,
  cpuMs: 60_000,
  wallMs: how === "stuck" ? 500 : 60_000,
  payloadBytes: 1 << 20,
  consoleBytes: 1 << 20,
};
const leaf = { path: ["pid"], mode: "maybe", maxPayloadBytes: 1 << 20 } as const;
const runner = createProcessRunner(
  { leaves: [leaf, leaf], namespaces: [], limits },
  { concurrency: 10, workers: 1 },
  new URL("./scripted.ts", import.meta.url),
);

const host: HostRun = {
  id: "run",
  signal: new AbortController().signal,
  console: () => {},
  adopt: () => {},
  settings: {
    limits: { payloadBytes: 1 << 20, calls: 100, concurrency: 10, consoleBytes: 1 << 20 },
    errors: "show",
    validateResults: "off",
  },
  call(id, _leaf, args) {
    if (id !== 1) return new Promise(() => {});
    process.stdout.write(String((opened(args) as unknown[])[0]));
    if (how === "exit") setTimeout(() => process.exit(3), 50);
    // Once the answer is out: a host whose event loop stands still.
    if (how === "stuck") setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
    if (how === "throw") setTimeout(() => void Promise.reject(new Error("expected by the test")), 50);
    return { kind: "value", value: 1 };
  },
};

await runner.run(
  {
    source: `port.callSync(1, 0, [process.pid]); ${source}`,
    filename: "script.js",
    language: "javascript",
    globals: null,
  },
  host,
);

if (how === "stay") setInterval(() => {}, 2 ** 30);
