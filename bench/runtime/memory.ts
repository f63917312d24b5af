/**
 * Memory: an idle warm worker against an empty node process, and what each of 1, 10 and 100 sandboxes adds.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { freemem } from "node:os";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { residentMb } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { openIsobind } from "./peers/isobind.ts";
import { createSandbox, type Sandbox } from "isobind/runtime";

export async function measureMemory({
  rounds,
  short,
}: {
  readonly rounds: number;
  readonly short: boolean;
}): Promise<Table[]> {
  const empty: number[] = [];
  const worker: number[] = [];
  const supervisor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const idle = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
    const peer = await openIsobind({ isolation: "process" }, 64);
    await peer.run("b.add(1, 2);");
    await settled();
    empty.push(await residentMb(idle.pid ?? 0, "VmRSS"));
    const workers = children(process.pid).filter((pid) => pid !== idle.pid);
    for (const pid of workers.slice(0, 1)) worker.push(await residentMb(pid, "VmRSS"));
    idle.kill("SIGKILL");
    await peer.close();
    supervisor.push(await supervisorMb());
  }
  const cell = (values: readonly number[]): Cell =>
    values.length === 0
      ? failed("no process found")
      : { kind: "measured", summary: summarize(values), values };
  const counts = short ? [1, 10] : [1, 10, 100];
  const perSandbox: { name: string; cells: Record<string, Cell> }[] = [];
  for (const isolation of ["none", "process"] as const) {
    const idle: Record<string, Cell> = {};
    const running: Record<string, Cell> = {};
    for (const count of counts) {
      try {
        const added = await sandboxes(isolation, count);
        idle[String(count)] = cell([added.idleMb]);
        running[String(count)] = cell([added.runningMb]);
      } catch (error) {
        idle[String(count)] = running[String(count)] = failed(error);
      }
    }
    perSandbox.push(
      { name: `isobind (${isolation}), idle`, cells: idle },
      { name: `isobind (${isolation}), running`, cells: running },
    );
  }
  return [
    {
      title: "Memory of processes",
      unit: "MB",
      better: "less",
      columns: ["memory"],
      rows: [
        { name: "empty node process", cells: { memory: cell(empty) } },
        { name: "idle warm worker", cells: { memory: cell(worker) } },
        { name: "process with one idle sandbox", cells: { memory: cell(supervisor) } },
      ],
      notes: ["Resident memory of one process. Linux."],
    },
    {
      title: "Memory of a sandbox",
      unit: "MB",
      better: "less",
      columns: counts.map(String),
      rows: perSandbox,
      notes: [
        "What one sandbox of so many adds, 64 bindings each: idle after one run, and while a script waits for a binding. Own memory of this process and of its workers; pages that are shared with the file they came from do not count. Linux.",
      ],
    },
  ];
}

/** Of a host in a process of its own, without its worker. */
async function supervisorMb(): Promise<number> {
  const host = spawn(process.execPath, [fileURLToPath(new URL("./idle-host.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const [status] = (await once(host.stdout, "data")) as [Buffer];
    if (status.toString() !== "ok\n")
      throw new Error(`the script of an idle host ended with ${status.toString()}`);
    await settled();
    return await residentMb(host.pid ?? 0, "VmRSS");
  } finally {
    host.kill("SIGKILL");
  }
}

/** Opens so many sandboxes and says what each added, idle and with a script that waits. */
async function sandboxes(
  isolation: "none" | "process",
  count: number,
): Promise<{ idleMb: number; runningMb: number }> {
  if (isolation === "process" && freemem() < count * 40 * 1024 ** 2)
    throw new Error("not enough free memory on this machine");
  const before = ownMb();
  const waiting: (() => void)[] = [];
  const tree: Record<string, () => unknown> = {
    hold: () => new Promise<void>((resolve) => void waiting.push(resolve)),
  };
  while (Object.keys(tree).length < 64) tree[`filler${Object.keys(tree).length}`] = () => 1;
  const open: Sandbox[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const sandbox = await createSandbox({
        registry: tree,
        isolation,
        workers: 1,
        limits: { wallMs: 600_000 },
      });
      open.push(sandbox);
      await sandbox.run("SecureExec.bindings.filler1();");
    }
    await settled();
    const idleMb = (ownMb() - before) / count;
    const runs = open.map((sandbox) => sandbox.run("await SecureExec.bindings.hold();"));
    while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    await settled();
    const runningMb = (ownMb() - before) / count;
    for (const go of waiting) go();
    await Promise.all(runs);
    return { idleMb: Math.max(idleMb, 0), runningMb: Math.max(runningMb, 0) };
  } finally {
    await Promise.all(open.map((sandbox) => sandbox.dispose()));
  }
}

/** Workers prepare their next isolate after a run, and hand memory back half a second later; what is measured is the state they come to rest in. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}

/** Anonymous memory of this process and its children. */
export function ownMb(): number {
  return [process.pid, ...children(process.pid)].reduce((sum, pid) => sum + anonymousMb(pid), 0);
}

function anonymousMb(pid: number): number {
  try {
    return Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Linux: the kernel's own list of children. */
function children(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
