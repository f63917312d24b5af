/**
 * Globals that the definition lists: the host gives exactly those, each of its type, and scripts, their checker and mocks know them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { declarationOf } from "../../../src/declaration.ts";
import { parseContract } from "../../../src/model/file/deserialize.ts";
import { readHeader } from "../../../src/model/identity/header.ts";
import { createSandbox, type RunResult, type SandboxOptions } from "../../../src/runtime/index.ts";
import { createChecker } from "../../../src/scripts/index.ts";
import { mockGlobals, mockRegistry, record, replay, TestingError } from "../../../src/testing/index.ts";

const folder = join(import.meta.dirname, "../../../fixtures/valid/globals-contract/expected");
const text = readFileSync(join(folder, "contract.json"), "utf8");
const declaration = readFileSync(join(folder, "secure-exec.d.ts"), "utf8");
const contract = JSON.parse(text) as object;
const registry = mockRegistry(contract);
const rates = { base: "EUR", rates: new Map([["USD", 1.1]]) };
const given = { region: "eu", rates };

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function run(source: string, options: SandboxOptions): Promise<RunResult> {
  const sandbox = await createSandbox({ isolation: "none", ...options });
  open.push(sandbox);
  return sandbox.run(source);
}

const valueOf = (result: RunResult): unknown =>
  result.status === "ok" ? result.exports["default"] : result.error.message;

describe("globals that the definition lists", () => {
  it("are there, and what the host need not give is undefined", async () => {
    const source = `export default [region, rates.rates.get("USD"), coupon, Object.isFrozen(rates)];`;
    for (const isolation of ["none", "process"] as const) {
      const result = await run(source, { registry, globals: given, isolation, workers: 1 } as SandboxOptions);
      expect(valueOf(result)).toEqual(["eu", 1.1, undefined, true]);
    }
  });

  it("are what their types declare and nothing more", async () => {
    const globals = { ...given, rates: { ...rates, secret: 1 } };
    const result = await run(`export default Object.keys(rates);`, { registry, globals });
    expect(valueOf(result)).toEqual(["base", "rates"]);
  });

  it.each<[string, unknown, string]>([
    [
      "nothing",
      undefined,
      "globals: region and rates are missing; the definition says that every script has them.",
    ],
    ["null", null, "globals: expected an object of names and values."],
    [
      "one that is missing",
      { region: "eu" },
      "globals: rates is missing; the definition says that every script has it.",
    ],
    [
      "another name",
      { ...given, cuopon: "x" },
      "globals: cuopon is none that the definition lists; it lists region, rates, coupon. Did you mean `coupon`?",
    ],
    ["another type", { ...given, region: "asia" }, 'globals: region: expected "eu" | "us", got "asia".'],
    [
      "another type inside",
      { ...given, rates: { base: "EUR", rates: new Map([["USD", "1.1"]]) } },
      'globals: rates, at .rates.get("USD"): expected number, got "1.1".',
    ],
    [
      "all that is wrong at once",
      { reigon: "eu", cupon: "x", rates: { base: 1, rates: "none" } },
      "globals: reigon is none that the definition lists; it lists region, rates, coupon. Did you mean `region`? " +
        "cupon is none that the definition lists. Did you mean `coupon`? " +
        "region is missing; the definition says that every script has it. " +
        'rates, at .base: expected string, got 1; at .rates: expected Map<string, number>, got "none".',
    ],
    [
      "five and more",
      { ...given, a1: 1, b1: 1, c1: 1, d1: 1, e1: 1, f1: 1 },
      "e1 is none that the definition lists. And more.",
    ],
    ["a function", { ...given, coupon: () => "x" }, "globals: coupon is a function, which cannot cross."],
  ])("refuse %s with the place", async (_, globals, message) => {
    const made = createSandbox({ isolation: "none", registry, globals } as SandboxOptions);
    await expect(made).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining(message) as string,
    });
  });

  it("are known to the checker of scripts and to `typecheck` of a sandbox", async () => {
    const right = `export default region === "eu" ? rates.base : (coupon ?? "none");`;
    const wrong = `export default region.toFixed(1) + cuopon;`;
    const checker = createChecker({ contract });
    expect(checker.check(right, { filename: "a.ts" })).toEqual([]);
    const codes = checker.check(wrong, { filename: "a.ts" }).map(({ code }) => code);
    expect(codes).toEqual(["script-type", "script-type"]);
    const options = { registry, globals: given, typecheck: "error", declaration } as const;
    expect(valueOf(await run(right, options))).toBe("EUR");
    expect(await run(wrong, options)).toMatchObject({ status: "error", error: { code: "ERR_SCRIPT_TYPES" } });
  });

  it("are in a declaration that a registry is asked for, and count in its header", () => {
    const again = declarationOf(registry);
    expect(readHeader(again)).toEqual(readHeader(declaration));
    expect(again).toContain(`declare const region: SecureExec.Globals["region"];`);
    expect(parseContract(text).globals?.properties.map(({ name }) => name)).toEqual([
      "region",
      "rates",
      "coupon",
    ]);
  });

  it("refuse a declaration that says another type of one", async () => {
    const other = declaration
      .replace(/@contract sha256-\w+/u, `@contract sha256-${"0".repeat(64)}`)
      .replace(/@global region \w+/u, "@global region 0000000000000000");
    const made = createSandbox({ isolation: "none", registry, globals: given, declaration: other });
    await expect(made).rejects.toMatchObject({
      code: "ERR_REGISTRY_MISMATCH",
      message: expect.stringContaining("other types of the global `region`") as string,
    });
  });
});

describe("mockGlobals", () => {
  it("makes each of its type, the same for a seed, and takes overrides", async () => {
    const globals = mockGlobals(contract);
    expect(mockGlobals(contract)).toEqual(globals);
    expect(Object.keys(globals)).toEqual(["region", "rates", "coupon"]);
    expect(valueOf(await run(`export default region;`, { registry, globals }))).toMatch(/^(?:eu|us)$/u);
    expect(mockGlobals(contract, { overrides: { region: "us" } })["region"]).toBe("us");
    expect(mockGlobals(contract, { seed: 1 })).not.toEqual(globals);
  });

  it.each<[object, string]>([
    [{ regoin: "eu" }, "There is no global `regoin` to override. Did you mean `region`?"],
    [{ region: 1 }, 'The override of the global `region`: expected "eu" | "us", got 1.'],
    [
      { rates: { base: 1, rates: new Map() } },
      "The override of the global `rates`, at .base: expected string, got 1.",
    ],
  ])("refuses the override %j", (overrides, message) => {
    expect(() => mockGlobals(contract, { overrides })).toThrow(TestingError);
    expect(() => mockGlobals(contract, { overrides })).toThrow(message);
  });

  it("has nothing to make where the definition lists none", () => {
    const plain = join(folder, "../../read-tree/expected/contract.json");
    expect(mockGlobals(plain)).toEqual({});
  });
});

it("survive a recording", async () => {
  const { mkdtempSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const scratch = mkdtempSync(join(tmpdir(), "globals-"));
  try {
    const file = join(scratch, "calls.jsonl");
    await run(`export default SecureExec.bindings.convert(1);`, {
      registry: record(registry, file),
      globals: given,
    });
    const replayed = replay(file);
    expect(replayed.globals?.properties.map(({ name }) => name)).toEqual(["region", "rates", "coupon"]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
