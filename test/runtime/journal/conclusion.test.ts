/** How a run with a journal has ended, and what of it is written down; and that the first reason to stop one counts. */
import { describe, expect, it } from "vitest";
import { concluded, unsafely } from "../../../src/runtime/journal/conclusion.ts";
import { Stopping } from "../../../src/runtime/journal/stopping.ts";
import type { RunEnd } from "../../../src/runtime/runner.ts";
import { noUsage, ownError } from "../../../src/runtime/seam.ts";

const ofScript = ownError("ERR_MINE", "of the script");
const ofJournal = ownError("ERR_JOURNAL_MISMATCH", "of the journal");
const failed = { kind: "error", error: ofScript, usage: noUsage } as const satisfies RunEnd;
const suspended = { kind: "suspended", error: ofScript, usage: noUsage } as const satisfies RunEnd;
const aborted = { kind: "aborted", error: ofScript, usage: noUsage } as const satisfies RunEnd;
const none = (): null => null;

describe("a run with a journal", () => {
  it("has ended by its script when that has made all its calls again, and only then is that written", () => {
    expect(concluded(null, failed, false, none)).toMatchObject({
      by: "script",
      entry: ["end", "error", expect.anything()],
    });
    expect(concluded(null, failed, false, () => ofJournal)).toEqual({
      by: "journal",
      end: { kind: "error", error: ofJournal, usage: noUsage },
    });
  });

  it("is not asked for calls of its script that has not come to its own end", () => {
    expect(concluded(null, aborted, false, () => ofJournal)).toEqual({ by: "outside", end: aborted });
  });

  it("has ended by what its journal has found, whatever its script says", () => {
    const stop = { kind: "error", error: ofJournal } as const;
    for (const end of [failed, suspended, aborted])
      expect(concluded(stop, end, true, none)).toMatchObject({ by: "journal", end: { error: ofJournal } });
  });

  it("waits only where a call waits", () => {
    expect(concluded(null, suspended, true, none)).toEqual({ by: "waiting", end: suspended });
    expect(concluded(null, suspended, false, none)).toMatchObject({
      by: "outside",
      end: { kind: "crashed" },
    });
    expect(concluded({ kind: "suspended" }, failed, true, none)).toMatchObject({
      by: "waiting",
      end: { kind: "suspended" },
    });
  });

  it("has failed when not all of it is safe, unless it has a nearer reason", () => {
    const error = new Error("the disk is full");
    const code = (end: RunEnd, isLate?: true, by: "journal" | "outside" = "outside"): unknown =>
      unsafely({ by, end }, { error, ...(isLate && { isLate }) });
    const journalFailed = { kind: "error", error: { code: "ERR_JOURNAL_FAILED" } };
    expect(code(suspended)).toMatchObject(journalFailed);
    expect(code(aborted)).toMatchObject(journalFailed);
    expect(code(suspended, true)).toMatchObject(journalFailed);
    expect(code(aborted, true)).toBe(aborted);
    expect(code(failed, undefined, "journal")).toBe(failed);
  });
});

describe("stopping a run", () => {
  it("keeps the first reason, and none that comes after the end", () => {
    const first = new Stopping(new AbortController().signal);
    void first.stop({ kind: "suspended" });
    void first.stop({ kind: "error", error: ofJournal });
    expect(first.over()).toEqual({ kind: "suspended" });
    const ended = new Stopping(new AbortController().signal);
    expect(ended.over()).toBeNull();
    void ended.stop({ kind: "suspended" });
    expect([ended.isStopped, ended.signal.aborted, ended.isOver]).toEqual([false, false, true]);
  });

  it("is told when its caller ends the run, before it or during it, and not after it", () => {
    const before = new Stopping(AbortSignal.abort("told"));
    expect([before.signal.reason, before.isOver, before.isStopped]).toEqual(["told", true, false]);
    const caller = new AbortController();
    const [during, after] = [new Stopping(caller.signal), new Stopping(caller.signal)];
    after.over();
    caller.abort("told");
    expect([during.signal.reason, after.signal.aborted]).toEqual(["told", false]);
  });
});
