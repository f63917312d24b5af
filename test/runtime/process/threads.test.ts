/** How many threads a worker has: the limit of a container counts them, and the page about deploying says how many that is. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";
import { childrenOf } from "../../processes.ts";

const threadsOf = (pid: number): number => readdirSync(`/proc/${pid}/task`).length;

it.runIf(existsSync("/proc/self/task"))(
  "a worker at work has no more threads than the page says",
  async () => {
    const page = readFileSync(new URL("../../../docs/deploy.md", import.meta.url), "utf8");
    const most = Number(/at most (\d+) threads/.exec(page)?.[1]);
    const before = new Set(childrenOf());
    const counts: number[] = [];
    const sandbox = await createSandbox({
      registry: {
        look: () =>
          void counts.push(
            ...childrenOf()
              .filter((pid) => !before.has(pid))
              .map(threadsOf),
          ),
      },
      workers: 2,
    });
    await sandbox.run("SecureExec.bindings.look(); export default new URL('https://a.example').href");
    await sandbox.dispose();
    expect(counts.length).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThanOrEqual(most);
  },
);
