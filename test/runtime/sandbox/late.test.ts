import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  callContext,
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type RunResult,
} from "../../../src/runtime/index.ts";

const unhandled = vi.fn();
const open: Sandbox[] = [];
beforeEach(() => {
  unhandled.mockClear();
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.dispose()));
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

async function sandboxOf(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox({ workers: 1, ...options });
  open.push(sandbox);
  return sandbox;
}

function gate<Value = void>(): {
  wait: Promise<Value>;
  go: (value: Value) => void;
  fail: (why: unknown) => void;
} {
  let go!: (value: Value) => void;
  let fail!: (why: unknown) => void;
  const wait = new Promise<Value>((resolve, reject) => ((go = resolve), (fail = reject)));
  return { wait, go, fail };
}

/** Whatever is on its way has arrived. */
const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 20));

describe.each(["process", "none"] as const)("what comes late, isolation: %j", (isolation) => {
  const endings: [string, (sandbox: Sandbox, stop: AbortController) => unknown, RunResult["status"]][] = [
    ["its caller stops it", (_sandbox, stop) => stop.abort(new Error("enough")), "aborted"],
    ["the sandbox is disposed", (sandbox) => sandbox.dispose(), "aborted"],
  ];
  it.each(endings)("is dropped, and signals fire, when %s", async (_name, end, status) => {
    const calls = [gate<unknown>(), gate<unknown>(), gate<unknown>()];
    const signals: AbortSignal[] = [];
    const heard: unknown[] = [];
    const all = gate();
    const sandbox = await sandboxOf({
      isolation,
      registry: {
        hold: (at: number) => {
          signals.push(callContext().signal);
          if (signals.length === calls.length) all.go();
          return calls[at]!.wait;
        },
      },
      onConsole: (event) => heard.push(event.text),
      onError: (failure) => heard.push(failure),
    });
    const stop = new AbortController();
    const run = sandbox.run(
      `const { hold } = SecureExec.bindings; await Promise.all([0, 1, 2].map((at) => hold(at).finally(() => console.log("late " + at))))`,
      { signal: stop.signal },
    );
    await all.wait;
    const ended = end(sandbox, stop);
    const result = await run;
    await ended;
    expect(result.status).toBe(status);
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true, true]);
    const { resultBytes, consoleBytes } = result.stats;
    calls[0]!.go("late");
    calls[1]!.fail(new Error("late"));
    calls[2]!.go({
      get trap(): never {
        throw new Error("a late result was read");
      },
    });
    await settle();
    expect(heard).toEqual([]);
    expect({ resultBytes, consoleBytes }).toEqual({ resultBytes: 0, consoleBytes: 0 });
  });

  it("reaches nobody when the script has ended first, and the next run is undisturbed", async () => {
    const call = gate<unknown>();
    const heard: string[] = [];
    let signal: AbortSignal | undefined;
    const sandbox = await sandboxOf({
      isolation,
      registry: { hold: () => (({ signal } = callContext()), call.wait), free: async () => 1 },
      onConsole: (event) => heard.push(event.text),
    });
    // Two results: this one is about the host's side, whatever a detached call means for the script's.
    await sandbox.run(
      `SecureExec.bindings.hold().then(() => console.log("late")); console.log("in time"); throw new Error("end")`,
    );
    expect(signal?.aborted).toBe(true);
    call.go("late");
    const next = await sandbox.run(`await SecureExec.bindings.free(); console.log("next"); export default 1`);
    expect(next.status).toBe("ok");
    expect(heard).toEqual(["in time", "next"]);
  });

  it("may be the end of the sandbox from inside a host function of its own", async () => {
    let inner: Promise<unknown> | undefined;
    const sandbox: Sandbox = await sandboxOf({
      isolation,
      registry: {
        dispose: () => {
          inner = sandbox.dispose();
          return inner;
        },
      },
    });
    expect((await sandbox.run("await SecureExec.bindings.dispose()")).status).toBe("aborted");
    await inner;
    expect(sandbox.alive).toBe(false);
  });

  it("ends nested runs too when the sandbox is disposed, and refuses new ones with a code", async () => {
    const deep = gate();
    const results: unknown[] = [];
    const done = gate();
    const sandbox: Sandbox = await sandboxOf({
      isolation,
      registry: {
        nest: async () => {
          results.push((await sandbox.run("await SecureExec.bindings.hang()")).status);
          results.push(await sandbox.run("1").catch((error: { code: string }) => error.code));
          done.go();
        },
        hang: () => (deep.go(), new Promise(() => {})),
      },
    });
    const run = sandbox.run("await SecureExec.bindings.nest()");
    await deep.wait;
    await sandbox.dispose();
    expect((await run).status).toBe("aborted");
    await done.wait;
    expect(results).toEqual(["aborted", "ERR_SANDBOX_DISPOSED"]);
  });

  it("calls no host function for middleware that lets a call through after the run", async () => {
    const asked = gate();
    const decided = gate();
    const called = vi.fn();
    const outcome = gate<unknown>();
    const sandbox = await sandboxOf({
      isolation,
      registry: { pay: async () => called() as unknown },
      onCall: async (_call, next) => {
        asked.go();
        await decided.wait;
        try {
          return await next();
        } catch (error) {
          outcome.go(error);
          throw error;
        }
      },
    });
    const stop = new AbortController();
    const run = sandbox.run("await SecureExec.bindings.pay()", { signal: stop.signal });
    await asked.wait;
    stop.abort(new Error("enough"));
    await run;
    decided.go();
    expect(await outcome.wait).toMatchObject({ message: "enough" });
    expect(called).not.toHaveBeenCalled();
  });
});
