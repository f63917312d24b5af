import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { BindingFunction, BindingTree, Registry } from "../../src/model/registry.ts";
import { defineRegistry } from "../../src/registry/define-registry.ts";
import { createSandbox, type RunResult, type SandboxOptions } from "../../src/runtime/index.ts";
import { mockRegistry, record, replay, TestingError } from "../../src/testing/index.ts";
import { contract, declarationText, hostRegistry } from "./orders.ts";

const open: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function run(
  registry: Registry | BindingTree,
  script: string,
  options: SandboxOptions = {},
): Promise<RunResult> {
  const sandbox = await createSandbox({ registry, isolation: "none", ...options });
  open.push(sandbox);
  return sandbox.run(script);
}

const newFile = (): string => join(mkdtempSync(join(tmpdir(), "isobind-record-")), "orders.calls.jsonl");

function call(registry: Registry, name: string): BindingFunction {
  const leaf = registry.leaves.find((one) => one.name === name);
  if (leaf === undefined) throw new Error(`no leaf ${name}`);
  return leaf.call;
}

function refusal(action: () => unknown): [code: string, message: string] {
  try {
    action();
  } catch (error) {
    if (error instanceof TestingError) return [error.code, error.message];
    throw error;
  }
  throw new Error("nothing was thrown");
}

class NotFoundError extends RangeError {
  id = "";
  secret = "s3cret";
}

let next = 0;
const host = {
  orders: {
    find: async (id: string) => {
      if (id === "gone") throw Object.assign(new NotFoundError("no such order"), { id });
      return { id, total: 12, placed: new Date(0), secret: "s3cret" };
    },
    list: async ({ customer }: { customer: string }) => [`${customer} 1`, `${customer} 2`],
    count: () => ++next,
  },
  greet: (name: string) => `Hello, ${name}!`,
};

/** Says all that a script can see of what it is given. */
const script = `
const { orders, greet } = SecureExec.bindings;
const told = [greet("Ada"), greet("Ada"), orders.count(), orders.count()];
for (const id of await orders.list({ customer: "Ada" })) told.push(await orders.find(id));
await orders.find("gone").catch((error) =>
  told.push([error instanceof RangeError, error.name, error.message, error.id, error.secret, Object.keys(error)]),
);
export default told;`;

