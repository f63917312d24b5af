/**
 * What a recording does on its own, between a host side and a worker that behave as no real ones do.
 */
import { expect, it } from "vitest";
import { digestOfMessage } from "../../../src/runtime/crossing/digest.ts";
import { flatMessage } from "../../../src/runtime/crossing/flat.ts";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { MalformedValue } from "../../../src/runtime/crossing/message.ts";
import type { RunHead } from "../../../src/runtime/journal/entry.ts";
import { readHistory } from "../../../src/runtime/journal/history.ts";
import type { Journal } from "../../../src/runtime/journal/journal.ts";
import { noHash } from "../../../src/runtime/journal/log.ts";
import { Recording, type RecordingOptions } from "../../../src/runtime/journal/recording.ts";
import { JournalWriter } from "../../../src/runtime/journal/writer.ts";
import { memoryJournal } from "../../../src/runtime/journal/memory.ts";
import type { RunEnd } from "../../../src/runtime/runner.ts";

const head: RunHead = {
  version: 1,
  script: "",
  contract: "",
  globals: "",
  kind: "",
  timeZone: "",
  locale: "",
  seed: "0".repeat(32),
};

function record(
  journal: Journal,
  leaves: readonly { name: string; mode: "async" | "sync" }[],
  call: (id: number, index: number) => unknown,
  begun: Partial<RecordingOptions> = {},
): Recording {
  const host = { signal: new AbortController().signal, call };
  return new Recording({
    host: host as unknown as RecordingOptions["host"],
    leaves: leaves.map((leaf) => ({
      ...leaf,
      path: [leaf.name],
      policy: {},
    })) as unknown as RecordingOptions["leaves"],
    writer: new JournalWriter(journal, noHash, 2, 0),
    history: readHistory([["run", head]])!,
    onDoubt: undefined,
    canHold: true,
    wallMs: 1,
    calls: 1_000,
    journalBytes: 1_000_000,
    ...begun,
  });
}

const killed: RunEnd = {
  kind: "aborted",
  error: { name: "Error", code: "ERR_SANDBOX_ABORTED", message: "", stack: "" },
  usage: { cpuMs: 0, heapBytes: 0 },
};

it.each(["async", "sync"] as const)("ends the run when a held %s call makes no sense", async (mode) => {
  const slow: Journal = { ...memoryJournal(), append: () => Promise.resolve() };
  const recording = record(slow, [{ name: "pay", mode }], () => {
    throw new MalformedValue("arguments that make no sense");
  });
  void recording.call(1, 0, ["Ada"]);
  await new Promise((done) => setImmediate(done));
  expect(recording.signal.aborted).toBe(true);
  expect(await recording.conclude(killed)).toMatchObject({
    error: { code: "ERR_SANDBOX_CRASHED", message: "It sent arguments that make no sense." },
  });
});

it("waits for other calls no longer than a run may take", async () => {
  const recording = record(
    memoryJournal(),
    [
      { name: "hold", mode: "async" },
      { name: "pay", mode: "sync" },
    ],
    (_id, index) => (index === 0 ? new Promise(() => {}) : { kind: "wait", reason: null }),
  );
  void recording.call(1, 0, ["x"]);
  void recording.call(2, 1, ["Ada"]);
  expect(recording.signal.aborted).toBe(true);
  expect(await recording.conclude(killed)).toMatchObject({ kind: "suspended" });
});

it("ends as its journal says it has, whatever is decided afterwards", async () => {
  const store = Promise.withResolvers<void>();
  const decided = Promise.withResolvers<"stop">();
  const slow: Journal = { ...memoryJournal(), append: () => store.promise };
  const args = digestOfMessage(flatMessage(["Ada"]));
  const recording = record(slow, [{ name: "pay", mode: "async" }], () => ({ kind: "value", value: 1 }), {
    history: readHistory([
      ["run", head],
      ["call", 0, "pay", args],
    ])!,
    onDoubt: () => decided.promise,
    wallMs: 60_000,
  });
  void recording.call(1, 0, ["Ada"]);
  const end = recording.conclude({ kind: "ok", exports: encodeOwn({}), usage: killed.usage });
  decided.resolve("stop");
  await new Promise((done) => setImmediate(done));
  store.resolve();
  expect(await end).toMatchObject({ kind: "ok" });
});
