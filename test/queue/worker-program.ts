/**
 * A worker of a queue in a process of its own: `worker-program.ts <settings as JSON>`. Each host function writes a line into the file `counts` before it does
 * anything else, and where `dieAt` says so the process kills itself, or the process of the isolate: in a call (`first`), behind a line of the script's console
 * (`says between`), when the engine is told of the end (`told`), or at any call, with the chance that is given (`random`).
 */
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { Job } from "bullmq";
import type { BindingFunction } from "../../src/model/registry.ts";
import { program } from "../built.ts";
import { registryOf, type TestLeaf } from "./registry.ts";

export interface WorkerSettings {
  readonly redis: string;
  readonly counts: string;
  readonly digest: string;
  readonly dieAt?: string;
  /** Who is killed: the worker of the queue, or the process of the isolate, once. */
  readonly kill?: "worker" | "isolate";
  /** Of each call. */
  readonly chance?: number;
  readonly lockMs?: number;
  readonly maxLost?: number;
  readonly concurrency?: number;
}

type Queue = typeof import("../../src/queue/index.ts");
type Runtime = typeof import("../../src/runtime/index.ts");
const { createQueueWorker } = (await import(program("queue/index"))) as Queue;
const { callContext } = (await import(program("runtime/index"))) as Runtime;

const settings = JSON.parse(process.argv[2]!) as WorkerSettings;
const { redis, counts, digest, dieAt = "", kill = "worker", chance = 0 } = settings;
const { lockMs = 1_000, maxLost = 3, concurrency = 2 } = settings;

let isDead = false;
function die(): void {
  if (kill === "worker") process.kill(process.pid, "SIGKILL");
  if (isDead) return;
  isDead = true;
  for (const pid of isolates()) process.kill(pid, "SIGKILL");
}

/** Child processes: nothing but isolates. */
function isolates(): readonly number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((pid) => {
    try {
      const [, parent] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
      return Number(parent) === process.pid;
    } catch {
      return false;
    }
  });
}

/** Writes what is done, and dies where it shall. */
function step(name: string): void {
  const { job } = callContext<{ readonly job: { readonly id: string } }>().context;
  appendFileSync(counts, `${job.id} ${name}\n`);
  if (dieAt === name || (dieAt === "random" && Math.random() < chance)) die();
}

/** Resolves when the test has said so, by a file. */
async function told(name: string): Promise<void> {
  while (!existsSync(`${counts}.${name}`)) await new Promise((done) => setTimeout(done, 10));
}

function linesOf(end: string): number {
  return readFileSync(counts, "utf8")
    .split("\n")
    .filter((line) => line.endsWith(end)).length;
}

const idempotent = { idempotent: true } as const;
const leaf = (call: BindingFunction, more: Partial<TestLeaf> = {}): TestLeaf => ({
  mode: "async",
  call,
  ...more,
});
const registry = registryOf(digest, {
  first: leaf(async () => step("first")),
  second: leaf(async () => step("second")),
  pure: leaf(async (value) => (step("pure"), value), { policy: idempotent }),
  last: leaf(() => step("last"), { mode: "sync" }),
  hold: leaf(async () => (step("hold"), told("go"))),
  holdPure: leaf(async () => (step("holdPure"), told("go")), { policy: idempotent }),
  /** Ends its worker, with all that is at work beside it. */
  poison: leaf(
    async () => {
      step("poison");
      await told("die");
      process.kill(process.pid, "SIGKILL");
    },
    { policy: idempotent },
  ),
  /** Stops the whole process until another has begun the same call, so that its lock is lost. */
  block: leaf(
    async () => {
      const others = (): number => linesOf(" block");
      step("block");
      while (others() < 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    },
    { policy: idempotent },
  ),
});

if (dieAt === "told") Job.prototype.moveToCompleted = () => (die(), new Promise(() => {}));

const worker = await createQueueWorker({
  store: { redis },
  registry,
  concurrency,
  lockMs,
  maxLost,
  drainMs: 100,
  onConsole: ({ text }) => {
    if (dieAt === `says ${text}`) die();
  },
});
process.once("SIGTERM", () => void worker.close().then(() => process.exit()));
// Whoever has started this has ended, however that was.
process.stdin.resume().once("end", () => process.exit());
process.stdout.write("ready\n");
