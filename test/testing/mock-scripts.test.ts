import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { mockInput, mockRegistry, mockScripts, throws } from "../../src/testing/index.ts";
import { registryOf } from "../queue/registry.ts";
import { contract } from "./orders.ts";

const folder = mkdtempSync(join(tmpdir(), "isobind-mock-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** The file of a script. */
function script(text: string): string {
  const file = join(folder, `script-${++count}.mjs`);
  writeFileSync(file, text);
  return file;
}

const find = `export default await SecureExec.bindings.orders.find("a7");`;

describe("mockScripts", () => {
  it("runs a script in this process, with mocks and their log", async () => {
    const mocks = mockScripts(contract, {
      overrides: { orders: { find: (id: string) => ({ id, total: 12, placed: new Date(0) }) } },
    });
    const { default: order } = await mocks.run(script(find));
    expect(order).toEqual({ id: "a7", total: 12, placed: new Date(0) });
    expect(mocks.callsTo("orders.find")).toHaveLength(1);
    expect("SecureExec" in globalThis).toBe(false);
  });

  it("begins anew with every run, one after the other, and takes a URL", async () => {
    const mocks = mockScripts(contract);
    const file = script(`export default input; export const bindings = SecureExec.bindings;`);
    const runs = [1, 2].map((input) => mocks.run(pathToFileURL(file), { input }));
    const [one, two] = await Promise.all(runs);
    expect([one?.["default"], two?.["default"]]).toEqual([1, 2]);
    expect(one?.["bindings"]).not.toBe(two?.["bindings"]);
    expect(Object.isFrozen(one?.["bindings"])).toBe(true);
  });

  it("gives a frozen copy of the input and of the globals, as a sandbox does", async () => {
    const mocks = mockScripts(contract);
    const input = { rows: [{ id: 1 }], map: new Map([["a", { id: 1 }]]), bytes: new Uint8Array(1) };
    for (const text of ["input.more = 1;", "input.rows[0].id = 2;", "input.rows.push(1);"])
      await expect(mocks.run(script(text), { input }), text).rejects.toThrow(TypeError);
    const fine =
      "input.map.get('a').id = 2; input.bytes[0] = 1; export default [input.map.get('a').id, input.bytes[0]];";
    expect((await mocks.run(script(fine), { input })).default).toEqual([2, 1]);
    input.rows.push({ id: 2 });
    expect(input).toEqual({
      rows: [{ id: 1 }, { id: 2 }],
      map: new Map([["a", { id: 1 }]]),
      bytes: new Uint8Array(1),
    });
    await expect(mocks.run(script("export default 1;"), { input: { f() {} } })).rejects.toMatchObject({
      code: "ERR_BINDING_NOT_CLONABLE",
    });
  });

  it("holds arguments, answers and errors to the contract as a sandbox does", async () => {
    const mocks = mockScripts(contract, {
      overrides: { orders: { find: (id: string) => (id === "gone" ? throws("NotFoundError") : 7) } },
    });
    const run = (argument: string): Promise<unknown> =>
      mocks.run(script(`export default await SecureExec.bindings.orders.find(${argument});`));
    await expect(run("7")).rejects.toMatchObject({ code: "ERR_BINDING_INVALID_ARGUMENT" });
    await expect(run("() => 7")).rejects.toMatchObject({ code: "ERR_BINDING_NOT_CLONABLE" });
    await expect(run("'a7'")).rejects.toMatchObject({ code: "ERR_BINDING_INVALID_RESULT" });
    await expect(run("'gone'")).rejects.toMatchObject({ name: "NotFoundError" });
  });

  it("shows where the script has made a call that fails", async () => {
    const overrides = { orders: { find: () => throws("NotFoundError") } };
    const mocks = mockScripts(contract, { overrides });
    const file = script(
      "const a = 1;\nconst get = () => SecureExec.bindings.orders.find('a');\nawait get();",
    );
    const { stack } = await mocks.run(file).then(
      () => ({ stack: "ended well" }),
      (error: unknown) => error as Error,
    );
    expect(stack).toMatch(/^NotFoundError: .*\n {4}at get \(.*script-\d+\.mjs.*:2:\d+\)\n/);
    expect(stack).not.toContain("host-bindings");
  });

  it("calls what needs an approval: a test has nobody to ask", async () => {
    const pay = { mode: "async", policy: { approval: true }, call: () => "not called" } as const;
    const mocks = mockScripts(registryOf("sha256-1", { pay }), { overrides: { pay: "paid" } });
    const { default: said } = await mocks.run(script("export default await SecureExec.bindings.pay();"));
    expect(said).toBe("paid");
  });

  it("gives back what a script throws, and says where a script is looked for", async () => {
    const mocks = mockScripts(contract);
    await expect(mocks.run(script("throw new RangeError('mine')"))).rejects.toThrow(RangeError);
    await expect(mocks.run("nowhere.ts")).rejects.toMatchObject({ code: "ERR_TESTING_SCRIPT" });
  });

  it("says what a script lacks that a CommonJS package takes for no module", () => {
    const at = mkdtempSync(join(folder, "commonjs-"));
    writeFileSync(join(at, "package.json"), `{ "type": "commonjs" }`);
    writeFileSync(join(at, "one.ts"), "export default 1;");
    const testing = new URL("../../src/testing/index.ts", import.meta.url).href;
    // As a test of Node's own runner has it: Vitest reads modules by itself.
    const program = `import { mockScripts } from ${JSON.stringify(testing)};
      await mockScripts(${JSON.stringify(contract)}).run("one.ts").catch(({ code, message }) => console.log(code, message));`;
    const args = ["--no-warnings", "--input-type=module", "--eval", program];
    const told = execFileSync(process.execPath, args, { cwd: at, encoding: "utf8" });
    expect(told).toContain("ERR_TESTING_SCRIPT The script `");
    expect(told).toContain('Its package.json says `"type": "commonjs"`, and scripts are modules: put a');
    writeFileSync(join(at, "one.ts"), "throw new SyntaxError('mine');");
    expect(execFileSync(process.execPath, args, { cwd: at, encoding: "utf8" })).toBe("undefined mine\n");
  });

  it("gives the globals that the definition lists, and holds input and result to the kind", async () => {
    const root = join(import.meta.dirname, "../../fixtures/valid");
    const typed = mockScripts(join(root, "globals-contract/expected/contract.json"), {
      globals: { region: "us" },
    });
    const { default: region } = await typed.run(script("export default region;"));
    expect(region).toBe("us");
    expect("region" in globalThis).toBe(false);
    const kinds = mockScripts(join(root, "script-contract/expected/contract.json"));
    const wrong = kinds.run(script("export default 1;"), { input: { month: 1 } });
    await expect(wrong).rejects.toMatchObject({ code: "ERR_SCRIPT_RESULT" });
    const echo = script("export default null; export const given = { ...input };");
    for (const seed of [0, 7]) {
      const mocks = mockScripts(kinds.registry, { seed });
      expect((await mocks.run(echo))["given"]).toEqual(mockInput(kinds.registry, { seed }));
    }
    await expect(kinds.run(script("export default null;"), { input: {} })).rejects.toMatchObject({
      code: "ERR_SCRIPT_INPUT",
    });
  });

  it("runs no script as another kind than its line names, as a sandbox does not", async () => {
    const root = join(import.meta.dirname, "../../fixtures/valid");
    const mocks = mockScripts(join(root, "script-kinds/expected/contract.json"));
    const rule = script(`// @script rule\nexport default { allow: input.cents < 100, because: "" };`);
    await expect(mocks.run(rule, { kind: "cleanup" })).rejects.toMatchObject({
      code: "ERR_REGISTRY_MISMATCH",
      message: expect.stringMatching(
        /^The script is written as a `rule`, and it was run as a `cleanup`\. \(.*:1:1/s,
      ) as string,
    });
    const { default: ruled } = await mocks.run(rule, { kind: "rule", input: { cents: 7 } });
    expect(ruled).toEqual({ allow: true, because: "" });
  });
});

describe("a folder of one kind", () => {
  it.each(["../generated/tsconfig.scripts.rule.json", "@acme/scripts/tsconfig.rule.json"])(
    "is known by its tsconfig.json, which extends %s",
    async (extended) => {
      const rules = mkdtempSync(join(folder, "rules-"));
      writeFileSync(join(rules, "tsconfig.json"), JSON.stringify({ extends: extended, include: ["."] }));
      const file = join(rules, "limit.mjs");
      writeFileSync(file, `export default { allow: input.cents < 100, because: "" };`);
      const valid = join(import.meta.dirname, "../../fixtures/valid");
      const mocks = mockScripts(join(valid, "script-kinds/expected/contract.json"));
      const given = await mocks.run(file, { input: { cents: 7 } });
      expect(given.default).toEqual({ allow: true, because: "" });
      await expect(mocks.run(file, { input: {} })).rejects.toThrow("input of the kind `rule`, at .cents");
      await expect(mocks.run(file, { kind: "cleanup", input: 7 })).rejects.toThrow(
        "input of the kind `cleanup`",
      );
    },
  );
});

describe("what a test says by mistake", () => {
  it.each([
    [
      "export default null;",
      { kind: "clenup" },
      "There is no kind of script `clenup`. Did you mean `cleanup`?",
    ],
    ["// @script clenup\nexport default null;", {}, "There is no kind of script `clenup`."],
  ])("is refused: a kind that does not exist, in %j with %j", async (source, options, told) => {
    const valid = join(import.meta.dirname, "../../fixtures/valid");
    const mocks = mockScripts(join(valid, "script-kinds/expected/contract.json"));
    await expect(mocks.run(script(source), options)).rejects.toThrow(told);
    const untyped = mockScripts(contract);
    if (!("kind" in options)) expect(await untyped.run(script(source))).toMatchObject({ default: null });
    else await expect(untyped.run(script(source), options)).rejects.toThrow("There is no kind");
  });

  it("is refused: an option that it does not have", () => {
    expect(() => mockScripts(contract, { sed: 1 } as object)).toThrow(
      "mockScripts: there is no option `sed`. Did you mean `seed`?",
    );
    expect(() => mockScripts(contract, null as never)).toThrow("mockScripts: expected an object of options.");
  });

  it("is refused: what belongs to a run, where mocks are made, and what a run has not", async () => {
    for (const name of ["input", "kind"])
      expect(() => mockScripts(contract, { [name]: 1 } as object)).toThrow(
        `\`mocks.run(file, { ${name}: … })\`.`,
      );
    for (const name of ["globals", "overrides", "seed"])
      await expect(mockScripts(contract).run("a.ts", { [name]: {} })).rejects.toThrow(
        `run: \`${name}\` belongs to the mocks, which all runs share: \`mockScripts(contract, { ${name}: … })\`.`,
      );
    await expect(mockScripts(contract).run("a.ts", { imput: 1 } as object)).rejects.toThrow(
      "run: there is no option `imput`. Did you mean `input`?",
    );
  });

  it("is refused: calls to what no binding is called", () => {
    const mock = mockRegistry(contract);
    expect(mock.callsTo("orders.find")).toEqual([]);
    expect(() => mock.callsTo("orders.fnid")).toThrow(
      "There is no binding `orders.fnid`. Did you mean `orders.find`?",
    );
  });

  it("is refused: an answer of another type, before anything runs", () => {
    const make = (value: unknown) => () => mockRegistry(contract, { overrides: { orders: { find: value } } });
    expect(make({ id: "a7", total: "12", placed: new Date(0) })).toThrow(
      "The override of `orders.find` is of another type than its result, at .total: expected number.",
    );
    expect(make({ id: "a7", total: 12, placed: new Date(0), secret: 1 })).not.toThrow();
  });
});
