/** The clock of a run whose worker never says that it has begun. */
import { expect, it } from "vitest";
import type { Death } from "../../../src/runtime/process/death.ts";
import { supervise } from "../../../src/runtime/process/supervise.ts";
import type { RunListener, WorkerProcess } from "../../../src/runtime/process/worker-process.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";

it("a worker that says nothing ends its run in time, and is not tried again on another", async () => {
  let listener: RunListener | null = null;
  const killed: Death[] = [];
  const worker = {
    alive: true,
    runs: 0,
    attach: (run: RunListener | null) => (listener = run),
    send: () => {},
    kill(death: Death) {
      killed.push(death);
      listener?.died(death);
    },
  } as unknown as WorkerProcess;
  const host = { id: "run", signal: new AbortController().signal } as unknown as HostRun;
  const script = { source: "", filename: "a.js", language: "javascript", globals: { value: {} } } as const;
  const limits = { memoryMb: 32, payloadBytes: 1024, wallMs: 20, consoleBytes: 1024 };
  const { end } = await supervise(worker, 1, script, host, { leaves: 0, limits, placed: false });
  expect(end).toMatchObject({ kind: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
  expect(killed).toHaveLength(1);
});
