/**
 * A journal in a file outlives its process. The host functions count themselves, in a file of their own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { createSandbox, fileJournal } from "../../../src/runtime/index.ts";

const program = new URL("./program.ts", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "journal-"));

function run(name: string, dieAt?: number): { signal: string | null; told: string } {
  const args = [
    "--no-warnings",
    program,
    join(folder, `${name}.journal`),
    join(folder, `${name}.counts`),
    `${dieAt}`,
  ];
  const { signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (signal === null && stderr !== "") throw new Error(stderr);
  return { signal, told: stdout };
}

const counted = (name: string): string[] =>
  readFileSync(join(folder, `${name}.counts`), "utf8")
    .trim()
    .split("\n");

it("ends a run that was killed in the middle of a call as in doubt, and makes no call twice", () => {
  expect(run("middle", 3).signal).toBe("SIGKILL");
  expect(counted("middle")).toEqual(["later 0", "step 1", "later 2", "step 3"]);
  expect(run("middle").told).toBe('"ERR_JOURNAL_IN_DOUBT"');
  expect(counted("middle")).toHaveLength(4);
});

it("goes on with a run of which the last call was never begun, and cuts an entry that is not whole", () => {
  expect(run("between").told).toBe("[1,2,3,6,5,10]");
  const path = join(folder, "between.journal");
  const whole = readFileSync(path);
  // The end is cut in the middle: what it says was not said.
  writeFileSync(path, whole.subarray(0, whole.length - 10));
  expect(run("between").told).toBe("[1,2,3,6,5,10]");
  expect(counted("between")).toHaveLength(6);
  expect(readFileSync(path).length).toBeGreaterThan(whole.length);
});

it("is readable by its owner alone, and closed when the run has ended", async () => {
  await using sandbox = await createSandbox({ isolation: "none" });
  const path = join(folder, "mode.journal");
  await sandbox.run("export default 1", { journal: fileJournal(path) });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await sandbox.run("export default 1", { journal: fileJournal(path) })).toMatchObject({
    exports: { default: 1 },
  });
});

it("is made with the folder it lies in", async () => {
  await using sandbox = await createSandbox({ isolation: "none" });
  for (const path of [
    join(folder, "runs/one/42.journal"),
    pathToFileURL(join(folder, "runs/two/42.journal")),
  ]) {
    await sandbox.run("export default 1", { journal: fileJournal(path) });
    expect(statSync(path).size).toBeGreaterThan(0);
  }
});
