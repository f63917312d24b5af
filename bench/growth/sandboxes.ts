/**
 * What so many sandboxes cost that are open at once: the memory of all of them, idle and while each has a script that waits; how long it takes to open them, and until
 * each has run a script with a hundred calls.
 */
import { createSandbox, type RunResult, type Sandbox } from "isobind/runtime";
import { freemem } from "node:os";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { ownMb } from "../runtime/memory.ts";

/** What a worker takes of a machine, with some room. */
const workerBytes = 45 * 1024 ** 2;

const isolations = ["process", "none"] as const;
/** Waits at its end, because a worker whose script has ended prepares its next isolate while others are still at their calls. */
const hundredCalls =
  "for (let i = 0; i < 100; i++) SecureExec.bindings.filler1(); await SecureExec.bindings.hold();";

interface Figures {
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

async function open(isolation: (typeof isolations)[number], count: number): Promise<Figures> {
  if (isolation === "process" && freemem() < count * workerBytes)
    throw new Error("not enough free memory on this machine");
  const before = ownMb();
  const waiting: (() => void)[] = [];
  const all = Promise.withResolvers<undefined>();
  const tree: Record<string, () => unknown> = {
    hold: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === count) all.resolve(undefined);
      }),
  };
  while (Object.keys(tree).length < 64) tree[`filler${Object.keys(tree).length}`] = () => 1;
  const sandboxes: Sandbox[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  try {
    const openMs = await timed(async () => {
      for (let i = 0; i < count; i++) {
        const limits = { wallMs: 600_000 };
        const sandbox = await createSandbox({ registry: tree, isolation, workers: 1, limits });
        sandboxes.push(sandbox);
        await sandbox.run("");
      }
    });
    await settled();
    const idleMb = ownMb() - before;
    let runs: Promise<readonly RunResult[]> | undefined;
    const runMs = await timed(() => {
      runs = Promise.all(sandboxes.map((sandbox) => sandbox.run(hundredCalls)));
      return Promise.race([all.promise, runs]);
    });
    await settled();
    const busyMb = ownMb() - before;
    for (const go of waiting) go();
    for (const result of (await runs) ?? [])
      if (result.status !== "ok") throw new Error(`${result.status}: ${result.error.message}`);
    return { idleMb, busyMb, openMs, runMs };
  } finally {
    await Promise.all(sandboxes.map((sandbox) => sandbox.dispose()));
  }
}

/** Workers prepare their next isolate after a run; what is measured is the state they come to rest in. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}
