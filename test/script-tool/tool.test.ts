/** The tool without a protocol: what a model is told, and what it is answered. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../src/script-tool/answer.ts";
import type { ScriptToolOptions } from "../../src/script-tool/options.ts";
import type { Progress } from "../../src/script-tool/session.ts";
import { createScriptTool, type ScriptSession, type ScriptTool } from "../../src/script-tool/tool.ts";
import { made, shop, shopFunctions, type Made } from "./shop.ts";

let generated: Made;
let tool: ScriptTool;
let session: ScriptSession;

beforeAll(async () => {
  generated = await made(shop);
  tool = await toolOf();
  session = tool.open();
});
afterAll(() => session.close());

function toolOf(options: Partial<ScriptToolOptions> = {}): Promise<ScriptTool> {
  const registry = generated.createRegistry(shopFunctions().bindings);
  return createScriptTool({ registry, contract: generated.contract, isolation: "none", ...options });
}

const run = (source: string): Promise<Answer> => session.run({ source });

describe("what a model is told", () => {
  it("is the API, with its documentation", () => {
    expect(tool.description).toContain("top-level `await`");
    expect(tool.description).toContain("/** All orders of a customer, the newest first. */");
    expect(tool.description).toContain("list(customer: string, limit?: number): Promise<Order[]>;");
    expect(tool.omitted).toEqual([]);
  });

  it("says that types are checked where they are", async () => {
    expect(tool.description).toContain("Types are checked");
    expect((await toolOf({ typecheck: "off" })).description).not.toContain("Types are checked");
  });

  it("names the tools that find what there is no room for", async () => {
    const { description, omitted } = await toolOf({ promptTokens: 100 });
    expect(description).toContain('describe_api("');
    expect(description).toContain('search_api("');
    expect(omitted).toContain("fail");
  });

  it("is the same without documentation from a registry alone", async () => {
    const { description } = await createScriptTool({
      registry: generated.createRegistry(shopFunctions().bindings),
    });
    expect(description).toContain("list(customer: string, limit?: number): Promise<Order[]>;");
    expect(description).not.toContain("the newest first");
  });

  it("has a schema of what it hands in", () => {
    expect(tool.inputSchema).toMatchObject({
      type: "object",
      properties: { source: { type: "string" } },
      required: ["source"],
      additionalProperties: false,
    });
    expect(tool.outputSchema).toBeNull();
  });

  it("needs a registry that says what there is, and kinds that exist", async () => {
    const registry = generated.createRegistry(shopFunctions().bindings);
    await expect(createScriptTool({ registry: { ...registry, digest: null } })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
    });
    await expect(toolOf({ kinds: ["rule"] })).rejects.toThrow("no kind `rule`");
    await expect(toolOf({ resultChars: 10 })).rejects.toThrow("resultChars");
    await expect(toolOf({ limits: { wallMs: 0 } })).rejects.toThrow("wallMs");
    await expect(toolOf({ globals: { "not a name": 1 } })).rejects.toThrow("not a name");
  });
});

describe("an answer", () => {
  it("is the result in the JSON form, behind what was printed", async () => {
    const answer = await run(`
      console.log("looking");
      console.warn("slow");
      const [first] = await SecureExec.bindings.orders.list("Ada");
      export default { first, seen: new Map([[1n, new Set(["x"])]]) };`);
    expect(answer.text).toBe(
      `Printed:\nlooking\nwarn: slow\n\nResult:\n{"first":{"id":1,"customer":"Ada","placed":{"$type":"Date","value":"2026-01-02T00:00:00.000Z"}},"seen":{"$type":"Map","entries":[[{"$type":"bigint","value":"1"},{"$type":"Set","values":["x"]}]]}}`,
    );
    expect(answer).toMatchObject({ status: "ok", missing: [] });
  });

  it("is shortened, and says what is missing", async () => {
    const { text, missing } = await run(
      `export default await SecureExec.bindings.orders.list("Ada", 2_000);`,
    );
    expect(text.length).toBeLessThan(25_000);
    expect(missing).toEqual(["the result: 100 of 2000 items"]);
    expect(text).toContain("Not shown:\n- the result: 100 of 2000 items\n");
  });

  it("has the first and the last lines of a flood of them", async () => {
    const { text } = await run(`for (let at = 0; at < 20_000; at++) console.log("line " + at);`);
    expect(text).toContain("line 0\nline 1\n");
    expect(text).toMatch(/… \d+ lines? (?:is|are) left out …/);
    expect(text).toContain("line 19999\n");
    expect(text.length).toBeLessThan(25_000);
  });

  it("says that nothing was exported, and which exports are not given back", async () => {
    expect((await run("export const total = 7;")).text).toBe(
      "The script ended well and exports nothing as default.\n\nOnly the default export is given back, not total.",
    );
  });
});

