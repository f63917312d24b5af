import { expect, it } from "vitest";
import { freeName } from "../../src/playground/page/side/free-name.ts";

it.each([
  ["a.ts", [], "a.ts"],
  ["a.ts", ["a.ts"], "a-2.ts"],
  ["rules/a.b.ts", ["rules/a.b.ts", "rules/a.b-2.ts"], "rules/a.b-3.ts"],
  ["a", ["a"], "a-2"],
])("a script that is called %s where %j are is %s", (name, taken: readonly string[], free) => {
  expect(freeName(name, (wanted) => taken.includes(wanted))).toBe(free);
});
