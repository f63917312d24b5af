/**
 * Every core: short scripts side by side, by one worker and by two of one sandbox.
 */
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { PeerProcess } from "./peer-process.ts";

export const cores = {
  title: "Throughput by workers",
  column: "runs/s",
  one: "one worker",
  two: "two workers",
} as const;

const modules = {
  [cores.one]: "./peers/isobind-one-worker.ts",
  [cores.two]: "./peers/isobind-two-workers.ts",
} as const;

const together = 32;

/** Long against what a run costs beside its script: what is asked is whether two cores do twice the work of one. */
const body =
  "let x = 0; for (let i = 0; i < 2e7; i++) x = (x * 31 + i) | 0; for (let i = 0; i < 10; i++) b.add(i, x);";

export async function measureCores(rounds: number): Promise<Table> {
  const values = new Map<string, number[]>();
  const broken = new Map<string, unknown>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, module] of Object.entries(modules)) {
      let peer: PeerProcess | undefined;
      try {
        peer = await PeerProcess.open(module, 64);
        // Both have started all their workers then.
        await peer.time({ body, parallel: 4 });
        const ms = await peer.time({ body, parallel: together });
        values.set(name, [...(values.get(name) ?? []), (together / ms) * 1_000]);
      } catch (error) {
        broken.set(name, error);
      } finally {
        peer?.close();
      }
    }
  }
  const cell = (name: string): Cell => {
    const found = values.get(name);
    return found && !broken.has(name)
      ? { kind: "measured", summary: summarize(found), values: found }
      : failed(broken.get(name) ?? "not measured");
  };
  return {
    title: cores.title,
    unit: "runs/s",
    better: "more",
    columns: [cores.column],
    rows: [cores.one, cores.two].map((name) => ({ name, cells: { [cores.column]: cell(name) } })),
    notes: [`${together} at once; about 20 ms of arithmetic and ten calls each.`],
  };
}
