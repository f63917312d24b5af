import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sandboxGlobals } from "../../src/library/sandbox-globals.ts";

it("isobind/script tells editors exactly what `typecheck` knows", () => {
  const text = readFileSync(new URL("../../types/script.d.ts", import.meta.url), "utf8");
  expect(text.slice(text.indexOf("*/") + 2).trim()).toBe(sandboxGlobals.trim());
});
