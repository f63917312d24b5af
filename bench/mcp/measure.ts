/**
 * What a model's script costs over MCP: `run_script` of a server over stdio, beside the SDK's own echo tool and a run of the same script without a protocol. The three in
 * turns, so that a slow moment falls on all of them.
 */
import { setTimeout as rest } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { createSandbox } from "isobind/runtime";
import { mockRegistry } from "isobind/testing";
import type { Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { contract } from "./contract.ts";
import { column, rows, title } from "./table.ts";

const source = "export default 1;";
/** Between two samples. A model takes longer. */
const restMs = 10;

export async function measureMcp({ rounds, calls }: { rounds: number; calls: number }): Promise<Table> {
  const [echo, scripts] = await Promise.all([connect("./echo-server.ts"), connect("./script-server.ts")]);
  const sandbox = await createSandbox({ registry: mockRegistry(contract) });
  const script = async (): Promise<void> => {
    const { isError } = await scripts.callTool({ name: "run_script", arguments: { source } });
    if (isError) throw new Error("run_script failed");
  };
  const work = {
    echo: async (): Promise<void> =>
      void (await echo.callTool({ name: "echo", arguments: { text: source } })),
    run: async (): Promise<void> => void (await sandbox.run(source, { filename: "script.ts" })),
    script,
  };
  const times: Record<keyof typeof rows, number[]> = { echo: [], run: [], both: [], script: [] };
  try {
    // The first calls start workers and load a compiler.
    for (const one of Object.values(work)) for (let call = 0; call < 30; call++) await one();
    for (let round = 0; round < rounds; round++) {
      const samples: Record<keyof typeof work, number[]> = { echo: [], run: [], script: [] };
      for (let call = 0; call < calls; call++) {
        for (const [name, one] of Object.entries(work) as [keyof typeof work, () => Promise<void>][]) {
          // The worker of the sample before prepares its next isolate, and would be in the way of this one.
          await rest(restMs);
          const started = performance.now();
          await one();
          samples[name].push((performance.now() - started) * 1_000);
        }
      }
      const [first, second, third] = [samples.echo, samples.run, samples.script].map(
        (values) => summarize(values).median,
      ) as [number, number, number];
      times.echo.push(first);
      times.run.push(second);
      times.both.push(first + second);
      times.script.push(third);
    }
  } finally {
    await Promise.all([echo.close(), scripts.close(), sandbox.dispose()]);
  }
  return {
    title,
    unit: "µs",
    better: "less",
    columns: [column],
    rows: Object.entries(rows).map(([key, name]) => {
      const values = times[key as keyof typeof rows];
      return { name, cells: { [column]: { kind: "measured", summary: summarize(values), values } } };
    }),
    notes: [
      `A trivial script whose types were checked before, over standard input and output, one call after another, with a rest of ${restMs} ms between two samples. Each round gives the median of its calls.`,
    ],
  };
}

async function connect(server: string): Promise<Client> {
  const client = new Client({ name: "bench", version: "1" });
  const args = ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(server, import.meta.url))];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  return client;
}