describe("an error, for its script to be mended", () => {
  it("of types has every finding, with the nearest name and how a function is called, and nothing was run", async () => {
    const { status, code, text } = await run(
      `console.log("ran");\nconst rows = SecureExec.bindings.orders.lst("Ada");\nSecureExec.bindings.stock.count(7);`,
    );
    expect([status, code]).toEqual(["error", "ERR_SCRIPT_TYPES"]);
    expect(text).toContain("script.ts:2:");
    expect(text).toContain("Did you mean `list`?");
    expect(text).toContain("script.ts:3:");
    expect(text).toContain("count(article: string): number");
    expect(text).not.toContain("Printed");
    expect(text).not.toContain("isobind explain");
  });

  it("of an argument shows the line, what was expected, and the whole call", async () => {
    const { text } = await run(`const article: any = 7;\nSecureExec.bindings.stock.count(article);`);
    expect(text).toContain("2 | SecureExec.bindings.stock.count(article);");
    expect(text).toContain("expected string, got 7");
    expect(text).toContain("count(article: string): number;");
  });

  it("of syntax has its place", async () => {
    const { status, text } = await run("const a = ;");
    expect(status).toBe("error");
    expect(text).toContain("script.ts:1:11");
  });

  it("names a call that nobody awaits", async () => {
    const { code, text } = await run(`const late: any = () => SecureExec.bindings.wait();\nlate();`);
    expect(code).toBe("ERR_SCRIPT_DETACHED");
    expect(text).toContain("script.ts:1:");
    // In the words in which the check before the run names it, where types can tell.
    const words = (statement: string): string =>
      `gives a promise, and nothing waits for it in \`${statement}\`. Write \`await\` before it,`;
    expect(text).toContain(words("late();"));
    expect((await run("SecureExec.bindings.wait();")).text).toContain(words("SecureExec.bindings.wait();"));
  });

  it("of a call that is no call says what was expected", async () => {
    expect((await session.run({ sorce: "1" })).text).toBe(
      "error [ERR_SANDBOX_OPTION]: There is no `sorce`. Did you mean `source`? The script was not run.",
    );
    expect((await session.run({ source: 7 })).status).toBe("refused");
    expect((await session.run({ source: "", input: { $type: "Dat" } })).text).toContain("unknown `$type`");
    expect((await session.run([])).status).toBe("refused");
  });

  it("is no longer than a result, whatever a script throws, names or is written like", async () => {
    const sources = [
      `throw new Error("x".repeat(3_000_000));`,
      `throw new AggregateError(Array.from({ length: 90 }, () => new Error("y".repeat(9_000))), "many");`,
      `const text: number = "${"z".repeat(200_000)}";`,
      Array.from({ length: 3_000 }, (_, at) => `const a${at}: number = "text";`).join("\n"),
      `export const ${"k".repeat(50_000)} = 1;`,
    ];
    for (const source of sources) {
      const { text, code = "" } = await run(source);
      expect(text.length, `${source.slice(0, 40)} ${code}`).toBeLessThan(21_000);
    }
  });

  it("of the host names none of its files", async () => {
    const faults: unknown[] = [];
    const broken = (await toolOf({ isolation: "process", execPath: "/srv/secret/node" })).open();
    const answer = await broken.run({ source: "" }, { onFault: (error) => faults.push(error) });
    await broken.close();
    expect(answer.status).toBe("crashed");
    expect(answer.text).not.toContain("/srv");
    expect(JSON.stringify(answer)).not.toContain("/srv");
    expect(faults).toHaveLength(1);
  });
});

describe("a run", () => {
  it("tells of lines and calls as they happen", async () => {
    const { bindings, gate } = shopFunctions();
    const own = (await toolOf({ registry: generated.createRegistry(bindings) })).open();
    const heard: Progress[] = [];
    const running = own.run(
      { source: `console.log("a"); await SecureExec.bindings.wait(); SecureExec.bindings.stock.count("x");` },
      { onProgress: (progress) => heard.push(progress) },
    );
    await gate.called;
    expect(heard).toEqual([
      { kind: "console", level: "log", text: "a" },
      { kind: "call", name: "wait", state: "started" },
    ]);
    gate.open();
    await running;
    expect(heard.slice(2).map((one) => "state" in one && one.state)).toEqual(["done", "started", "done"]);
    await own.close();
  });

  it("is told of its own lines only", async () => {
    const heard: string[][] = [[], []];
    await Promise.all(
      heard.map((mine, at) =>
        session.run(
          { source: `console.log(${at});` },
          { onProgress: (progress) => progress.kind === "console" && mine.push(progress.text) },
        ),
      ),
    );
    expect(heard).toEqual([["0"], ["1"]]);
  });

  it("ends with its signal, and with its session", async () => {
    for (const how of ["signal", "close"] as const) {
      const { bindings, gate } = shopFunctions();
      const own = (await toolOf({ registry: generated.createRegistry(bindings) })).open();
      const controller = new AbortController();
      const running = own.run({ source: "await SecureExec.bindings.wait();" }, { signal: controller.signal });
      await gate.called;
      if (how === "signal") controller.abort();
      else await own.close();
      expect(await running).toMatchObject({ status: "aborted", code: "ERR_SANDBOX_ABORTED" });
      await own.close();
      expect((await own.run({ source: "" })).status).toBe("crashed");
    }
  });
});

