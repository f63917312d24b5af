import { describe, expect, it } from "vitest";
import { memoryJournal } from "../../src/runtime/index.ts";
import { ConsoleLines } from "../../src/script-tool/console-text.ts";
import { OpenQuestions } from "../../src/script-tool/questions.ts";

function asked(...args: readonly unknown[]): string {
  const waiting = { journal: memoryJournal(), console: new ConsoleLines(100), given: "" };
  const wait = { call: 0, path: ["pay"], for: "approval" as const, arguments: args, reason: undefined };
  return new OpenQuestions().ask(waiting, [wait]).calls[0]!.message;
}

describe("what a person is asked about a call", () => {
  it("is all of its arguments where they are short", () => {
    expect(asked("Ada", { amount: 5 })).toBe('The script wants to call `pay` with ["Ada",{"amount":5}].');
  });

  it("has what stands behind a long text, and says how much of that is missing", () => {
    const message = asked({ note: "x".repeat(5_000), to: "Mallory" });
    expect(message).toContain('"to":"Mallory"');
    expect(message).toContain("Not shown: /*/note: 1000 of 5000 characters.");
    expect(message.length).toBeLessThan(2_500);
  });

  it("says so where not even an outline fits, and stays short whatever is shared", () => {
    let shared: unknown = "x".repeat(100);
    for (let level = 0; level < 40; level++) shared = [shared, shared];
    expect(asked(shared)).toMatch(/Not shown: .*too deep/);
    expect(asked({ ["k".repeat(10_000)]: 1 }, 2)).toMatch(/Not shown: the arguments: 1 of 2 items/);
    for (const args of [[shared], [{ ["k".repeat(10_000)]: 1 }, 2]])
      expect(asked(...args).length).toBeLessThan(3_000);
  });
});
