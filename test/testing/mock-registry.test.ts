import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { defineRegistry } from "../../src/registry/define-registry.ts";
import type { BindingFunction, Registry } from "../../src/model/registry.ts";
import { createSandbox, type RunResult, type SandboxOptions } from "../../src/runtime/index.ts";
import { mockRegistry, TestingError, throws } from "../../src/testing/index.ts";
import { contract, declarationText } from "./orders.ts";

const source = `export default await SecureExec.bindings.orders.find("a7");`;

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function run(registry: Registry, script: string, options: SandboxOptions = {}): Promise<RunResult> {
  const sandbox = await createSandbox({ registry, isolation: "none", errors: "mask", ...options });
  open.push(sandbox);
  return sandbox.run(script);
}

function call(registry: Registry, name: string): BindingFunction {
  const leaf = registry.leaves.find((one) => one.name === name);
  if (leaf === undefined) throw new Error(`no leaf ${name}`);
  return leaf.call;
}

/** The code and the message of what a function throws. */
function refusal(action: () => unknown): [code: string, message: string] {
  try {
    action();
  } catch (error) {
    if (error instanceof TestingError) return [error.code, error.message];
    throw error;
  }
  throw new Error("nothing was thrown");
}

const rangeError = { kind: "error", name: "RangeError", properties: [] };

/** A leaf as `contract.json` has it. */
function leafOf(
  name: string,
  parameters: readonly object[],
  result: object,
  throws: readonly object[] = [],
): object {
  const typeParameters = [{ name: "T" }];
  const named = parameters.map((shape, at) => ({ name: `p${at}`, quantity: "one", shape }));
  const signatures = [{ mode: "sync", typeParameters, parameters: named, result }];
  return { kind: "leaf", name, path: [name], signatures, policy: {}, throws };
}

function contractOf(members: readonly object[]): object {
  const root = { kind: "namespace", name: "", path: [], members };
  return { isobind: 1, style: "contract", root, declarations: [] };
}

