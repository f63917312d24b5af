import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { scriptGlobals } from "../../src/scripts/typecheck/globals.ts";

it("isobind/script tells editors exactly what `typecheck` knows", () => {
  const text = readFileSync(new URL("../../types/script.d.ts", import.meta.url), "utf8");
  expect(text.slice(text.indexOf("*/") + 2).trim()).toBe(scriptGlobals.trim());
});
