/**
 * `npm run bench`: measures everything side by side in one run, judges the goals, writes the results and the page.
 *
 * Options: --short (what the goals need, few rounds: minutes; writes nothing), --only <generator|calls|starts|preparation|memory|growth|validation|mcp|journal|queue|page>[,…]
 * (what is measured takes its place in the results and on the page), --rounds <n>, --no-write, --check (exit 1 when a ratio has doubled
 * against the committed results), --page (measures nothing: writes the page again from the last results, after an edit of its texts),
 * --against <folder of a built isobind> (calls and fresh runs of both builds in turns, as ratios; writes nothing).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { measureGenerator } from "./generator/measure.ts";
import { measureGrowth } from "./growth/measure.ts";
import { boundOf, goalsOf, meets, notMeasured, type Goal } from "./goals.ts";
import { measureJournal } from "./journal/measure.ts";
import { measureMcp } from "./mcp/measure.ts";
import type { Table } from "./measure/cell.ts";
import { page } from "./report/page.ts";
import { measureQueue } from "./queue/measure.ts";
import { plot, plotName } from "./report/plots.ts";
import { measurePage } from "./page/measure.ts";
import { commit, describeMachine, joined, today, versions, watched, type Results } from "./results.ts";
import { lineOf, measureAgainst } from "./runtime/against.ts";
import { measureCalls } from "./runtime/calls.ts";
import { measureCores } from "./runtime/cores.ts";
import { measurePreparation } from "./runtime/preparation.ts";
import { measureStarts } from "./runtime/starts.ts";
import { measureMemory } from "./runtime/memory.ts";
import { measureValidation } from "./validation/measure.ts";
import { machineMark } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    "no-write": { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
    against: { type: "string" },
  },
});

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
if (values.page) {
  await writePage(JSON.parse(readFileSync(here("./results/latest.json"), "utf8")) as Results);
  process.exit(0);
}

const short = values.short;
const rounds = Number(values.rounds ?? (short ? 3 : 9));
if (values.against !== undefined) {
  // As it was typed: npm has changed the working directory.
  const build = resolve(process.env["INIT_CWD"] ?? ".", values.against);
  if (!existsSync(`${build}/dist/runtime/index.js`)) {
    process.stderr.write(`--against: ${build} is no built isobind, it has no dist/runtime/index.js\n`);
    process.exit(2);
  }
  process.stdout.write("now / before, median of the pairs (ratio of the fastest samples)\n");
  const options = { build, rounds, sampleMs: short ? 60 : 200 };
  for await (const line of measureAgainst(options)) process.stdout.write(`${lineOf(line)}\n`);
  process.exit(0);
}
const machine = describeMachine();
/** The peers that goals mention. */
const named = [
  "isobind (process)",
  "isobind (none)",
  "hand-written isolated-vm",
  "hand-written blocking pipe",
  "secure-exec 0.2.1",
];

const parts: Readonly<Record<string, () => Promise<readonly Table[]>>> = {
  calls: async () => [
    await measureCalls({ rounds, sampleMs: short ? 30 : 80, ...(short ? { only: named } : {}) }),
  ],
  starts: async () => [
    ...(await measureStarts({ rounds: Math.min(rounds, 5), ...(short ? { only: named } : {}) })),
    await measureCores(Math.min(rounds, 5)),
  ],
  preparation: async () => [await measurePreparation(rounds)],
  memory: () => measureMemory({ rounds: Math.min(rounds, 5), short }),
  growth: () => measureGrowth({ rounds, short }),
  validation: () => measureValidation({ rounds: Math.max(rounds, 9), sampleMs: short ? 10 : 60, short }),
  journal: async () => [await measureJournal({ rounds, short })],
  queue: () => measureQueue({ rounds, short }),
  mcp: async () => [await measureMcp({ rounds, calls: short ? 30 : 100 })],
  page: async () => [await measurePage({ rounds })],
  generator: () => measureGenerator({ runs: rounds, short }),
};

const chosen = values.only?.split(",") ?? Object.keys(parts);
const tables: Table[] = [];
for (const name of chosen) {
  const part = parts[name];
  if (!part) throw new Error(`no part "${name}"; there are ${Object.keys(parts).join(", ")}`);
  process.stderr.write(`measuring ${name}…\n`);
  tables.push(...(await watched(part)));
  if (!values["no-write"] && !short) await publish();
}

const goals = goalsOf(tables);
for (const goal of goals) {
  const { name, ratio, missing } = goal;
  // Of a part, only what it measures.
  if (values.only !== undefined && ratio === null && missing?.endsWith(notMeasured)) continue;
  const verdict = ratio === null ? "  ?" : meets(goal, ratio) ? " ok" : "MISS";
  process.stdout.write(
    `${verdict.padStart(4)}  ${ratio === null ? "     " : ratio.toFixed(2).padStart(5)} ${boundOf(goal).padEnd(7)} ${name}${missing && ratio === null ? ` (${missing})` : ""}\n`,
  );
}

if (values.check) process.exitCode = regressions(goals);

/** Writes what has been measured so far: a run that is cut off still leaves results, and the page says what is missing. */
async function publish(): Promise<void> {
  const now = { date: today(), machine, rounds, versions: versions(), commit: commit(), tables };
  const latest = here("./results/latest.json");
  const before = existsSync(latest) ? (JSON.parse(readFileSync(latest, "utf8")) as Results) : null;
  // A run of everything has the tables of everything, and the ratios of other days beside its own.
  const mark = machineMark();
  const results = joined(before, now, mark);
  mkdirSync(here("./results"), { recursive: true });
  const json = `${JSON.stringify(results, (key, value: unknown) => (key === "values" ? undefined : value), 2)}\n`;
  writeFileSync(here(`./results/${results.date}-${mark}.json`), json);
  writeFileSync(latest, json);
  for (const table of tables) writeFileSync(here(`./results/${plotName(table)}`), await plot(table));
  await writePage(results);
}

async function writePage(results: Results): Promise<void> {
  const method = readFileSync(here("./report/method.md"), "utf8");
  const tried = readFileSync(here("./report/tried.md"), "utf8");
  writeFileSync(here("./README.md"), await format(page(results, method, tried), { parser: "markdown" }));
}

/** A ratio that is twice the committed one, in the direction that hurts, is worth a red build; less is noise. */
function regressions(now: readonly Goal[]): number {
  const committed = here("./results/latest.json");
  if (!existsSync(committed)) {
    process.stdout.write("no committed results to compare with\n");
    return 0;
  }
  const before = (JSON.parse(readFileSync(committed, "utf8")) as Results).goals;
  let code = 0;
  for (const { name, ratio, direction } of now) {
    const old = before.find((other) => other.name === name)?.runs[0]?.ratio;
    if (ratio === null || old === undefined) continue;
    const worse = direction === "at most" ? ratio / old : old / ratio;
    if (worse > 2) {
      process.stdout.write(
        `worse by ${worse.toFixed(1)} ×: ${name} (${old.toFixed(2)} before, ${ratio.toFixed(2)} now)\n`,
      );
      code = 1;
    }
  }
  return code;
}
