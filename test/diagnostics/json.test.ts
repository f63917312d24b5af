import { expect, it } from "vitest";
import { formatJson } from "../../src/diagnostics/format/json.ts";
import { sample } from "./sample.ts";

it("is one object with exactly the documented keys", () => {
  const extra = { ...sample(), internal: true };
  const text = formatJson({
    ok: false,
    diagnostics: [extra],
    files: [{ path: "generated/registry.ts", status: "stale" }],
  });
  expect(text.endsWith("}\n")).toBe(true);
  expect(JSON.parse(text)).toEqual({
    ok: false,
    diagnostics: [sample()],
    files: [{ path: "generated/registry.ts", status: "stale" }],
  });
  expect(Object.keys((JSON.parse(text) as { diagnostics: object[] }).diagnostics[0] ?? {})).toEqual([
    "code",
    "severity",
    "message",
    "file",
    "line",
    "column",
    "endLine",
    "endColumn",
    "path",
    "help",
  ]);
});
