/**
 * A queue as its user has it: the packed tarball and the optional peers, installed into an empty project; a definition, two `isobind worker`s and a producer
 * around a Redis of the machine, and the sample that starts all of these itself.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeWith } from "../needs.ts";
import { startRedis } from "../queue/redis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// The Node that runs the tests, not the machine's own.
const PATH = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
const env = { ...process.env, PATH, NO_COLOR: "1" };

const version = (name: string): string =>
  (JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as { version: string })
    .version;

const files = {
  "package.json": `{ "name": "host", "type": "module", "private": true }\n`,
  "bindings.config.ts": `import { defineConfig } from "isobind";
export default defineConfig({ definition: "./bindings.ts", outDir: "./generated" });\n`,
  "bindings.ts": `import { defineBindings } from "isobind";
/** Who does a job: one of two processes. */
const pid = async (): Promise<number> => process.pid;
/** The square of a number. */
const square = async (n: number): Promise<number> => n * n;
export default defineBindings({ pid, square });\n`,
  "producer.ts": `import { openQueue } from "isobind/queue";
import registry from "./generated/registry.ts";
const queue = await openQueue({ store: { redis: process.env.REDIS_URL! }, name: "reports", contract: registry });
const source = "const { pid, square } = SecureExec.bindings; export default [await square(input), await pid()]";
const ids = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => queue.enqueue(source, n)));
const ends = await Promise.all(ids.map((id) => queue.outcome(id)));
console.log(JSON.stringify(ends.map((end) => (end.status === "ok" ? end.exports.default : end))));
await queue.close();\n`,
};

describeWith("redis", "a queue from the packed tarball", (path) => {
  it(
    "is served by two workers of the command line, and by those of the sample",
    { timeout: 240_000 },
    async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-fleet-")));
      const run = async (command: string, args: readonly string[], more: object = {}): Promise<string> => {
        const options = { cwd: folder, env: { ...env, ...more }, maxBuffer: 2 ** 26 };
        return (await promisify(execFile)(command, [...args], options)).stdout;
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const packed = await promisify(execFile)(
        "npm",
        ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
        { cwd: root, env, maxBuffer: 2 ** 26 },
      );
      const report = Object.values(JSON.parse(packed.stdout) as Record<string, { filename: string }>);
      const peers = ["isolated-vm", "bullmq", "ioredis"].map((name) => `${name}@${version(name)}`);
      await run("npm", [
        "install",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        report[0]!.filename,
        ...peers,
      ]);
      const isobind = join(folder, "node_modules/.bin/isobind");
      await run(isobind, ["generate"]);

      const redis = await startRedis(path);
      const workers: ChildProcess[] = [];
      try {
        for (let n = 0; n < 2; n++) {
          const args = ["worker", "--queue", "reports", "--redis", redis.url, "--concurrency", "1"];
          const worker = spawn(isobind, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
          workers.push(worker);
          const [said] = (await once(worker.stderr!, "data")) as [Buffer];
          expect(said.toString()).toMatch(/^At work on reports for sha256-\w+, 1 script at once\.\n$/);
        }
        const told = JSON.parse(
          await run(process.execPath, ["--no-warnings", "producer.ts"], { REDIS_URL: redis.url }),
        ) as [number, number][];
        expect(told.map(([square]) => square)).toEqual([1, 4, 9, 16, 25, 36]);
        const pids = new Set(workers.map(({ pid }) => pid));
        for (const [, pid] of told) expect(pids).toContain(pid);
        const ends = workers.map((worker) => once(worker, "exit"));
        for (const worker of workers) worker.kill("SIGTERM");
        expect(await Promise.all(ends)).toEqual([
          [0, null],
          [0, null],
        ]);
      } finally {
        for (const worker of workers) worker.kill("SIGKILL");
        await redis.stop();
      }

      mkdirSync(join(folder, "sample"));
      copyFileSync(join(root, "docs/samples/queue-fleet.ts"), join(folder, "sample/queue-fleet.ts"));
      expect(await run(process.execPath, ["--no-warnings", "sample/queue-fleet.ts"])).toBe("1\n4\n9\n16\n");
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
