/** Why a journal is not of a run, in words of whoever reads it: what is another, both sides, and the way out. */
import { expect, it } from "vitest";
import { otherThan } from "../../../src/runtime/journal/words.ts";

const one = `sha256-${"1".repeat(64)}`;

it.each([
  ["contract", one, "", "under another contract (11111111 then, none now). Go on where the registry"],
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
  const { code, message } = otherThan(part, recorded, now);
  expect(code).toBe("ERR_JOURNAL_MISMATCH");
  expect(message).toContain(`The journal is not of this run: it was begun ${words}`);
  expect(message).toMatch(/, or begin anew with an empty journal\.$/u);
});
