/**
 * What starting costs: the first run of a process, a warm run (fresh isolate, 64 bindings, trivial script), the
 * throughput of short scripts on all cores, and memory per sandbox.
 */
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { residentMb } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { PeerProcess } from "./peer-process.ts";
import { peers } from "./peers.ts";

export interface StartOptions {
  readonly rounds: number;
  readonly only?: readonly string[];
}

const trivial = "b.add(1, 2);";
/** About 2 ms of arithmetic and ten calls. */
const short =
  "let x = 0; for (let i = 0; i < 2e6; i++) x = (x * 31 + i) | 0; for (let i = 0; i < 10; i++) b.add(i, x);";

export async function measureStarts(options: StartOptions): Promise<Table[]> {
  const chosen = peers.filter(({ name }) => !options.only || options.only.includes(name));
  const first = new Map<string, number[] | Error>();
  const warm = new Map<string, number[] | Error>();
  const throughput = new Map<string, number[] | Error>();
  const memory = new Map<string, number[] | Error>();
  const keep = (into: Map<string, number[] | Error>, name: string, value: number): void => {
    const values = into.get(name);
    if (values instanceof Error) return;
    into.set(name, [...(values ?? []), value]);
  };
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, module } of chosen) {
      if (warm.get(name) instanceof Error) continue;
      let process: PeerProcess | undefined;
      try {
        process = await PeerProcess.open(module, 64);
        keep(first, name, process.openMs + (await process.time({ body: trivial })));
        for (let i = 0; i < 3; i++) await process.time({ body: trivial });
        const samples: number[] = [];
        for (let i = 0; i < 15; i++) {
          samples.push(await process.time({ body: trivial }));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        keep(warm, name, summarize(samples).median);
        let resident = 0;
        for (const pid of process.pids) resident += await residentMb(pid, "VmRSS");
        keep(memory, name, resident);
        const parallel = 16;
        keep(throughput, name, (parallel / (await process.time({ body: short, parallel }))) * 1000);
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        for (const into of [first, warm, throughput, memory]) if (!into.has(name)) into.set(name, reason);
        if (!Array.isArray(warm.get(name))) warm.set(name, reason);
      } finally {
        process?.close();
      }
    }
  }
  const table = (
    title: string,
    unit: string,
    better: "less" | "more",
    of: typeof warm,
    note: string,
  ): Table => ({
    title,
    unit,
    better,
    columns: [title],
    rows: chosen.map(({ name }) => ({ name, cells: { [title]: cell(of.get(name)) } })),
    notes: [note],
  });
  return [
    table("First run in a process", "ms", "less", first, "Import, open, 64 bindings, one trivial script."),
    table(
      "Warm run",
      "ms",
      "less",
      warm,
      "Fresh isolate or context, 64 bindings, one trivial script; 5 ms between runs.",
    ),
    table(
      "Throughput of short scripts",
      "runs/s",
      "more",
      throughput,
      "16 at once; about 2 ms of arithmetic and ten calls each.",
    ),
    table(
      "Memory with one open sandbox",
      "MB",
      "less",
      memory,
      "Resident memory of all processes of the peer after some runs.",
    ),
  ];
}

function cell(values: number[] | Error | undefined): Cell {
  if (values === undefined) return failed("not measured");
  return values instanceof Error ? failed(values) : { kind: "measured", summary: summarize(values), values };
}
