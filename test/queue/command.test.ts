/** `isobind worker`: from the command line to a job that is done, and to its end on SIGTERM. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openQueue } from "../../src/queue/index.ts";
import { isobind } from "../cli/testing-io.ts";
import { describeWith } from "../needs.ts";
import { startRedis } from "./redis.ts";

const main = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const registry = new URL("../../src/registry/index.ts", import.meta.url).href;

describeWith("redis", "isobind worker", (path) => {
  it("does the jobs of a queue, and ends when it is told to; the sample of the page does one too", async () => {
    const redis = await startRedis(path);
    const folder = mkdtempSync(join(tmpdir(), "worker-"));
    const host = `import { defineRegistry } from ${JSON.stringify(registry)};\nexport default defineRegistry({ add: (a: number, b: number) => a + b });\n`;
    writeFileSync(join(folder, "host.ts"), host);
    const args = [
      "worker",
      "--queue",
      "reports",
      "--redis",
      redis.url,
      "--registry",
      "host.ts",
      "--concurrency",
      "2",
    ];
    const worker = spawn(process.execPath, ["--no-warnings", main, ...args], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    worker.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const queue = await openQueue({ store: { redis: redis.url }, name: "reports" });
    const source = "export default SecureExec.bindings.add(1, 2)";
    const id = await queue.enqueue(source, null, { id: "first", filename: "sum.js" });
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: 3 } });
    while (!said.includes("ended")) await once(worker.stderr, "data");
    worker.kill("SIGTERM");
    // Not `exit`: what it said last may come after it.
    const [code] = (await once(worker, "close")) as [number];
    expect([code, said.replaceAll(/\d+ ms/g, "# ms").split("\n")]).toEqual([
      0,
      [
        "At work on reports for no contract, 2 scripts at once.",
        "started first (sum.js)",
        "ended first (sum.js): ok, # ms",
        "Ending: 0 scripts are at work.",
        "",
      ],
    ]);
    const sample = new URL("../../docs/samples/queue.ts", import.meta.url).pathname;
    const env = { ...process.env, REDIS_URL: redis.url };
    const told = execFileSync(process.execPath, ["--no-warnings", sample], { env, encoding: "utf8" });
    expect(told).toBe("42\n");
    await queue.close();
    await redis.stop();
  });
});

it("says what is missing, and that nobody answers", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "worker-"));
  writeFileSync(
    join(cwd, "host.ts"),
    `import { defineRegistry } from ${JSON.stringify(registry)};\nexport default defineRegistry({});\n`,
  );
  for (const [args, wanted] of [
    [[], "--redis redis://localhost"],
    [
      ["--folder", "x", "--concurrency", "many"],
      "`--concurrency many` is not a whole number of at least 1 and not `auto`.",
    ],
    [["--folder", "x", "--concurrency", "0"], "rite for example `--concurrency 4`, or `--concurrency auto`."],
    [["--folder", "x", "--redis", "redis://127.0.0.1:1"], "`--redis` and `--folder` name two places"],
    [
      ["--redis", "http://127.0.0.1:1", "--registry", "host.ts"],
      "store: `redis` begins with `redis://` or `rediss://`, not `http://`. [ERR_QUEUE_OPTION]",
    ],
    [["--folder", "x", "--registry", "host.ts", "--globals", "[7]"], "`--globals` is no object"],
    [["--folder", "x", "--connect", "soon"], "`--connect soon`"],
    [
      ["--redis", "redis://127.0.0.1:1", "--connect", "200", "--registry", "host.ts", "--concurrency", "1"],
      "The queue at redis://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1. [ERR_QUEUE_UNREACHABLE]",
    ],
  ] as const) {
    const { code, stderr } = await isobind(["worker", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(wanted);
  }
});