describe("record and replay", () => {
  it("give a script the same, in this process and in worker processes", async () => {
    const file = newFile();
    const real = await run(record(hostRegistry(host), file), script);
    expect(real.status).toBe("ok");
    for (const isolation of ["none", "process"] as const) {
      const registry = replay(file);
      const again = await run(registry, script, { isolation, declaration: declarationText, errors: "mask" });
      expect(again).toEqual({ ...real, stats: expect.anything() as unknown });
      expect(registry.callsTo("orders.find").map(({ args }) => args)).toEqual([
        ["Ada 1"],
        ["Ada 2"],
        ["gone"],
      ]);
      // Every run has its answers in order from the first on.
      expect(await run(registry, script, { isolation })).toEqual({
        ...real,
        stats: expect.anything() as unknown,
      });
    }
  });

  it("note what a script got when the time of a call was over, and not what the function gives later", async () => {
    const file = newFile();
    const held = Promise.withResolvers<string>();
    const tree = { slow: () => held.promise, release: (): void => held.resolve("too late") };
    const plain = defineRegistry(tree);
    const leaves = plain.leaves.map((leaf) =>
      leaf.name === "slow" ? { ...leaf, mode: "async" as const, policy: { timeoutMs: 5 } } : leaf,
    );
    const source = `
const { slow, release } = SecureExec.bindings;
const code = await slow().catch((error) => error.code);
release();
export default code;`;
    const real = await run(record({ ...plain, leaves }, file), source);
    expect(real).toMatchObject({ status: "ok", exports: { default: "ERR_BINDING_TIMEOUT" } });
    await held.promise;
    const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { call: 1, name: "slow", error: expect.anything() as unknown },
      { call: 2, name: "release" },
    ]);
    expect(lines[0]).toContain("ERR_BINDING_TIMEOUT");
  });

  it("note nothing of a call that was in flight when its run ended, until its function has settled", async () => {
    const file = newFile();
    const held = Promise.withResolvers<string>();
    const plain = defineRegistry({ slow: () => held.promise });
    const leaves = plain.leaves.map((leaf) => ({
      ...leaf,
      mode: "async" as const,
      policy: { timeoutMs: 60_000 },
    }));
    const sandbox = await createSandbox({ registry: record({ ...plain, leaves }, file), isolation: "none" });
    open.push(sandbox);
    const source = "void SecureExec.bindings.slow(); export default 1";
    expect(await sandbox.run(source, { onDetached: "warn" })).toMatchObject({ status: "ok" });
    held.resolve("late");
    await held.promise;
    await expect.poll(() => readFileSync(file, "utf8")).toContain("late");
    expect(readFileSync(file, "utf8")).not.toContain("ERR_BINDING_TIMEOUT");
  });

  it("writes a line for each call, readable, with what scripts got and nothing else", async () => {
    const file = newFile();
    next = 0;
    await run(record(hostRegistry(host), file), script);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain("s3cret");
    expect(text).not.toContain("    at ");
    const [head, ...lines] = text.trimEnd().split("\n");
    expect(head).toMatch(/^\{"isobind":"calls","format":1,"leaves":\[\["orders","find"\],/);
    expect(lines).toEqual([
      `{"call":1,"name":"greet","args":["Ada"],"result":"Hello, Ada!"}`,
      `{"call":2,"name":"greet","args":["Ada"],"result":"Hello, Ada!"}`,
      `{"call":3,"name":"orders.count","args":[],"result":1}`,
      `{"call":4,"name":"orders.count","args":[],"result":2}`,
      `{"call":5,"name":"orders.list","args":[{"customer":"Ada"}],"result":["Ada 1","Ada 2"]}`,
      `{"call":6,"name":"orders.find","args":["Ada 1"],"result":{"id":"Ada 1","total":12,"placed":{"$type":"Date","value":"1970-01-01T00:00:00.000Z"}}}`,
      `{"call":7,"name":"orders.find","args":["Ada 2"],"result":{"id":"Ada 2","total":12,"placed":{"$type":"Date","value":"1970-01-01T00:00:00.000Z"}}}`,
      `{"call":8,"name":"orders.find","args":["gone"],"error":{"$type":"RangeError","name":"NotFoundError","message":"no such order","data":{"id":"gone"}}}`,
    ]);
  });

  it("holds arguments to the recorded contract", async () => {
    const file = newFile();
    await run(record(hostRegistry(host), file), script);
    const result = await run(replay(file), `await SecureExec.bindings.orders.find(7);`);
    expect(result).toMatchObject({ error: { code: "ERR_BINDING_INVALID_ARGUMENT" } });
  });

  it("refuses a call that was not recorded, and names the nearest", async () => {
    const file = newFile();
    await run(record(hostRegistry(host), file), script);
    const registry = replay(file);
    expect(await run(registry, `await SecureExec.bindings.orders.find("Ada 3");`)).toMatchObject({
      error: {
        name: "TestingError",
        code: "ERR_TESTING_UNRECORDED",
        message: "`orders.find('Ada 3')` was not recorded. The nearest that was is `orders.find('Ada 1')`.",
      },
    });
    expect(registry.calls).toMatchObject([
      { name: "orders.find", error: { code: "ERR_TESTING_UNRECORDED" } },
    ]);
  });

  it("refuses a call of a binding that was never called, and one made more often than its answers differ", async () => {
    const file = newFile();
    const recording = record(hostRegistry(host), file);
    expect(refusal(() => call(replay(file), "greet")("Ada"))[1]).toBe(
      "`greet('Ada')` was not recorded. The recording holds no calls.",
    );
    call(recording, "orders.count")();
    call(recording, "orders.count")();
    const registry = replay(file);
    expect(refusal(() => call(registry, "greet")("Ada"))[1]).toBe(
      "`greet('Ada')` was not recorded. The recording has calls of `orders.count`.",
    );
    call(registry, "orders.count")();
    call(registry, "orders.count")();
    expect(refusal(() => call(registry, "orders.count")())).toEqual([
      "ERR_TESTING_UNRECORDED",
      "`orders.count()` was recorded 2 times, and this run makes it once more.",
    ]);
  });

  it("knows a call again however its object's keys are ordered", async () => {
    const file = newFile();
    const since = new Date(0);
    await call(record(hostRegistry(host), file), "orders.list")({ customer: "Ada", since });
    expect(await call(replay(file), "orders.list")({ since, customer: "Ada" })).toEqual(["Ada 1", "Ada 2"]);
  });

  it("keeps the order of calls, not of answers", async () => {
    const file = newFile();
    const waiting: ((value: number) => void)[] = [];
    const tree = { later: () => new Promise<number>((resolve) => waiting.push(resolve)) };
    const recording = record(tree, file);
    const answers = [call(recording, "later")(), call(recording, "later")()];
    waiting[1]?.(2);
    await answers[1];
    waiting[0]?.(1);
    await answers[0];
    const registry = replay(file);
    expect([call(registry, "later")(), call(registry, "later")()]).toEqual([1, 2]);
  });

  it("works without types, and records what an undeclared error shows, or not", async () => {
    const file = newFile();
    const tree = {
      fails: () => {
        throw Object.assign(new Error("no, /home/me/secret is not there"), {
          code: "ENOENT",
          pass: "s3cret",
        });
      },
    };
    const failing = `export default await (async () => SecureExec.bindings.fails())().catch(({ message, code }) => [message, code]);`;
    const real = await run(record(tree, file), failing);
    expect(await run(replay(file), failing)).toMatchObject({
      exports: real.status === "ok" ? real.exports : {},
    });
    expect(readFileSync(file, "utf8")).not.toMatch(/s3cret|home/);
    expect(() => call(record(tree, file, { errors: "mask" }), "fails")()).toThrow("no, /home/me/secret");
    expect(readFileSync(file, "utf8")).toContain("ERR_BINDING_FAILED");
    expect(readFileSync(file, "utf8")).not.toContain("ENOENT");
  });

  it("notes what cannot cross as the error that the script gets", async () => {
    const file = newFile();
    const tree = { bad: () => ({ f: () => 1 }) };
    call(record(tree, file), "bad")();
    expect(() => call(replay(file), "bad")()).toThrow(
      expect.objectContaining({ code: "ERR_BINDING_NOT_CLONABLE" }),
    );
  });

  it("takes arguments before the function can change them", () => {
    const file = newFile();
    call(record({ clear: (list: number[]) => list.splice(0).length }, file), "clear")([1, 2]);
    expect(call(replay(file), "clear")([1, 2])).toBe(2);
  });

  it("calls a thenable once, and leaves a promise of a synchronous function to the runtime", async () => {
    const file = newFile();
    let times = 0;
    const lazy = { then: (resolve: (value: number) => void) => resolve(++times) };
    expect(await call(record({ lazy: () => lazy }, file), "lazy")()).toBe(1);
    expect(times).toBe(1);
    const early = hostRegistry({ ...host, greet: () => Promise.resolve("early") });
    expect(await run(record(early, newFile()), `SecureExec.bindings.greet("Ada");`)).toMatchObject({
      error: { code: "ERR_BINDING_MODE" },
    });
  });

  it("records mocks: a contract and a file are enough for both", async () => {
    const file = newFile();
    const real: unknown = await call(
      record(mockRegistry(contract), pathToFileURL(file)),
      "orders.find",
    )("a7");
    expect(await call(replay(pathToFileURL(file)), "orders.find")("a7")).toEqual(real);
  });

  it.each(["profiles/expected/pro", "script-contract/expected"])(
    "keeps all that a registry says: %s",
    (name) => {
      const file = newFile();
      const valid = join(import.meta.dirname, "../../fixtures/valid", name, "contract.json");
      const { leaves, calls: _, callsTo: __, reset: ___, ...known } = mockRegistry(valid);
      record(mockRegistry(valid), file);
      const replayed = replay(file);
      expect(replayed).toMatchObject(known);
      expect(Object.keys(known)).toContain(name.startsWith("profiles") ? "excluded" : "scripts");
      expect(replayed.leaves.map(({ policy, mode }) => ({ policy, mode }))).toEqual(
        leaves.map(({ policy, mode }) => ({ policy, mode })),
      );
    },
  );

  it("brings every value back that can cross and be declared", () => {
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      // A key of this name never crosses, whoever has it.
      key: fc.string().filter((key) => key !== "__proto__"),
    });
    const file = newFile();
    fc.assert(
      fc.property(value, (sent) => {
        const answer: unknown[] = [];
        try {
          answer.push(structuredClone(sent));
        } catch {
          return;
        }
        call(record({ get: () => sent }, file), "get")();
        expect(call(replay(file), "get")()).toEqual(answer[0]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the file of a recording", () => {
  it.each([
    ["that is not there", null, /cannot be read: there is no file of that name\.$/],
    ["of something else", "{}\n", /is no recording\.$/],
    [
      "of a newer version",
      `{"isobind":"calls","format":2}\n`,
      /is of format 2; this version of isobind reads format 1\.$/,
    ],
    ["whose first line is cut off", `{"isobind":"calls","format":1`, /is damaged: line 1: /],
    [
      "without its leaves",
      `{"isobind":"calls","format":1}\n`,
      /is damaged: line 1: The contract is damaged: leaves/,
    ],
    [
      "without the leaves of its contract",
      `{"isobind":"calls","format":1,"leaves":[],"namespaces":[],"contract":{}}\n`,
      /contract\.leaves should be a list/,
    ],
    [
      "whose last line was cut off",
      `{"isobind":"calls","format":1,"leaves":[["a"]],"namespaces":[[]],"contract":null}\n{"call":1,"na`,
      /is damaged: line 2 is not JSON\.$/,
    ],
    [
      "with a line that is no call",
      `{"isobind":"calls","format":1,"leaves":[["a"]],"namespaces":[[]],"contract":null}\n{"call":1,"name":"a","args":[]}\n`,
      /is damaged: line 2 is not a call\.$/,
    ],
  ])("%s is refused", (_, text, words) => {
    const file = newFile();
    if (text !== null) writeFileSync(file, text);
    const [code, message] = refusal(() => replay(file));
    expect(code).toBe("ERR_TESTING_RECORDING");
    expect(message).toMatch(words);
  });

  it("is begun anew, but never over a file that is no recording", () => {
    const file = newFile();
    call(record({ a: () => 1 }, file), "a")();
    record({ a: () => 1 }, file);
    expect(refusal(() => call(replay(file), "a")())[0]).toBe("ERR_TESTING_UNRECORDED");
    writeFileSync(file, "precious\n");
    expect(refusal(() => record({ a: () => 1 }, file))[1]).toContain("is there and is no recording");
    expect(readFileSync(file, "utf8")).toBe("precious\n");
  });

  it("that cannot be written is said at once", () => {
    const taken = newFile();
    writeFileSync(taken, "");
    const file = join(taken, "in", "none");
    expect(refusal(() => record({ a: () => 1 }, file))).toEqual([
      "ERR_TESTING_RECORDING",
      `\`${file}\` cannot be written: a file is where a folder should be.`,
    ]);
  });
});
