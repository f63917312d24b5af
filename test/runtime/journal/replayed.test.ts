/**
 * How recorded calls are handed to the guest side and told back: what each side does when the other is honest, and what the host side does when the guest
 * side lies.
 */
import { describe, expect, it } from "vitest";
import { digestOfMessage } from "../../../src/runtime/crossing/digest.ts";
import { flatMessage } from "../../../src/runtime/crossing/flat.ts";
import { byHost, later, RecordedCalls } from "../../../src/runtime/guest/replay/recorded-calls.ts";
import type { Entry, RunHead } from "../../../src/runtime/journal/entry.ts";
import { readHistory, type History } from "../../../src/runtime/journal/history.ts";
import { noHash } from "../../../src/runtime/journal/log.ts";
import { memoryJournal } from "../../../src/runtime/journal/memory.ts";
import { RecordedPieces } from "../../../src/runtime/journal/recorded-pieces.ts";
import { Recording, type RecordingOptions } from "../../../src/runtime/journal/recording.ts";
import { JournalWriter } from "../../../src/runtime/journal/writer.ts";
import type { RunEnd } from "../../../src/runtime/runner.ts";
import { createSandbox, suspend, type Journal } from "../../../src/runtime/index.ts";

const head: RunHead = {
  version: 2,
  script: "",
  contract: "",
  globals: "",
  kind: "",
  timeZone: "",
  locale: "",
  seed: "0".repeat(32),
};

const leaves = ["add", "later", "other"].map((name) => ({
  name,
  path: [name],
  mode: name === "later" ? "async" : "sync",
  policy: {},
})) as unknown as RecordingOptions["leaves"];

const digest = (...args: readonly number[]): string => digestOfMessage(flatMessage(args));
const historyOf = (...entries: readonly Entry[]): History => readHistory([["run", head], ...entries])!;

/** Two calls that were made at once and answered the other way round, with one between them; and one that is in doubt. */
const some = historyOf(
  ["call", 0, "later", digest(1)],
  ["call", 1, "add", digest(2, 3)],
  ["done", 1, false, "value", 5],
  ["call", 2, "later", digest(4)],
  ["done", 2, true, "value", "four"],
  ["done", 0, true, "value", 1],
  ["call", 3, "later", digest(6)],
);

/** The guest side of a history, and what it has told. */
function guestOf(history: History): { calls: RecordedCalls; told: [number, string][]; pieces: () => number } {
  const pieces = new RecordedPieces(history, leaves);
  const told: [number, string][] = [];
  let asked = 0;
  const answers = history.events.filter((event) => event < 0).length;
  const calls = new RecordedCalls(
    { calls: history.calls.length, answers },
    {
      recorded: () => (asked++, pieces.next()),
      replayed: (indexes, digests) =>
        indexes.forEach((leaf, at) => told.push([leaf, digests.slice(at * 64, (at + 1) * 64)])),
    },
  );
  return { calls, told, pieces: () => asked };
}

describe("the guest side", () => {
  it("answers what is recorded in its order, and leaves the rest to the host side", () => {
    const { calls, told } = guestOf(some);
    expect(calls.answer(1, 1, [1], true)).toBe(later);
    expect(calls.due()).toBeNull();
    expect(calls.answer(2, 0, [2, 3], false)).toBe(5);
    expect(calls.answer(3, 1, [4], true)).toBe(later);
    expect(calls.due()).toEqual({ id: 3, delivery: "sfour" });
    expect(calls.isHeard).toBe(false);
    expect(calls.due()).toEqual({ id: 1, delivery: 1 });
    expect([calls.due(), calls.isHeard, calls.isOver]).toEqual([null, true, false]);
    expect(calls.answer(4, 1, [6], true)).toBe(byHost);
    expect(calls.isOver).toBe(true);
    expect(calls.answer(5, 1, [7], true)).toBe(byHost);
    expect(told).toEqual([]);
    calls.tell();
    calls.tell();
    expect(told).toEqual([
      [1, digest(1)],
      [0, digest(2, 3)],
      [1, digest(4)],
    ]);
  });

  it.each([
    ["of another leaf", 2, [1]],
    ["with other arguments", 1, [2]],
  ])("leaves a call %s to the host side, which knows the words", (_how, leaf, args) => {
    const { calls, told } = guestOf(some);
    expect(calls.answer(1, leaf, args, true)).toBe(byHost);
    calls.tell();
    expect(told).toEqual([]);
  });

  it("holds answers back behind a call that the script has not made", () => {
    const { calls } = guestOf(some);
    calls.answer(1, 1, [1], true);
    expect(calls.due()).toBeNull();
    expect(calls.due()).toBeNull();
  });
});

describe("pieces of what is recorded", () => {
  const many = (count: number, value: string): History =>
    historyOf(
      ...Array.from({ length: count }, (_, n): Entry[] => [
        ["call", n, "add", digest(n, 1)],
        ["done", n, false, "value", value],
      ]).flat(),
    );

  it.each([
    [5_000, 10, 5],
    [20, 100_000, 7],
  ])("are few, and none of them is large: %i calls of %i letters", (count, letters, expected) => {
    const { calls, pieces, told } = guestOf(many(count, "x".repeat(letters)));
    for (let n = 0; n < count; n++) expect(calls.answer(n, 0, [n, 1], false)).toHaveLength(letters + 1);
    calls.tell();
    expect(told).toHaveLength(count);
    expect(pieces()).toBe(expected);
  });

  it("are handed out once", () => {
    const pieces = new RecordedPieces(some, leaves);
    expect(pieces.next()).toMatchObject({
      events: [0, 1, 2, -3, -1, 3].map((event) => (event < 0 ? event : (expect.any(Number) as number))),
      isLast: true,
    });
    expect(() => pieces.next()).toThrow("more questions than a journal has calls");
  });
});

