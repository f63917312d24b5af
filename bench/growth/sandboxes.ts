/**
 * What so many sandboxes cost that are open at once: the memory of all of them, idle and while each has a script that waits; how long it takes to open them, and until
 * each has run a script with a hundred calls.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";

const isolations = ["process", "none"] as const;

export interface Figures {
  readonly idleMb: number;
  readonly busyMb: number;
  readonly openMs: number;
  readonly runMs: number;
}

export async function measureSandboxes(options: {
  readonly rounds: number;
  readonly counts: readonly number[];
}): Promise<Table[]> {
  const { rounds, counts } = options;
  const all = new Map<string, Figures[] | string>();
  for (let round = 0; round < rounds; round++) {
    for (const count of counts) {
      for (const isolation of isolations) {
        const name = `${isolation} ${count}`;
        const before = all.get(name) ?? [];
        if (typeof before === "string") continue;
        const figures = await open(isolation, count).catch((error: unknown) => String(error));
        all.set(name, typeof figures === "string" ? figures : [...before, figures]);
      }
    }
  }
  const table = (
    title: string,
    unit: string,
    kinds: Readonly<Record<string, keyof Figures>>,
    note: string,
  ): Table => ({
    title,
    unit,
    better: "less",
    columns: isolations.flatMap((isolation) => Object.keys(kinds).map((kind) => `${isolation}, ${kind}`)),
    rows: counts.map((count) => ({
      name: count === 1 ? "1 sandbox" : `${count} sandboxes`,
      cells: Object.fromEntries(
        isolations.flatMap((isolation) =>
          Object.entries(kinds).map(([kind, of]): [string, Cell] => {
            const figures = all.get(`${isolation} ${count}`) ?? "not run";
            if (typeof figures === "string") return [`${isolation}, ${kind}`, failed(figures)];
            const values = figures.map((one) => one[of]);
            return [`${isolation}, ${kind}`, { kind: "measured", summary: summarize(values), values }];
          }),
        ),
      ),
    })),
    growth: { of: "sandboxes", work: counts },
    notes: [note],
  });
  return [
    table(
      "Growth: memory of sandboxes",
      "MB",
      { idle: "idleMb", busy: "busyMb" },
      "All of them together: after one run each, and while a script of each waits for a binding. What this process takes without any is taken off; pages that are shared with the file they came from do not count. Linux.",
    ),
    table(
      "Growth: time of sandboxes",
      "ms",
      { opened: "openMs", "a hundred calls in each": "runMs" },
      "All of them together: until the last has run an empty script, one after another, and then until each has made a hundred synchronous calls, all at once.",
    ),
  ];
}

const program = fileURLToPath(new URL("./open-sandboxes.ts", import.meta.url));

async function open(isolation: (typeof isolations)[number], count: number): Promise<Figures> {
  const args = ["--disable-warning=ExperimentalWarning", program, isolation, String(count)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Figures;
}
