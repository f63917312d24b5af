/**
 * A missing `await` is named before a run and after it, by the statement that lacks it: the words of `typecheck` are in the error of the run.
 */
import { afterAll, describe, expect, it } from "vitest";
import { emitDeclaration } from "../../../src/emit/declaration/declaration.ts";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { createChecker } from "../../../src/scripts/index.ts";
import { sideOf } from "../../diff/sides.ts";

const { contract } = sideOf(`
export interface Bindings {
  db: { save(text: string): Promise<void>; refuse(): Promise<void> };
}`);
const checker = createChecker({ declaration: emitDeclaration(contract), native: false });
const sandbox = await createSandbox({
  registry: defineRegistry({
    db: {
      save: () => new Promise<void>(() => {}),
      refuse: () => Promise.reject(new Error("The disk is full.")),
    },
  }),
  isolation: "none",
});
afterAll(() => sandbox.dispose());

const cases: readonly (readonly [string, string])[] = [
  ["a call of a binding", 'SecureExec.bindings.db.save("a");'],
  ["one by a name of its own", 'const { save } = SecureExec.bindings.db;\n\nsave("a");'],
  [
    "one whose promise is kept and never used",
    'const { db } = SecureExec.bindings;\nconst saved: Promise<void> = db.save("a");',
  ],
  [
    "a function that awaits, and is not awaited itself",
    'const { db } = SecureExec.bindings;\nasync function main(): Promise<void> {\n  await db.save("a");\n}\nmain();',
  ],
  [
    "one that gives the promise on",
    'const work = (): Promise<void> => SecureExec.bindings.db.save("a");\nwork();',
  ],
  ["one that is called where it stands", '(async () => {\n  await SecureExec.bindings.db.save("a");\n})();'],
  [
    "a callback that is ignored",
    '["a"].forEach(async (text) => {\n  await SecureExec.bindings.db.save(text);\n});',
  ],
  ["callbacks whose promises are dropped", '["a"].map(async (text) => SecureExec.bindings.db.save(text));'],
  ["a part of a statement", 'const { db } = SecureExec.bindings;\ntrue && db.save("a");'],
  ["a chain", 'SecureExec.bindings.db.save("a").then(() => console.log("saved"));'],
  ["a long statement", `SecureExec.bindings.db.save("${"a".repeat(100)}");`],
  ["a rejection", "SecureExec.bindings.db.refuse();"],
  [
    "a rejection of a function",
    "async function fail(): Promise<void> {\n  throw new Error('no');\n}\nfail();",
  ],
];

describe("the error of a run has the words of typecheck", () => {
  it.each(cases)("%s", async (_, source) => {
    const [finding, ...others] = checker.check(source, { filename: "job.ts" });
    expect(others).toEqual([]);
    expect(finding?.code).toBe("script-promise-floating");
    const result = await sandbox.run(source, { filename: "job.ts" });
    const error = result.status === "error" ? result.error : null;
    expect(error?.code).toBe("ERR_SCRIPT_DETACHED");
    expect(error?.message).toContain(`${finding?.message} ${finding?.help}`);
  });
});

it("names each statement of several calls once", async () => {
  const source =
    'const { save } = SecureExec.bindings.db;\nfor (const text of ["a", "b"]) save(text);\nsave("c");';
  const result = await sandbox.run(source, { filename: "job.ts" });
  const message = result.status === "error" ? result.error.message : "";
  expect(message.match(/in `save\(text\);`/gu)).toHaveLength(1);
  expect(message.match(/in `save\("c"\);`/gu)).toHaveLength(1);
});

it.each([
  ["that loses a race", 'await Promise.race([SecureExec.bindings.db.save("a"), 1]);'],
  [
    "whose promise may be awaited",
    'const saved = SecureExec.bindings.db.save("a");\nif (Math.random() > 2) await saved;',
  ],
  [
    "of a text that is no statement of its own",
    'const all = [SecureExec.bindings.db.save("a")];\nexport default all.length;',
  ],
])("says of a call %s only that it was in flight", async (_, source) => {
  const result = await sandbox.run(source, { filename: "job.ts" });
  expect(result).toMatchObject({ status: "error", error: { code: "ERR_SCRIPT_DETACHED" } });
  const message = result.status === "error" ? result.error.message : "";
  expect(message).toContain("Await it, or what comes of it is lost.");
});
