/**
 * On a machine whose processors are elsewhere a script takes longer, and has used no more of them: a worker that stands still for a while, as all of them do then.
 */
import { expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";
import { childrenOf } from "../../processes.ts";

it.runIf(process.platform === "linux")(
  "counts no time in which a script waited for a processor",
  async () => {
    const limits = { cpuMs: 3_000, wallMs: 120_000 };
    let worker = 0;
    await using sandbox = await createSandbox({
      workers: 1,
      limits,
      registry: {
        // The answer is written before the process stands still, and it goes on when it has stood still for longer than the script may be at work.
        standStill: () => {
          setTimeout(() => process.kill(worker, "SIGSTOP"), 20);
          setTimeout(() => process.kill(worker, "SIGCONT"), 20 + limits.cpuMs + 1_000);
        },
      },
    });
    expect((await sandbox.run("")).status).toBe("ok");
    const [pid, ...others] = childrenOf();
    expect(others).toEqual([]);
    worker = pid!;
    const result = await sandbox.run(`
    SecureExec.bindings.standStill();
    const began = Date.now();
    // Until it has stood still.
    let rounds = 0;
    while (Date.now() - began < 1_000) rounds++;
    export default rounds;`);
    expect(result.status === "ok" ? null : result.error.message).toBeNull();
    expect(result.stats.cpuMs).toBeLessThan(limits.cpuMs);
  },
);
