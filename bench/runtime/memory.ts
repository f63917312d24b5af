/**
 * Memory: an idle warm worker against an empty node process, and what 1, 10 and 100 sandboxes add.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { residentMb } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { openIsobind } from "./peers/isobind.ts";

export async function measureMemory(rounds: number): Promise<Table[]> {
  const empty: number[] = [];
  const worker: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const idle = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
    const peer = await openIsobind({ isolation: "process" }, 64);
    await peer.run("b.add(1, 2);");
    await new Promise((resolve) => setTimeout(resolve, 700));
    empty.push(await residentMb(idle.pid ?? 0, "VmRSS"));
    const workers = children(process.pid).filter((pid) => pid !== idle.pid);
    for (const pid of workers.slice(0, 1)) worker.push(await residentMb(pid, "VmRSS"));
    idle.kill("SIGKILL");
    await peer.close();
  }
  const cell = (values: readonly number[]): Cell =>
    values.length === 0
      ? failed("no process found")
      : { kind: "measured", summary: summarize(values), values };
  const counts = [1, 10, 100];
  const per: Record<string, Cell> = {};
  for (const count of counts) {
    const before = process.memoryUsage.rss();
    const peers = [];
    for (let i = 0; i < count; i++) {
      const peer = await openIsobind({ isolation: "none" }, 64);
      await peer.run("b.add(1, 2);");
      peers.push(peer);
    }
    const added = (process.memoryUsage.rss() - before) / 1024 ** 2;
    per[String(count)] = cell([Math.max(added, 0)]);
    for (const peer of peers) await peer.close();
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
      ],
      notes: ["Resident memory of one process. Linux."],
    },
    {
      title: "Memory of idle sandboxes in one process",
      unit: "MB",
      better: "less",
      columns: counts.map(String),
      rows: [{ name: "isobind (none), 64 bindings, after one run", cells: per }],
      notes: ["What the process grew by, for all of them together."],
    },
  ];
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