describe("a binding that needs an approval", () => {
  const source = `
    const code = await SecureExec.bindings.orders.refund(7).then(() => "done", (error) => error.code);
    export default [code, (await SecureExec.bindings.orders.list("Ada", 1)).length];`;

  it.each([
    ["yes", async () => true, "done"],
    ["a yes at once", () => true, "done"],
    ["no", async () => false, "ERR_BINDING_APPROVAL"],
    ["something that is no yes", async () => "no" as unknown as boolean, "ERR_BINDING_APPROVAL"],
    [
      "an error",
      async () => {
        throw new Error("the phone is off");
      },
      "ERR_BINDING_APPROVAL",
    ],
    ["nobody", undefined, "ERR_JOURNAL_REQUIRED"],
  ])("answered with %s", async (_, approve, code) => {
    for (const errors of ["show", "mask"] as const) {
      const { bindings, refunded } = shopFunctions();
      const registry = generated.createRegistry(bindings);
      const asked: unknown[] = [];
      const own = (
        await toolOf({
          registry,
          errors,
          typecheck: "off",
          ...(approve && {
            approve(call) {
              asked.push([call.name, call.args]);
              return approve();
            },
          }),
        })
      ).open();
      const { result } = await own.run({ source });
      await own.close();
      expect(result).toEqual([code, 1]);
      expect(refunded).toEqual(code === "done" ? [7] : []);
      expect(asked).toEqual(approve ? [["orders.refund", [7]]] : []);
    }
  });

  it("is kept with its answer while there is no room to go on, and then goes on where it was", async () => {
    const { bindings, refunded, gate } = shopFunctions();
    const own = (
      await toolOf({
        registry: generated.createRegistry(bindings),
        typecheck: "off",
        isolation: "process",
        workers: 1,
        queueMax: 1,
      })
    ).open();
    try {
      const asked = await own.run({ source }, { canAsk: true });
      const id = asked.question?.id ?? "";
      const held = [1, 2].map(() => own.run({ source: "await SecureExec.bindings.wait();" }));
      await gate.called;
      const yes = { id, answer: (call: number) => ({ call, approved: true }) };
      const full = await own.run({ source }, { canAsk: true, reply: yes });
      expect(full).toMatchObject({ code: "ERR_SANDBOX_BUSY" });
      expect(full.text).toContain("hand in the same script again");
      expect(refunded).toEqual([]);
      gate.open();
      await Promise.all(held);
      expect(await own.run({ source }, { canAsk: true })).toMatchObject({ result: ["done", 1] });
      expect(refunded).toEqual([7]);
      // It is another run from here on, and asks anew.
      expect((await own.run({ source }, { canAsk: true })).status).toBe("suspended");
    } finally {
      gate.open();
      await own.close();
    }
  });

  it("is refused a synchronous answer that is a promise", async () => {
    const marked = await made(`export interface Bindings { /** @approval */ pay(): string }`);
    const registry = marked.createRegistry({ pay: () => "paid" });
    for (const [approve, expected] of [
      [() => true, '"paid"'],
      [async () => true, "ERR_BINDING_APPROVAL"],
    ] as const) {
      const own = (
        await createScriptTool({
          registry,
          contract: marked.contract,
          isolation: "none",
          typecheck: "off",
          approve,
        })
      ).open();
      const { text } = await own.run({ source: "export default SecureExec.bindings.pay();" });
      await own.close();
      expect(text).toContain(expected);
    }
  });

  it("cannot be asked for where workers call functions themselves", async () => {
    const given = { isolation: "process", placement: "worker", approve: () => true } as const;
    await expect(toolOf(given)).rejects.toThrow("approve");
  });

  it("keeps the hook of its owner", async () => {
    const seen: string[] = [];
    const own = (
      await toolOf({
        typecheck: "off",
        approve: () => true,
        onCall(call, next) {
          seen.push(call.name);
          return next();
        },
      })
    ).open();
    await own.run({ source });
    await own.close();
    expect(seen).toEqual(["orders.refund", "orders.list"]);
  });
});
