/**
 * What a call costs the more it carries: bytes, texts, properties and rows; and how long so many calls at once take. Each with the generated validators, across processes and in one.
 */
import type { Cell, Table } from "../measure/cell.ts";
import { Sampler } from "../runtime/sampler.ts";

export interface Carried {
  readonly title: string;
  readonly of: string;
  readonly work: readonly number[];
  /** The body of a script that makes `{n}` calls with so much to carry. */
  readonly body: (work: number) => string;
  readonly note: string;
}

const small = `const small = { id: 7, name: "n".repeat(200), tags: ["a", "b", "c", "d"], nested: { a: 1, b: 2, text: "t".repeat(300) },
  items: Array.from({ length: 12 }, (_, i) => ({ sku: "sku-" + i + "-xxxxxxxxxxxxxxx", count: i })) };`;

export const carried: readonly Carried[] = [
  {
    title: "Growth: a call with bytes",
    of: "bytes",
    work: [1_024, 8_192, 65_536, 524_288, 2_097_152],
    body: (n) => `const value = new Uint8Array(${n}); for (let i = 0; i < {n}; i++) b.bytes(value);`,
    note: "One synchronous call with a `Uint8Array`.",
  },
  {
    title: "Growth: a call with a text",
    of: "letters",
    work: [1_024, 8_192, 65_536, 524_288, 2_097_152],
    body: (n) => `const value = "x".repeat(${n}); for (let i = 0; i < {n}; i++) b.text(value);`,
    note: "One synchronous call with a text of Latin letters.",
  },
  {
    title: "Growth: a call with properties",
    of: "properties",
    work: [1, 8, 64, 512, 4_096],
    body: (n) =>
      `const value = {}; for (let k = 0; k < ${n}; k++) value["property" + k] = k; for (let i = 0; i < {n}; i++) b.counts(value);`,
    note: "One synchronous call with one object, a `Record<string, number>`.",
  },
  {
    title: "Growth: a call with rows",
    of: "rows",
    work: [1, 8, 64, 512],
    body: (n) =>
      `${small} const value = Array.from({ length: ${n} }, (_, i) => ({ ...small, id: i })); for (let i = 0; i < {n}; i++) b.echoMany(value);`,
    note: "One synchronous call with a list of objects of a kilobyte, there and back.",
  },
  {
    title: "Growth: calls at once",
    of: "calls",
    work: [1, 10, 100, 1_000, 5_000],
    body: (n) =>
      `for (let i = 0; i < {n}; i++) { const all = []; for (let k = 0; k < ${n}; k++) all.push(b.addAsync(k, 2)); await Promise.all(all); }`,
    note: "So many asynchronous calls in flight, until the last is answered.",
  },
];

const modes = { process: "./peers/isobind-process.ts", none: "./peers/isobind-none.ts" } as const;

export async function measureCarried(
  { title, of, work, body, note }: Carried,
  options: { readonly rounds: number; readonly sampleMs: number },
): Promise<Table> {
  const samplers = work.map((amount) => {
    const call = { name: `${amount} ${of}`, calls: 1, body: body(amount) };
    return Object.entries(modes).map(
      ([mode, module]) => [mode, new Sampler({ module, call, sampleMs: options.sampleMs })] as const,
    );
  });
  for (const [, sampler] of samplers.flat()) await sampler.open();
  for (let round = 0; round < options.rounds; round++)
    for (const [, sampler] of samplers.flat()) await sampler.sample();
  return {
    title,
    unit: "µs",
    better: "less",
    columns: Object.keys(modes),
    rows: work.map((amount, at) => ({
      name: `${amount.toLocaleString("en")} ${of}`,
      cells: Object.fromEntries(
        (samplers[at] ?? []).map(([mode, sampler]): [string, Cell] => [mode, sampler.end()]),
      ),
    })),
    growth: { of, work },
    notes: [note],
  };
}
