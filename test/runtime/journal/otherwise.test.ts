import { expect, it } from "vitest";
import { otherCall, otherLine, otherModules, tooFewCalls } from "../../../src/runtime/journal/otherwise.ts";

const anew = /, or begin anew with an empty journal: its calls are then made again\.$/u;
const noDigest = /^(?!.*[\da-f]{8})/u;

it.each([
  [
    otherCall(1, "pay", "add"),
    "its call 2 is of `pay`, and the script now makes one of `add`. The script is the one it was begun with, so what it computes with is another: go on with the versions of Node and isobind it was begun with, or",
  ],
  [
    otherCall(0, "pay", "pay"),
    "its call 1, of `pay`, was made with other arguments than now. The script is the one it was begun with",
  ],
  [
    tooFewCalls(2, "pay"),
    "its call 3 is of `pay`, and the script now ends without it. The script is the one",
  ],
  [
    otherLine(["log", "hello"], ["warn", "bye"]),
    'it has console.log of "hello", and now there is console.warn of "bye". The script is the one',
  ],
])("says what the script does otherwise, and the way out: %#", ({ code, message }, words) => {
  expect(code).toBe("ERR_JOURNAL_MISMATCH");
  expect(message).toContain(`The journal is not of this run: ${words}`);
  expect(message).toMatch(anew);
  expect(message).toMatch(noDigest);
});

const [one, two] = ["1".repeat(64), "2".repeat(64)];

it.each([
  [[["a.js", one]], [["a.js", two]], "the module `a.js` had another text"],
  [
    [
      ["a.js", one],
      ["b.js", one],
    ],
    [
      ["a.js", two],
      ["b.js", one],
    ],
    "the module `a.js` had another text",
  ],
  [[["a.js", one]], [], "the module `a.js` was imported, and is not now"],
  [[], [["a.js", one]], "the module `a.js` was not imported, and is now"],
  [
    [["a.js", one]],
    [["b.js", one]],
    "the module `a.js` was imported, and is not now; the module `b.js` was not",
  ],
  [
    ["a", "b", "c", "d", "e"].map((name) => [name, one] as const),
    ["a", "b", "c", "d", "e"].map((name) => [name, two] as const),
    "the modules `a`, `b`, `c` and 2 more had another text",
  ],
  [[["a.js", one]], [["a.js", one]], "an import was answered otherwise"],
  // Journals of before name no module.
  [
    undefined,
    [
      ["a.js", one],
      ["b.js", one],
    ],
    "other modules were imported than now (`a.js`, `b.js`)",
  ],
  [undefined, [], "other modules were imported than now"],
] as const)("names the modules of %o that are others in %o", (recorded, now, words) => {
  const { code, message } = otherModules(recorded, now);
  expect(code).toBe("ERR_JOURNAL_MISMATCH");
  expect(message).toContain(`The journal is not of this run: when it was begun, ${words}`);
  expect(message).toContain(
    ". Give the run the modules it was begun with, from your version control for example, or",
  );
  expect(message).toMatch(anew);
  expect(message).toMatch(noDigest);
});

it("shows what anybody may have written as text of one line that ends", () => {
  const forged = `\u001B[31m\n\u202E${"x".repeat(1_000_000)}`;
  for (const { message } of [
    otherCall(0, forged, "add"),
    tooFewCalls(0, forged),
    otherLine([forged as "log", forged], ["log", "bye"]),
    otherModules([[forged, forged]], []),
  ]) {
    expect(message).toContain("\\u{1b}[31m\\u{a}\\u{202e}");
    expect(message).toMatch(/^[ -~]{1,1200}$/);
  }
});
