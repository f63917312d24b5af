/**
 * What the definition says a script is, at run time: its input and its default export are held to it on the host's side, wherever isolates
 * are.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContractData } from "../../../src/model/registry.ts";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import { createSandbox, type RunResult, type Sandbox } from "../../../src/runtime/index.ts";

interface Row {
  cents: number;
}
interface Report {
  title: string;
  rows: readonly Row[];
}
interface ScriptTypes {
  default: { input: { month: number }; result: Report };
  rule: { result: boolean };
  note: { input?: Date; result: void };
}

const property = (name: string, shape: object): object => ({ name, shape });
const object = (...properties: readonly object[]): object => ({ kind: "object", properties });
const number = { kind: "number" };
const declarations: readonly ContractData[] = [
  { name: "Row", kind: "interface", shape: object(property("cents", number)) },
  {
    name: "Report",
    kind: "interface",
    shape: object(
      property("title", { kind: "string" }),
      property("rows", { kind: "array", readonly: true, element: { kind: "reference", name: "Row" } }),
    ),
  },
];
const registry = defineRegistry<ScriptTypes>(
  {},
  {
    digest: `sha256-${"0".repeat(64)}`,
    excessProperties: "refuse",
    declarations,
    leaves: [],
    scripts: [
      {
        name: "default",
        input: object(property("month", number)),
        result: { kind: "reference", name: "Report" },
      },
      { name: "rule", result: { kind: "boolean" } },
      {
        name: "note",
        input: { kind: "union", members: [{ kind: "builtin", name: "Date" }, { kind: "undefined" }] },
        result: { kind: "void" },
      },
    ],
  },
);

const codeOf = (result: RunResult): unknown => (result.status === "ok" ? "ok" : result.error.code);
const messageOf = (result: RunResult): string => (result.status === "ok" ? "" : result.error.message);

describe.each(["none", "process"] as const)("with isolation: %s", (isolation) => {
  let sandbox: Sandbox<ScriptTypes>;
  beforeAll(async () => void (sandbox = await createSandbox({ registry, isolation })));
  afterAll(() => sandbox.dispose());

  it("gives what fits, without what is not declared", async () => {
    const result = await sandbox.run(
      `const row = { cents: input.month, secret: 1 };
       export const more = row;
       export default { rows: [row], title: Object.keys(input).join(), made: new Date(0) };`,
      { input: { month: 3, customer: "not declared" } as { month: number } },
    );
    expect(result).toMatchObject({ status: "ok" });
    if (result.status !== "ok") return;
    expect(result.exports.default).toEqual({ title: "month", rows: [{ cents: 3 }] });
    expect(result.exports["more"]).toEqual({ cents: 3, secret: 1 });
  });

  it("ends a run whose default export is of another type, and says where", async () => {
    const input = { month: 1 };
    const wrong = await sandbox.run(`export default { title: "x", rows: [{ cents: 1 }, { cents: "2" }] };`, {
      input,
    });
    expect(codeOf(wrong)).toBe("ERR_SCRIPT_RESULT");
    expect(messageOf(wrong)).toBe(
      'The default export of the script, at .rows[1].cents: expected number, got "2".',
    );
    const none = await sandbox.run("export const title = 1;", { input });
    expect(messageOf(none)).toBe("The default export of the script: expected Report, got undefined.");
    const rule = await sandbox.run("export default 1;", { kind: "rule" });
    expect(messageOf(rule)).toBe(
      "The default export of the script of the kind `rule`: expected boolean, got 1.",
    );
    expect(rule.stats.wallMs).toBeGreaterThan(0);
  });

  it("wants no default export where the result is void", async () => {
    const result = await sandbox.run("export const made = input;", { kind: "note", input: new Date(5) });
    expect(result).toMatchObject({ status: "ok", exports: { made: new Date(5) } });
    expect(codeOf(await sandbox.run("export default 1;", { kind: "note" }))).toBe("ERR_SCRIPT_RESULT");
  });

  it("does not run with an input of another type", async () => {
    const run = (input: unknown, kind?: "note"): Promise<unknown> =>
      sandbox.run("export default input;", { input, ...(kind && { kind }) } as never);
    await expect(run({ month: "May" })).rejects.toMatchObject({
      name: "SandboxError",
      code: "ERR_SCRIPT_INPUT",
      message: 'input, at .month: expected number, got "May".',
      problems: [{ path: ".month", expected: "number", received: '"May"' }],
    });
    await expect(run(undefined)).rejects.toThrow("input: expected an object");
    await expect(run("2026-11-27", "note")).rejects.toThrow(
      'input of the kind `note`: expected Date | undefined, got "2026-11-27"',
    );
  });

  it("takes the kind from the host, and holds the script to it", async () => {
    await expect(sandbox.run("", { kind: "rul" } as never)).rejects.toThrow(
      'kind: there is no kind of script `rul`; expected "default" or "rule" or "note". Did you mean `rule`?',
    );
    const source = "// @script rule\nexport default true;";
    expect(codeOf(await sandbox.run(source, { kind: "rule" }))).toBe("ok");
    const other = await sandbox.run(source, { kind: "note", filename: "rules/one.ts" });
    expect(codeOf(other)).toBe("ERR_REGISTRY_MISMATCH");
    expect(other.status !== "ok" && other.error.stack).toContain("rules/one.ts:1:12");
    expect(messageOf(await sandbox.run(source, { input: { month: 1 } }))).toBe(
      "The script is written as a `rule`, and it was run without a `kind`.",
    );
  });

  it("spends no more on a result than on arguments of its size", async () => {
    const source = `const row = { cents: 1 };
      const rows = Array.from({ length: 1000 }, () => row);
      export default { title: "x", rows: Array.from({ length: 2000 }, () => rows).flat() };`;
    const result = await sandbox.run(source, { input: { month: 1 } });
    expect(["ERR_SCRIPT_RESULT", "ERR_SANDBOX_PAYLOAD_TOO_LARGE"]).toContain(codeOf(result));
  });
});

it("a definition that says nothing of scripts is left alone", async () => {
  await using sandbox = await createSandbox({ registry: defineRegistry({}), isolation: "none" });
  const result = await sandbox.run("// @script anything\nexport default input;", { input: "x" });
  expect(result).toMatchObject({ status: "ok", exports: { default: "x" } });
  await expect(sandbox.run("", { kind: "rule" })).rejects.toThrow(
    "kind: there is no kind of script `rule`; the definition says nothing of kinds of script.",
  );
});
