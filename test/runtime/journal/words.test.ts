/** Why a journal is not of a run, in words of whoever reads it: what is another, both sides, and the way out. */
import { expect, it } from "vitest";
import { otherThan } from "../../../src/runtime/journal/words.ts";

const one = `sha256-${"1".repeat(64)}`;

it.each([
  [
    "contract",
    one,
    "",
    "under another contract (11111111 then, none now). Go on where the registry of that contract is, whose",
  ],
  ["globals", "a", "b", "with another input or other globals. Give it those"],
  ["kind", "rule", "", "as a script of the kind `rule`, and is run as one of no kind. Run it as what"],
  [
    "time zone",
    "",
    "Europe/Berlin",
    "in no time zone, and is run in the time zone `Europe/Berlin`. Give the sandbox that `timeZone`",
  ],
  ["locale", "de", "en-US", "in the locale `de`, and is run in the locale `en-US`. Give the sandbox"],
] as const)("names another %s", (part, recorded, now, words) => {
  const { code, message } = otherThan(part, { is: recorded }, { is: now });
  expect(code).toBe("ERR_JOURNAL_MISMATCH");
  expect(message).toContain(`The journal is not of this run: it was begun ${words}`);
  expect(message).toMatch(/, or begin anew with an empty journal: its calls are then made again\.$/u);
});

it.each([
  [undefined, undefined, "by another script, or by this one before it was edited. Go on with the text"],
  [undefined, { filename: "b.ts" }, "by another script, or by this one before it was edited. Go on with the"],
  [{ runId: "7" }, undefined, "by another script in the run `7`, or by this one before it was edited. Go on"],
  [{ filename: "a.ts" }, { filename: "a.ts" }, "by `a.ts` before it was edited. Run `a.ts` with the text it"],
  [
    { filename: "a.ts", runId: "7" },
    { filename: "b.ts", runId: "8" },
    "by `a.ts` in the run `7`, and this is `b.ts`. Run `a.ts` with the text it was begun with",
  ],
  [{ filename: "a.ts" }, undefined, "by `a.ts`. Run `a.ts` with the text it was begun with"],
])("names the script of %o to one of %o", (begun, now, words) => {
  const { message } = otherThan("script", { is: one, names: begun }, { is: "2", names: now });
  expect(message).toContain(`it was begun ${words}`);
});

it("shows what anybody may have written as text of one line that ends", () => {
  const forged = `\u001B[31m\n\u202E${"x".repeat(1_000_000)}`;
  const names = { filename: forged, runId: forged, profile: forged };
  for (const part of ["script", "contract", "kind", "locale"] as const) {
    const { message } = otherThan(part, { is: forged, names }, { is: "", names: {} });
    expect(message).toContain("\\u{1b}[31m\\u{a}\\u{202e}");
    expect(message).toMatch(/^[ -~]{1,1200}$/);
  }
});

it("names the profile of a contract", () => {
  const { message } = otherThan("contract", { is: one, names: { profile: "pro" } }, { is: "" });
  expect(message).toContain("(11111111 of the profile `pro` then, none now)");
});