const ended: RunEnd = {
  kind: "error",
  error: { name: "Error", message: "", stack: "" },
  usage: { cpuMs: 0, heapBytes: 0 },
};

/** The host side of a history, with how often the host was called and what it counted. */
function hostOf(history: History): { recording: Recording; made: unknown[]; counted: number[] } {
  const made: unknown[] = [];
  const counted: number[] = [];
  const host = {
    signal: new AbortController().signal,
    call: (...call: unknown[]) => (made.push(call), { kind: "value", value: 0 }),
    recall: (leaf: number) => counted.push(leaf),
  };
  const recording = new Recording({
    host: host as unknown as RecordingOptions["host"],
    leaves,
    writer: new JournalWriter(memoryJournal(), noHash, 2, 0),
    history,
    onDoubt: undefined,
    canHold: true,
    wallMs: 1,
    calls: 1_000,
    journalBytes: 1_000_000,
  });
  return { recording, made, counted };
}

describe("the host side", () => {
  const good = [digest(1), digest(2, 3), digest(4)].join("");

  it("counts each call that was answered without it", async () => {
    const { recording, counted } = hostOf(some);
    recording.replayed([1, 0, 1], good);
    expect(counted).toEqual([1, 0, 1]);
    expect(recording.signal.aborted).toBe(false);
  });

  it.each([
    [
      "other arguments, though their digest begins the same",
      [1, 0],
      digest(1) + digest(2, 3).slice(0, 63) + "x",
      "ERR_JOURNAL_MISMATCH",
    ],
    ["another leaf", [2], digest(1), "ERR_JOURNAL_MISMATCH"],
    ["no leaf at all", [7], digest(1), "ERR_SANDBOX_CRASHED"],
    ["a call that the journal does not answer", [1, 0, 1, 1], good + digest(6), "ERR_SANDBOX_CRASHED"],
    ["more calls than there are", [1, 0, 1, 1, 1], good + digest(6) + digest(6), "ERR_SANDBOX_CRASHED"],
  ])("ends a run that is told to have made %s, and calls nothing", async (_what, told, digests, code) => {
    const { recording, made } = hostOf(some);
    recording.replayed(told, digests);
    expect(recording.signal.aborted).toBe(true);
    void recording.call(9, 0, [1]);
    expect(made).toEqual([]);
    expect(await recording.conclude(ended)).toMatchObject({ kind: "error", error: { code } });
  });

  it("does not make a call that the journal answers", async () => {
    const { recording, made } = hostOf(some);
    void recording.call(1, 1, [1]);
    expect(made).toEqual([]);
    expect(await recording.conclude(ended)).toMatchObject({ error: { code: "ERR_SANDBOX_CRASHED" } });
  });

  it("misses calls of which it was not told", async () => {
    const { recording } = hostOf(some);
    recording.replayed([1], digest(1));
    expect(await recording.conclude(ended)).toMatchObject({ error: { code: "ERR_JOURNAL_MISMATCH" } });
  });
});

describe.each(["process", "none"] as const)("a run that is gone on with, with isolation: %s", (isolation) => {
  it("tells of its calls before each new one, and counts all of them", async () => {
    const seen: string[] = [];
    await using sandbox = await createSandbox({
      isolation,
      limits: { calls: 3_005 },
      registry: {
        add: (a: number, b: number) => (seen.push("add"), a + b),
        row: (id: number) => (seen.push("row"), { id, text: "x".repeat(1000), at: new Date(0) }),
        next: async (n: number) => (seen.push("next"), n + 1),
        wait: async () => (seen.push("wait"), suspend<number>()),
        fail: () => {
          throw Object.assign(new RangeError("too far"), { code: "E_FAR" });
        },
      },
    });
    const source = `
      const { add, row, next, wait, fail } = SecureExec.bindings;
      let sum = 0, ids = 0, errors = 0;
      for (let n = 0; n < 1000; n++) {
        sum = add(sum, n);
        ids += row(n).id;
        if (n % 100 === 0) try { fail() } catch (error) { errors += error instanceof RangeError && error.code === "E_FAR" ? 1 : 100 }
        else sum = await next(sum);
      }
      const waited = await wait();
      let refused = "";
      for (let n = 0; n < 5 && !refused; n++) try { add(1, 1) } catch (error) { refused = n + error.code }
      export default { sum, ids, errors, waited, refused };
    `;
    let bytes = Buffer.alloc(0);
    const store = (from: Uint8Array): Journal => {
      const inner = memoryJournal(from);
      const { read, append, truncate } = inner;
      return { read, append, truncate, close: () => void (bytes = Buffer.from(inner.bytes)) };
    };
    expect((await sandbox.run(source, { journal: store(bytes) })).status).toBe("suspended");
    expect(seen.length).toBe(3_001 - 10);
    seen.length = 0;
    const result = await sandbox.run(source, { journal: store(bytes), answer: { value: 7 } });
    expect(result).toMatchObject({
      status: "ok",
      exports: {
        default: { sum: 499_500 + 990, ids: 499_500, errors: 10, waited: 7, refused: "4ERR_BINDING_LIMIT" },
      },
      stats: { calls: 3_006 },
    });
    expect(seen).toEqual(["wait", "add", "add", "add", "add"]);
  });
});
