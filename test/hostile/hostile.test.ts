/**
 * Every script of `fixtures/hostile/` against one sandbox with small limits. Each must end in time and in one of the ways its second line
 * names, must not hurt the process that runs it, and must leave the sandbox as it was. None ends or outlasts isolated-vm alone; what stands in
 * for scripts that would is in the README beside this file.
 *
 * HOSTILE_REPEATS=20 runs each that often; HOSTILE_STRICT=1 takes away the slack a loaded machine needs.
 */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type RunResult, type Sandbox } from "../../src/runtime/index.ts";
import { attacked, type Attacked } from "./bindings.ts";
import { childrenOf } from "../processes.ts";
import { measure } from "./measure.ts";

const repeats = Number(process.env["HOSTILE_REPEATS"] ?? 1);
const strict = process.env["HOSTILE_STRICT"] !== undefined;
const slack = strict ? 1 : 5;
/** A watchdog that has to wait for a processor lets a script touch more memory. */
const memorySlack = strict ? 1 : 2;

const limits = {
  memoryMb: 32,
  // Enough for an honest run on a machine that does ten other things, or nothing else.
  cpuMs: strict ? 300 : 400,
  // What computes is ended by the other clock; this one is for what waits, and a machine that does thirty other things is no attack.
  wallMs: strict ? 600 : 2_500,
  payloadBytes: 2 ** 20,
  calls: 20_000,
  concurrency: 100,
  consoleBytes: 2 ** 16,
};
const graceMs = 500;
const maxSupervisorMb = 64;
const maxDelayMs = 50;

/** HOSTILE_PLACEMENT=worker: host functions in the worker, which a script may take down with itself, but nothing else. */
const placement =
  process.env["HOSTILE_PLACEMENT"] === "worker"
    ? ({ placement: "worker", registryModule: new URL("./bindings.ts", import.meta.url) } as const)
    : {};

const root = fileURLToPath(new URL("../../fixtures/hostile/", import.meta.url));

interface Attack {
  readonly group: string;
  readonly name: string;
  readonly source: string;
  readonly endings: readonly string[];
}

const attacks = globSync("**/*.js", { cwd: root }).sort().map(read);

function read(file: string): Attack {
  const source = readFileSync(`${root}/${file}`, "utf8");
  const endings = /^\/\/ ends as: (.+)$/m.exec(source)?.[1]?.split(", ");
  if (!endings) throw new Error(`${relative(root, file)} does not say how it ends.`);
  return { group: dirname(file), name: basename(file, ".js"), source, endings };
}

let host: Attacked;
let sandbox: Sandbox;
/** Resident memory of a worker that has run nothing. */
let emptyMb = 0;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  host = attacked();
  sandbox = await createSandbox({ registry: host.bindings, limits, workers: 3, minIdle: 2, ...placement });
  emptyMb = (await measure(() => checkSandbox())).damage.workerMb;
});

afterAll(async () => {
  await sandbox.dispose();
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toEqual([]);
  expect(childrenOf()).toEqual([]);
});

/** A run that uses everything an earlier run may have broken. One whose time a slow machine took is followed by another. */
async function checkSandbox(): Promise<void> {
  const result = await sandbox.run(`
    await SecureExec.bindings.wait(1);
    let code;
    try { SecureExec.bindings.fail(); } catch (error) { code = error instanceof RangeError && error.code; }
    export default [
      SecureExec.bindings.add(20, 22),
      SecureExec.bindings.echo({ list: [1, new Map([["a", 1n]])] }),
      code,
      typeof leaked, typeof {}.leaked, typeof [].leaked, typeof Promise.resolve().leaked,
    ];`);
  if (result.status === "timeout") return checkSandbox();
  expect(result).toMatchObject({
    status: "ok",
    exports: {
      default: [
        42,
        { list: [1, new Map([["a", 1n]])] },
        "E_FAIL",
        "undefined",
        "undefined",
        "undefined",
        "undefined",
      ],
    },
  });
}

function exported(result: RunResult): unknown {
  return result.status === "ok" ? result.exports["default"] : undefined;
}

it("there are enough attacks", () => expect(attacks.length).toBeGreaterThanOrEqual(60));

for (const group of new Set(attacks.map((attack) => attack.group))) {
  describe(group, () => {
    for (const attack of attacks.filter((attack) => attack.group === group)) {
      it(attack.name, { timeout: 120_000 * repeats }, async () => {
        for (let i = 0; i < repeats; i++) await repel(attack);
      });
    }
  });
}

async function repel(attack: Attack, tries = 3): Promise<void> {
  const { source, endings, group, name } = attack;
  let tookMs = 0;
  const { result, damage } = await measure(async () => {
    const start = performance.now();
    const result = await sandbox.run(source, { filename: `${group}-${name}.js` });
    tookMs = performance.now() - start;
    return result;
  });
  if (process.env["HOSTILE_REPORT"]) {
    const line = [
      group,
      name,
      result.status,
      tookMs.toFixed(0),
      ...Object.values(damage).map((n) => n.toFixed(1)),
    ];
    process.stdout.write(
      `${line.join("\t")}\t${result.status === "ok" ? "" : result.error.message.slice(0, 90)}\n`,
    );
  }
  // What must end well has no time to stand still in.
  if (result.status === "timeout" && !endings.includes("timeout") && damage.stalledMs > 500 && tries > 1)
    return repel(attack, tries - 1);
  expect(endings).toContain(result.status);
  if (result.status === "ok") expect(exported(result)).toBe("held");
  expect(tookMs - damage.stalledMs).toBeLessThan(limits.wallMs + graceMs * slack);
  expect(damage.workerMb).toBeLessThan(emptyMb + 3 * limits.memoryMb * memorySlack);
  expect(damage.supervisorMb).toBeLessThan(maxSupervisorMb);
  expect(damage.delayMs).toBeLessThan(maxDelayMs * (strict ? 1 : 2));
  await checkSandbox();
  expect(host.added.filter((a) => a === 666)).toEqual([]);
}
