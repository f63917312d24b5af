/**
 * The cost of one host call, case by case, peer by peer. Rounds are interleaved over the peers.
 */
import type { Cell, Table } from "../measure/cell.ts";
import { callCases } from "./cases.ts";
import { peers } from "./peers.ts";
import { Sampler } from "./sampler.ts";

export interface CallOptions {
  readonly rounds: number;
  readonly sampleMs: number;
  readonly only?: readonly string[];
}

export async function measureCalls(options: CallOptions): Promise<Table> {
  const { rounds, sampleMs } = options;
  const chosen = peers.filter(({ name }) => !options.only || options.only.includes(name));
  const rows = callCases.map(({ name }) => ({ name, cells: {} as Record<string, Cell> }));
  for (const [index, call] of callCases.entries()) {
    const running = new Map<string, Sampler>();
    for (const { name, module } of chosen) {
      const sampler = new Sampler({ module, call, sampleMs });
      await sampler.open();
      running.set(name, sampler);
    }
    for (let round = 0; round < rounds; round++)
      for (const sampler of running.values()) await sampler.sample();
    for (const [name, sampler] of running) (rows[index] as (typeof rows)[number]).cells[name] = sampler.end();
  }
  return {
    title: "Host calls",
    unit: "µs",
    better: "less",
    columns: chosen.map(({ name }) => name),
    rows,
    notes: ["One call, without the start of its script. Ten bindings."],
  };
}
