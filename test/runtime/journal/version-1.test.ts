/**
 * Journals that earlier versions have written are read and gone on with.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registry, source } from "../../../fixtures/journal/version-1/run.ts";
import { createSandbox, memoryJournal, suspend, type Sandbox } from "../../../src/runtime/index.ts";
import { readLog } from "../../../src/runtime/journal/log.ts";

const made: string[] = [];
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({
    registry: registry((call) => made.push(call), suspend),
    timeZone: "UTC",
    locale: "en-US",
  });
});
afterAll(() => sandbox.dispose());

const kept = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../fixtures/journal/version-1/${name}.journal`, import.meta.url));

/** Where the last record begins. */
function lastRecord(bytes: Uint8Array): number {
  const view = Buffer.from(bytes);
  let last = 0;
  for (let at = 0; at < view.length; at += 36 + view.readUInt32LE(at)) last = at;
  return last;
}

const exported = {
  began: 1795826545455,
  chance: 0.21513089536832974,
  heard: [1, 3, 2],
  sums: [2, 3, 4],
  error: [true, "E_FAR"],
  row: ["7", new Date(0), new Uint8Array([1, 2, 3]), "ₓ🚀"],
  signed: "Ada",
  big: 2n ** 70n,
  after: 0.17340870338698033,
};

it("tells how a run has ended", async () => {
  const result = await sandbox.run(source, { journal: memoryJournal(kept("ended")) });
  expect(result).toMatchObject({ status: "ok", exports: { default: exported } });
  expect(made).toEqual([]);
});

it("answers all calls of a run whose end is missing", async () => {
  const bytes = kept("ended");
  const journal = memoryJournal(bytes.slice(0, lastRecord(bytes)));
  expect(await sandbox.run(source, { journal })).toMatchObject({
    status: "ok",
    exports: { default: exported },
  });
  expect(made).toEqual([]);
  const names = (of: Uint8Array): unknown[] => readLog(of).entries.map(([name]) => name);
  expect(names(journal.bytes)).toEqual([...names(bytes).slice(0, -1), "resume", "end"]);
});

it("goes on with a run that waits, in records that the version which began it can read", async () => {
  const journal = memoryJournal(kept("suspended"));
  const result = await sandbox.run(source, { journal, answer: { value: { by: "Ada" } } });
  expect(result).toMatchObject({ status: "ok" });
  expect(made).toEqual(["sign"]);
  const { entries } = readLog(journal.bytes);
  const view = Buffer.from(journal.bytes);
  let records = 0;
  for (let at = 0; at < view.length; at += 36 + view.readUInt32LE(at)) records++;
  expect(entries.length).toBe(records);
  expect(entries[0]).toMatchObject(["run", { version: 1 }]);
});
