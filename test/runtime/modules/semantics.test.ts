import { afterAll, describe, expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";
import { cases } from "./cases.ts";
import { runInNode } from "./node.ts";

const expected = runInNode(cases).map(({ lines, error }) => ({ lines: lines.map(asQuoted), error }));

describe.each(["none", "process"] as const)(
  "modules in isolation %s do what Node does",
  async (isolation) => {
    const lines = new Map<string, string[]>();
    const sandbox = await createSandbox({
      isolation,
      onConsole: ({ text, runId }) => void lines.set(runId, [...(lines.get(runId) ?? []), text]),
    });
    afterAll(() => sandbox.dispose());

    it.each(cases.map((one, index) => ({ ...one, index })))("$title", async ({ files, index, ...how }) => {
      const { "main.js": source = "", ...others } = files;
      const modules = Object.fromEntries(Object.entries(others).map(([name, text]) => [`./${name}`, text]));
      const runId = String(index);
      const { dynamicImport = false } = how;
      const result = await sandbox.run(source, { filename: "main.js", modules, runId, dynamicImport });
      const got = {
        lines: (lines.get(runId) ?? []).map(asQuoted),
        error:
          result.status === "ok" || isAboutExports(result.error)
            ? null
            : `${result.error.name}: ${result.error.message}`,
      };
      const want = expected[index]!;
      if (how.wordsDiffer) {
        expect(want.error).not.toBeNull();
        expect({ ...got, error: got.error?.split(":")[0] }).toEqual({
          ...want,
          error: want.error?.split(":")[0],
        });
      } else expect(got).toEqual(want);
    });
  },
);

/** Texts inside of lists are quoted in two ways. */
function asQuoted(line: string): string {
  return line.replaceAll("'", '"');
}

/** The exports of a script must cross, and those of some cases are functions. */
function isAboutExports({ code }: { readonly code?: string }): boolean {
  return code === "ERR_BINDING_NOT_CLONABLE";
}