describe("mockRegistry", () => {
  it("answers with values of the declared types", async () => {
    const result = await run(mockRegistry(contract), source);
    expect(result).toMatchObject({ status: "ok", exports: { default: { total: expect.any(Number) } } });
  });

  it("gives the same call the same answer, in any order and in any registry of the same seed", async () => {
    const one = mockRegistry(contract, { seed: 7 });
    const other = mockRegistry(contract, { seed: 7 });
    await call(other, "orders.find")("b");
    const answer: unknown = await call(one, "orders.find")("a");
    expect(await call(other, "orders.find")("a")).toEqual(answer);
    expect(await call(one, "orders.find")("a")).toEqual(answer);
    expect(await call(one, "orders.find")("b")).not.toEqual(answer);
    expect(await call(mockRegistry(contract, { seed: 8 }), "orders.find")("a")).not.toEqual(answer);
  });

  it("answers as pinned: seeds in bug reports go on meaning what they meant", async () => {
    expect(await call(mockRegistry(contract), "orders.find")("a7")).toEqual({
      id: "id 38",
      total: 27,
      placed: new Date("2026-01-25"),
    });
  });

  it("takes overrides: a function, a value, and leaves the rest to the types", async () => {
    const mock = mockRegistry(contract, {
      overrides: { orders: { find: (id: string) => ({ id, total: 12, placed: new Date(0) }), count: 3 } },
    });
    const script = `const { orders, greet } = SecureExec.bindings;
      export default [(await orders.find("a7")).id, orders.count(), typeof greet("Ada")];`;
    expect(await run(mock, script)).toMatchObject({ exports: { default: ["a7", 3, "string"] } });
  });

  it("holds overrides to the declared types", async () => {
    const mock = mockRegistry(contract, { overrides: { orders: { count: () => "three" } } });
    const result = await run(mock, `SecureExec.bindings.orders.count();`);
    expect(result).toMatchObject({ error: { code: "ERR_BINDING_INVALID_RESULT" } });
  });

  it("holds arguments to the contract, and logs no call that was refused", async () => {
    const mock = mockRegistry(contract);
    const result = await run(mock, `await SecureExec.bindings.orders.find(7);`);
    expect(result).toMatchObject({
      error: {
        code: "ERR_BINDING_INVALID_ARGUMENT",
        message: "orders.find, argument 1: expected string, got 7",
      },
    });
    expect(mock.calls).toEqual([]);
  });

  it("logs calls with their results and errors, per binding too, until it is emptied", async () => {
    const mock = mockRegistry(contract, {
      overrides: { orders: { count: 3, find: throws("NotFoundError") } },
    });
    await run(
      mock,
      `const { orders } = SecureExec.bindings;
       orders.count();
       await orders.find("a7").catch(() => {});`,
    );
    expect(mock.calls).toMatchObject([
      { name: "orders.count", args: [], result: 3 },
      { name: "orders.find", args: ["a7"], error: { name: "NotFoundError" } },
    ]);
    expect(mock.callsTo("orders.find")).toHaveLength(1);
    mock.reset();
    expect(mock.calls).toEqual([]);
  });

  it("throws declared errors on demand, with their declared data, through a host that masks errors", async () => {
    const mock = mockRegistry(contract, {
      overrides: {
        orders: {
          find: async (id: string) =>
            id === "gone" ? throws("NotFoundError", { id, message: "it is gone" }) : throws("NotFoundError"),
        },
      },
    });
    const script = `const told = [];
      for (const id of ["a7", "gone"]) {
        await SecureExec.bindings.orders.find(id).catch(({ name, message, id }) => told.push({ name, message, id }));
      }
      export default told;`;
    const id: unknown = expect.stringMatching(/^id \d+$/);
    expect(await run(mock, script)).toMatchObject({
      exports: {
        default: [
          { name: "NotFoundError", message: "when there is no such order", id },
          { name: "NotFoundError", message: "it is gone", id: "gone" },
        ],
      },
    });
  });

  it("refuses an error that is not declared, at once where it can", async () => {
    const never = throws("NotFoundErorr");
    expect(refusal(() => mockRegistry(contract, { overrides: { orders: { find: never } } }))).toEqual([
      "ERR_TESTING_OVERRIDE",
      "`orders.find` does not declare the error `NotFoundErorr`. Did you mean `NotFoundError`? It declares `NotFoundError`: `@throws {NotFoundErorr}` in the definition would.",
    ]);
    const later = mockRegistry(contract, { overrides: { orders: { count: () => throws("RangeError") } } });
    expect(refusal(() => call(later, "orders.count")())[1]).toContain("It declares no errors");
  });

  it("refuses an option that it does not have", () => {
    expect(refusal(() => mockRegistry(contract, { override: { orders: {} } } as object))).toEqual([
      "ERR_TESTING_OVERRIDE",
      "mockRegistry: there is no option `override`. Did you mean `overrides`?",
    ]);
  });

  it("refuses an override of no binding, with the nearest", () => {
    expect(refusal(() => mockRegistry(contract, { overrides: { orders: { fnid: 1 } } }))).toEqual([
      "ERR_TESTING_OVERRIDE",
      "There is no binding `orders.fnid` to override. Did you mean `orders.find`?",
    ]);
    expect(refusal(() => mockRegistry(contract, { overrides: { orders: 1 } }))[1]).toContain(
      "is a namespace",
    );
  });

  const odd = contractOf([
    leafOf("fail", [], { kind: "never" }, [{ name: "RangeError", description: "always", shape: rangeError }]),
    leafOf("stop", [], { kind: "never" }),
    leafOf("same", [{ kind: "parameter", name: "T" }], { kind: "parameter", name: "T" }),
  ]);

  it("gives a function that never returns its first declared error, or says that it has no mock", () => {
    const mock = mockRegistry(odd);
    expect(() => call(mock, "fail")()).toThrow(
      expect.objectContaining({ name: "RangeError", message: "always" }),
    );
    expect(refusal(() => call(mock, "stop")())).toEqual([
      "ERR_TESTING_NO_VALUE",
      "`stop` has no mock: its type has no values. Say in `overrides` what it answers.",
    ]);
  });

  it("gives back what a generic function that returns its argument was passed", () => {
    expect(call(mockRegistry(odd), "same")({ a: 1 })).toEqual({ a: 1 });
  });

  it("fits the declaration it was generated with, in this process and in worker processes", async () => {
    for (const isolation of ["none", "process"] as const) {
      const mock = mockRegistry(contract);
      const result = await run(mock, source, { isolation, declaration: declarationText });
      expect(result.status).toBe("ok");
      expect(mock.callsTo("orders.find")).toHaveLength(1);
    }
  });

  it("may be loaded into the workers", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-mock-"));
    writeFileSync(join(folder, "contract.json"), JSON.stringify(contract));
    const registryModule = pathToFileURL(join(folder, "registry.mjs"));
    const testing = pathToFileURL(join(import.meta.dirname, "../../src/testing/index.ts")).href;
    writeFileSync(
      registryModule,
      `import { mockRegistry } from ${JSON.stringify(testing)};
      export default mockRegistry(new URL("contract.json", import.meta.url));`,
    );
    const sandbox = await createSandbox({ registryModule, placement: "worker", isolation: "process" });
    open.push(sandbox);
    const answer: unknown = await call(mockRegistry(contract), "orders.find")("a7");
    expect(await sandbox.run(source)).toMatchObject({ status: "ok", exports: { default: answer } });
  });

  it("is frozen", () => {
    expect(Object.isFrozen(mockRegistry(contract))).toBe(true);
  });
});

