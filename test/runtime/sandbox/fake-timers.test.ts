/**
 * A host under test may have faked every timer there is: runs go on all the same, and end at their limits.
 */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

const toFake = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "setImmediate",
  "clearImmediate",
  "Date",
  "performance",
  "hrtime",
  "queueMicrotask",
] as const;

const modes: readonly SandboxOptions[] = [{ isolation: "process", workers: 1 }, { isolation: "none" }];

afterEach(() => void vi.useRealTimers());

describe.each(modes)("with faked timers and $isolation", (mode) => {
  const script = `
    const { later, now, never } = SecureExec.bindings;
    export default [now(), ...await Promise.all([later(2), later(3)])];`;
  const registry = {
    now: () => 1,
    later: async (value: number) => Promise.resolve(value),
    never: () => new Promise<never>(() => {}),
  };

  it("a sandbox that is there runs scripts, one after another, and ends them at their limit", async () => {
    const sandbox = await createSandbox({ ...mode, registry });
    vi.useFakeTimers({ toFake: [...toFake] });
    for (let run = 0; run < 3; run++) {
      expect(await sandbox.run(script)).toMatchObject({ status: "ok", exports: { default: [1, 2, 3] } });
    }
    const waiting = await sandbox.run("await SecureExec.bindings.never()", { limits: { wallMs: 50 } });
    expect(waiting.status).toBe("timeout");
    // The worker of the run above is gone: this one needs another.
    expect((await sandbox.run(script)).status).toBe("ok");
    await sandbox.dispose();
  });

  it("a sandbox is created, and says how long its runs took by a clock that goes", async () => {
    vi.useFakeTimers({ toFake: [...toFake] });
    await using sandbox = await createSandbox({ ...mode, registry });
    const { status, stats } = await sandbox.run(script);
    expect(status).toBe("ok");
    expect(stats.wallMs).toBeGreaterThan(0);
  });
});
