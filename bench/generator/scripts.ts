/**
 * Checks of stored scripts against a contract of 64 leaves: what a thousand scripts cost, in runs with one script.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { measureProcesses, type Command } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { project } from "./definitions.ts";

const isobind = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The first count must be 1: the others are told in runs with one script. */
export async function measureScripts(work: string, runs: number, counts: readonly number[]): Promise<Table> {
  const at = project(work, "scripts", 64);
  generate(at.folder);
  cpSync(join(at.folder, "generated/contract.json"), join(at.folder, "before.json"));
  const definition = join(at.folder, "bindings.ts");
  writeFileSync(definition, readFileSync(definition, "utf8").replace("limit?: number", "limit?: string"));
  generate(at.folder);
  for (const count of counts) writeScripts(join(at.folder, `scripts-${count}`), count);

  const command = (kind: string, count: number, argv: readonly string[]): Command => ({
    name: nameOf(kind, count),
    argv: [process.execPath, isobind, ...argv],
    cwd: at.folder,
    timeoutMs: 600_000,
  });
  const commands = counts.flatMap((count) => [
    command("typecheck", count, ["typecheck", `scripts-${count}`]),
    command("diff --scripts", count, [
      "diff",
      "--against",
      "before.json",
      "--fail-on",
      "none",
      "--scripts",
      `scripts-${count}`,
    ]),
  ]);
  const figures = await measureProcesses(commands, runs);
  const cell = (kind: string, count: number): Cell => {
    const [many, one] = [count, 1].map((n) => figures.get(nameOf(kind, n))?.wallMs);
    if (many?.kind !== "measured" || one?.kind !== "measured") return many ?? failed("not run");
    const values = many.values.map((value, run) => value / (one.values[run] as number));
    return { kind: "measured", summary: summarize(values), values };
  };
  return {
    title: "Script checks",
    unit: "runs with one script",
    better: "less",
    columns: ["typecheck", "diff --scripts"],
    rows: counts.map((count) => ({
      name: `${count} ${count === 1 ? "script" : "scripts"}`,
      cells: { typecheck: cell("typecheck", count), "diff --scripts": cell("diff --scripts", count) },
    })),
    growth: { of: "scripts", work: counts },
    notes: [
      "Whole processes, run by run against the process that checks one script. `diff --scripts` checks every script against both sides.",
    ],
  };
}

const nameOf = (kind: string, count: number): string => `${kind}, ${count}`;

function generate(cwd: string): void {
  execFileSync(process.execPath, [isobind, "generate"], { cwd, stdio: "pipe" });
}

/** No two alike: a checker that remembers texts gains nothing. */
function writeScripts(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const leaf = 1 + (i % 7);
    writeFileSync(
      join(folder, `script${i}.ts`),
      `const { group0 } = SecureExec.bindings;
const found = await group0.find${leaf}({
  text: "script ${i}",
  states: ["open"],
  page: { offset: ${i}, limit: 10 },
  nested: { deep: { flag: true, code: [${i}, "x"] } },
});
export default found.map((item) => ({ id: item.id, title: item.title, total: item.price.amount * ${i} }));
`,
    );
  }
}