describe("where the types come from", () => {
  const folder = mkdtempSync(join(tmpdir(), "isobind-mock-"));
  const file = join(folder, "contract.json");
  const declaration = join(folder, "secure-exec.d.ts");
  writeFileSync(file, JSON.stringify(contract));
  writeFileSync(declaration, declarationText);

  it.each([
    ["the path of a contract.json", file],
    ["its URL", pathToFileURL(file)],
    ["its URL as a text", pathToFileURL(file).href],
    ["the path of the declaration beside it", declaration],
    ["the content", contract],
    ["a module of the content", { default: contract }],
    ["a registry", mockRegistry(contract)],
  ])("%s", async (_, given) => {
    const answer: unknown = await call(mockRegistry(contract), "orders.find")("a7");
    expect(await call(mockRegistry(given), "orders.find")("a7")).toEqual(answer);
  });

  it("never calls the functions of a registry", async () => {
    const registry = { ...mockRegistry(contract) };
    const leaves = registry.leaves.map((leaf) => ({
      ...leaf,
      call: () => {
        throw new Error("called");
      },
    }));
    expect(await call(mockRegistry({ ...registry, leaves }), "orders.find")("a7")).toHaveProperty("total");
  });

  it.each([
    ["another object", {}, "the contract cannot be used: This is not a contract of isobind."],
    [
      "a file that is not there",
      join(folder, "none.json"),
      `\`${join(folder, "none.json")}\` cannot be read: there is no file of that name.`,
    ],
    [
      "a registry without types",
      defineRegistry({ a: { b: () => 1 }, c: () => 2 }),
      "This registry says nothing of the types of `a.b`, `c`: it was made without a contract. Give a `contract.json`, or overrides for each.",
    ],
  ])("refuses %s", (_, given, message) => {
    expect(refusal(() => mockRegistry(given))).toEqual(["ERR_TESTING_CONTRACT", message]);
  });

  it("refuses a declaration without its contract, and one of another contract", () => {
    const alone = join(mkdtempSync(join(tmpdir(), "isobind-mock-")), "secure-exec.d.ts");
    writeFileSync(alone, declarationText);
    expect(refusal(() => mockRegistry(alone))[1]).toContain("`contract.json` must lie beside");
    const other = JSON.parse(readFileSync(file, "utf8")) as { root: { members: unknown[] } };
    other.root.members.pop();
    writeFileSync(join(alone, "../contract.json"), JSON.stringify(other));
    expect(refusal(() => mockRegistry(alone))[1]).toContain("are not of one contract");
  });

  it("takes a registry without types when every binding has an override", () => {
    const mock = mockRegistry(defineRegistry({ a: () => 1 }), { overrides: { a: 2 } });
    expect(call(mock, "a")()).toBe(2);
  });
});
