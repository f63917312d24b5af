/**
 * Runs the same tests on both stores of a queue: a real Redis, and the Postgres that runs in this process and keeps its data in a folder.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { startRedis, type RedisServer } from "./redis.ts";

export function describeStores(title: string, body: (storeOf: () => Store) => void): void {
  describeWith("redis", `${title}, on Redis`, (path) => {
    let redis: RedisServer;
    beforeAll(async () => {
      redis = await startRedis(path);
    });
    afterAll(() => redis.stop());
    body(() => ({ redis: redis.url }));
  });
  describe(`${title}, in a folder`, () => {
    const folder = mkdtempSync(join(tmpdir(), "queue-"));
    // One connection for all: who adds jobs and who does them are in one process.
    body(() => ({ folder }));
  });
}
