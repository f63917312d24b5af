import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  callContext,
  createSandbox,
  type RunResult,
  type Sandbox,
  type SandboxOptions,
} from "../../../src/runtime/index.ts";
import { maxNesting } from "../../../src/runtime/nesting.ts";

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
  // Each level starts workers of its own, which takes what it takes on a loaded machine.
  const limits = { wallMs: 600_000, cpuMs: 600_000 };
  const sandbox = await createSandbox({ workers: 1, limits, ...options });
  open.push(sandbox);
  return sandbox;
}

function exported(result: RunResult): unknown {
  if (result.status === "ok") return result.exports["default"];
  return `${result.status} ${result.error.code}: ${result.error.message}`;
}

/** A promise and what settles it: a host function waits until it is told to go on. */
function gate<Value = void>(): { wait: Promise<Value>; go: (value: Value) => void } {
  let go!: (value: Value) => void;
  const wait = new Promise<Value>((resolve) => (go = resolve));
  return { wait, go };
}

describe.each(["process", "none"] as const)(
  "a run inside a host function, isolation: %j, one worker",
  (isolation) => {
    it("gets a worker, although the only one waits for it", async () => {
      const sandbox: Sandbox = await sandboxOf({
        isolation,
        registry: { evaluate: async (source: string) => exported(await sandbox.run(source)) },
      });
      expect(
        exported(
          await sandbox.run(`export default await SecureExec.bindings.evaluate("export default 6 * 7")`),
        ),
      ).toBe(42);
      // Many at once, and many runs at once that each nest one.
      const many = `export default (await Promise.all([1, 2, 3].map((n) => SecureExec.bindings.evaluate("export default " + n)))).join()`;
      const runs = await Promise.all([1, 2, 3].map(() => sandbox.run(many)));
      expect(runs.map(exported)).toEqual(["1,2,3", "1,2,3", "1,2,3"]);
    });

    it("may nest a run of its own, to the documented depth, and is refused beyond with a code", async () => {
      const sandbox: Sandbox = await sandboxOf({
        isolation,
        registry: {
          down: async (level: number): Promise<unknown> => {
            if (level === 0) return "bottom";
            const source = `try { export_ = await SecureExec.bindings.down(${level - 1}) } catch (error) { export_ = error.code } var export_; export default export_`;
            return exported(await sandbox.run(source));
          },
        },
      });
      const from = async (level: number): Promise<unknown> =>
        exported(await sandbox.run(`export default await SecureExec.bindings.down(${level})`));
      expect(await from(2)).toBe("bottom");
      expect(await from(maxNesting)).toBe("bottom");
      expect(await from(maxNesting + 1)).toBe("ERR_SANDBOX_NESTED");
      // Levels are those of runs that wait: the next run begins at the top again.
      expect(await from(maxNesting)).toBe("bottom");
    });

    it("may be of another sandbox, whose runs may come back to this one", async () => {
      const one: Sandbox = await sandboxOf({
        isolation,
        registry: { other: async (source: string) => exported(await two.run(source)) },
      });
      const two: Sandbox = await sandboxOf({
        isolation,
        registry: { other: async (source: string) => exported(await one.run(source)) },
      });
      const back = `export default await SecureExec.bindings.other("export default 1")`;
      const there = `export default await SecureExec.bindings.other(${JSON.stringify(back)})`;
      // Both are busy, and each waits for the other.
      expect(
        (await Promise.all([one.run(there), two.run(there), one.run(back), two.run(back)])).map(exported),
      ).toEqual([1, 1, 1, 1]);
    });

    it("may be started by middleware", async () => {
      const sandbox: Sandbox = await sandboxOf({
        isolation,
        registry: { price: async () => 5 },
        onCall: async (call, next) =>
          call.runId === "outer"
            ? exported(await sandbox.run("export default 6", { runId: "policy" }))
            : next(),
      });
      expect(
        exported(await sandbox.run("export default await SecureExec.bindings.price()", { runId: "outer" })),
      ).toBe(6);
    });

    it("is nested no more when the run that started it is over", async () => {
      const over: Promise<unknown>[] = [];
      const results: unknown[] = [];
      const sandbox: Sandbox = await sandboxOf({
        isolation,
        registry: {
          after: async (left: number) => {
            const { signal } = callContext();
            const ended = new Promise((resolve) => signal.addEventListener("abort", resolve));
            over.push(ended.then(async () => results.push(await follow(left))));
          },
        },
      });
      const follow = async (left: number): Promise<unknown> =>
        exported(
          await sandbox.run(
            left === 0
              ? "export default 'last'"
              : `await SecureExec.bindings.after(${left - 1}); export default ${left}`,
          ),
        );
      const length = maxNesting + 3;
      expect(await follow(length)).toBe(length);
      for (let at = 0; at < over.length; at++) await over[at];
      expect(results).toEqual([...Array.from({ length: length - 1 }, (_, at) => length - 1 - at), "last"]);
    });

    it("goes on when the outer run ends, unless it was given the signal of its call", async () => {
      const started = gate();
      const release = gate();
      const left: Promise<RunResult>[] = [];
      const sandbox: Sandbox = await sandboxOf({
        isolation,
        registry: {
          start: async () => {
            const { signal } = callContext();
            left.push(sandbox.run("await SecureExec.bindings.held(); export default 'done'"));
            left.push(
              sandbox.run("await new Promise(() => {}, await SecureExec.bindings.never())", { signal }),
            );
          },
          held: () => (started.go(), release.wait),
          never: () => new Promise(() => {}),
        },
      });
      expect((await sandbox.run("await SecureExec.bindings.start()")).status).toBe("ok");
      expect((await left[1])?.status).toBe("aborted");
      await started.wait;
      release.go();
      expect(exported((await left[0])!)).toBe("done");
    });
  },
);
