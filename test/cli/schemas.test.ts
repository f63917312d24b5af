/** What programs read is what the published schemas say: in good runs, with findings, and when nothing could be done. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const schema = (name: string): ValidateFunction =>
  ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, "../../schemas", name), "utf8")) as object);
const report = schema("report.json");
const comparison = schema("diff.json");

async function printed(argv: readonly string[], cwd: string): Promise<Record<string, unknown>> {
  const { stdout } = await isobind([...argv, "--format", "json"], { cwd });
  return JSON.parse(stdout) as Record<string, unknown>;
}

function expectToFit(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

describe("the schema of reports", () => {
  it("holds for generate, check and typecheck, whatever they find", async () => {
    const { root, write } = project({ ...files, "good.ts": "SecureExec.bindings.math.add(1, 2);\n" });
    for (const argv of [["generate"], ["check"], ["typecheck", "good.ts"], ["typecheck", "gone.ts"]]) {
      const value = await printed(argv, root);
      expectToFit(report, value);
      expect(value["version"]).toBe(1);
    }
    write("bad.ts", "SecureExec.bindings.math.ad(1);\nconst n: string = 1;\n");
    const wrong = await printed(["typecheck", "bad.ts"], root);
    expectToFit(report, wrong);
    expect(wrong["diagnostics"]).not.toEqual([]);
    write("bindings.ts", files["bindings.ts"].replace("add:", "then:"));
    expectToFit(report, await printed(["check"], root));
    write("bindings.ts", files["bindings.ts"].replace("add:", "sum:"));
    expectToFit(report, await printed(["check"], root));
    write("bindings.config.ts", "export default {};");
    expectToFit(report, await printed(["check"], root));
  });

  it("refuses what it does not describe", () => {
    const good = { version: 1, ok: true, diagnostics: [], files: [] };
    expect(report(good)).toBe(true);
    expect(report({ ...good, version: 2 })).toBe(false);
    expect(report({ ...good, more: 1 })).toBe(false);
    expect(report({ ...good, files: [{ path: "a", status: "gone" }] })).toBe(false);
  });
});

describe("the schema of comparisons", () => {
  it("holds for diff, with scripts, and when nothing could be compared", async () => {
    const { root, write, path } = project({ ...files, "a.ts": "SecureExec.bindings.math.add(1, 2);\n" });
    await isobind(["generate"], { cwd: root });
    write("old.json", readFileSync(path("generated/contract.json"), "utf8"));
    const argv = ["diff", "--against", "old.json"];
    expectToFit(comparison, await printed(argv, root));
    write(
      "bindings.ts",
      files["bindings.ts"].replace("add: (a: number, b: number)", "sum: (a: number)").replace("a + b", "a"),
    );
    const changed = await printed([...argv, "--scripts", "a.ts"], root);
    expectToFit(comparison, changed);
    expect(changed).toMatchObject({
      verdict: "major",
      contracts: [
        { impact: { broken: [{ file: "a.ts", breaks: [{ cause: expect.anything() as unknown }] }] } },
      ],
    });
    expectToFit(comparison, await printed(["diff", "--against", "nothing-of-the-kind"], root));
  });
});
