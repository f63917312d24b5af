/**
 * The script bodies that are timed. `{n}` is the number of repetitions; the time of zero repetitions is subtracted, so
 * that a figure is the cost of one call and not of starting the script.
 */
export interface CallCase {
  readonly name: string;
  readonly body: string;
  /** Calls in one repetition. */
  readonly calls: number;
}

const small = `const small = { id: 7, name: "n".repeat(200), tags: ["a", "b", "c", "d"], nested: { a: 1, b: 2, text: "t".repeat(300) },
  items: Array.from({ length: 12 }, (_, i) => ({ sku: "sku-" + i + "-xxxxxxxxxxxxxxx", count: i })) };`;

export const callCases: readonly CallCase[] = [
  { name: "sync, no arguments", calls: 1, body: `for (let i = 0; i < {n}; i++) b.noop();` },
  { name: "sync, two numbers", calls: 1, body: `for (let i = 0; i < {n}; i++) b.add(i, 2);` },
  { name: "sync, 1 KB object", calls: 1, body: `${small} for (let i = 0; i < {n}; i++) b.echo(small);` },
  {
    name: "sync, 100 KB object",
    calls: 1,
    body: `${small} const many = Array.from({ length: 100 }, (_, i) => ({ ...small, id: i })); for (let i = 0; i < {n}; i++) b.echoMany(many);`,
  },
  {
    name: "sync, 1 MB bytes",
    calls: 1,
    body: `const bytes = new Uint8Array(1 << 20); for (let i = 0; i < {n}; i++) b.bytes(bytes);`,
  },
  {
    name: "sync, an error thrown and caught",
    calls: 1,
    body: `for (let i = 0; i < {n}; i++) { try { b.fail(); } catch {} }`,
  },
  {
    name: "async, one after another",
    calls: 1,
    body: `for (let i = 0; i < {n}; i++) await b.addAsync(i, 2);`,
  },
  {
    name: "async, 100 at once",
    calls: 100,
    body: `for (let i = 0; i < {n}; i++) { const all = []; for (let k = 0; k < 100; k++) all.push(b.addAsync(k, 2)); await Promise.all(all); }`,
  },
  {
    name: "async, 1,000 at once",
    calls: 1_000,
    body: `for (let i = 0; i < {n}; i++) { const all = []; for (let k = 0; k < 1000; k++) all.push(b.addAsync(k, 2)); await Promise.all(all); }`,
  },
  {
    name: "async, 100 at once that wait 20 ms, all together",
    calls: 1,
    body: `for (let i = 0; i < {n}; i++) { const all = []; for (let k = 0; k < 100; k++) all.push(b.wait(20)); await Promise.all(all); }`,
  },
];
