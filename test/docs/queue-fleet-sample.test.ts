/** The sample of a fleet around a queue that is not there: what it starts and what it ends, without a server. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const manifest = { name: "isobind", type: "module", exports: { "./queue": "./queue.js" } };
/** Workers end at once; a producer waits for outcomes that nobody makes. */
const queue = `export const createQueueWorker = async () => { throw new Error("no worker here"); };
export const openQueue = async () => ({
  enqueue: async () => "1",
  outcome: () => new Promise((resolve) => setTimeout(resolve, 3_600_000)),
  close: async () => {},
});
`;
const server = `#!${process.execPath}
setInterval(() => {}, 1_000);
`;

it(
  "ends with 1 when all of its workers have ended, whoever waits for them",
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-fleet-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "node_modules/isobind"), { recursive: true });
    writeFileSync(join(folder, "node_modules/isobind/package.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "node_modules/isobind/queue.js"), queue);
    writeFileSync(join(folder, "redis-server"), server, { mode: 0o755 });
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    copyFileSync(new URL("../../docs/samples/queue-fleet.ts", import.meta.url), join(folder, "fleet.ts"));
    const PATH = [folder, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
    const ended = await new Promise<{ code: number; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        ["--no-warnings", "fleet.ts"],
        { cwd: folder, env: { ...process.env, PATH } },
        (error, _, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }),
      );
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("no worker here");
  },
);
