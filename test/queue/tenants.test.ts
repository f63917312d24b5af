/**
 * What the open-source engine has for tenants: priorities in one queue, and a queue for each.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createQueueWorker, openQueue } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { startRedis } from "./redis.ts";

const sample = fileURLToPath(new URL("../../docs/samples/queue-tenants.ts", import.meta.url));

it("lets tenants of one queue take turns, by priorities: the sample of the page", () => {
  const env = { ...process.env, REDIS_URL: "" };
  const told = execFileSync(process.execPath, ["--no-warnings", sample], { env, encoding: "utf8" });
  expect(told.trim().split("\n")).toEqual(["acme", "globex", "acme", "globex", "acme", "acme"]);
});

describeWith("redis", "a queue for each tenant", (path) => {
  it("lets none wait for the jobs of another", async () => {
    const redis = await startRedis(path);
    const store = { redis: redis.url };
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const registry = { hold: () => gate, quick: () => "done" };
    const [acme, globex] = await Promise.all([
      openQueue({ store, name: "acme" }),
      openQueue({ store, name: "globex" }),
    ]);
    const workers = await Promise.all(
      ["acme", "globex"].map((name) =>
        createQueueWorker({ store, name, registry, concurrency: 1, sandbox: { minIdle: 0 } }),
      ),
    );
    const many = await Promise.all(
      Array.from({ length: 20 }, () => acme.enqueue("await SecureExec.bindings.hold()")),
    );
    const one = await globex.enqueue("export default await SecureExec.bindings.quick()");
    expect(await globex.outcome(one)).toMatchObject({ exports: { default: "done" } });
    for (const id of many) expect((await acme.state(id))?.state).toMatch(/active|waiting/);
    goOn();
    for (const id of many) expect(await acme.outcome(id)).toMatchObject({ status: "ok" });
    for (const worker of workers) await worker.close();
    await Promise.all([acme.close(), globex.close()]);
    await redis.stop();
  });
});
