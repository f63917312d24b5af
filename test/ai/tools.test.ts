/** Scripts as a tool of the AI SDK, in the SDK's own loop with its mock model. */
import { generateText, isStepCount, streamText } from "ai";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  createScriptTools,
  type ScriptToolOutput,
  type ScriptTools,
  type ScriptToolsOptions,
} from "../../src/ai/index.ts";
import { callContext } from "../../src/registry/call-context.ts";
import { made, shop, shopFunctions, type Made } from "../script-tool/shop.ts";
import { modelOf, told } from "./model.ts";

let generated: Made;
beforeAll(async () => {
  generated = await made(shop);
});

const open: Pick<ScriptTools, "dispose">[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function toolsOf(
  options: Partial<ScriptToolsOptions> = {},
  bindings: object = shopFunctions().bindings,
): Promise<ScriptTools["tools"]> {
  const registry = generated.createRegistry(bindings);
  const scripts = await createScriptTools({
    registry,
    contract: generated.contract,
    isolation: "none",
    ...options,
  });
  open.push(scripts);
  return scripts.tools;
}

const stopWhen = isStepCount(5);

it("a model that fails mends its script from what it is told, and ends", async () => {
  const model = modelOf(
    { script: `const orders = await SecureExec.bindings.orders.lst("Ada"); export default orders.length;` },
    { script: `const orders = SecureExec.bindings.orders.list("Ada"); export default orders.length;` },
    { script: `const orders = await SecureExec.bindings.orders.list("Ada"); export default orders.length;` },
    { text: "Ada has three orders." },
  );
  const { text, steps } = await generateText({
    model,
    tools: await toolsOf(),
    stopWhen,
    prompt: "How many?",
  });
  expect(text).toBe("Ada has three orders.");
  expect(steps).toHaveLength(4);
  const [misspelt, promise, right] = told(model);
  expect(misspelt).toMatchObject({
    type: "error-text",
    value: expect.stringContaining("Did you mean `list`?"),
  });
  expect(promise).toMatchObject({ type: "error-text", value: expect.stringContaining("await") });
  expect(right).toEqual({ type: "text", value: "Result:\n3" });
});

it("the model is told the API, and what it hands in", async () => {
  const model = modelOf({ text: "done" });
  await generateText({ model, tools: await toolsOf(), prompt: "?" });
  const [tool, ...others] = model.doGenerateCalls[0]?.tools ?? [];
  expect(others).toEqual([]);
  expect(tool).toMatchObject({
    name: "run_script",
    description: expect.stringContaining("list(customer: string, limit?: number): Promise<Order[]>;"),
    inputSchema: { properties: { source: { type: "string" } }, required: ["source"] },
  });
});

it("a model has the tools of several contracts, each under names of its own", async () => {
  const registry = generated.createRegistry(shopFunctions().bindings);
  const { contract } = generated;
  const made = await Promise.all([
    createScriptTools({ registry, contract, isolation: "none", prefix: "sales_", promptTokens: 100 }),
    createScriptTools({ registry, contract, isolation: "none", prefix: "ops_" }),
  ]);
  open.push(...made);
  const [sales, ops] = made;
  const tools = { ...sales.tools, ...ops.tools };
  expect(Object.keys(tools)).toEqual([
    "sales_run_script",
    "sales_search_api",
    "sales_describe_api",
    "ops_run_script",
  ]);
  expect(tools.sales_run_script.description).toContain('sales_describe_api("');
  const model = modelOf({ text: "done" });
  await generateText({ model, tools, prompt: "?" });
  expect(model.doGenerateCalls[0]?.tools).toHaveLength(4);
});

it.each(["sales.", "1_", "-", "é", "a".repeat(41), null, 5, ["sales_"]])(
  "a prefix is refused: %j",
  async (prefix) => {
    const registry = generated.createRegistry(shopFunctions().bindings);
    await expect(createScriptTools({ registry, prefix: prefix as string })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message:
        "prefix: expected at most 40 letters, digits, `_` and `-`, the first a letter or `_`, as in `sales_`.",
    });
  },
);

it("what the description has no room for can be searched and described", async () => {
  const { search_api, describe_api } = await toolsOf({ promptTokens: 100 });
  const execution = { toolCallId: "1", messages: [], context: {} };
  expect(await search_api?.execute?.({ words: "money back" }, execution)).toContain("orders.refund");
  expect(await describe_api?.execute?.({ path: "stock" }, execution)).toContain("count(article: string)");
});

it("streams what a script prints and calls, one after another, and ends with the result", async () => {
  const { bindings, gate } = shopFunctions();
  const tools = await toolsOf({ typecheck: "off" }, bindings);
  const model = modelOf(
    {
      script: `console.log("begun"); const answer = await SecureExec.bindings.wait(); export default answer;`,
    },
    { text: "done" },
  );
  const seen: ScriptToolOutput[] = [];
  for await (const part of streamText({ model, tools, stopWhen, prompt: "?" }).fullStream) {
    if (part.type !== "tool-result" || part.dynamic) continue;
    const output = part.output as ScriptToolOutput;
    seen.push(output);
    if (output.status === "running") expect(part.preliminary).toBe(true);
    if (output.calls.some(({ name, open: waiting }) => name === "wait" && waiting === 1)) gate.open();
    if (!part.preliminary) break;
  }
  expect(seen[0]).toMatchObject({ status: "running", console: [{ level: "log", text: "begun" }] });
  expect(seen.at(-1)).toMatchObject({
    status: "ok",
    result: "opened",
    text: 'Printed:\nbegun\n\nResult:\n"opened"',
    calls: [{ name: "wait", started: 1, failed: 0, open: 0 }],
  });
});

it("a flood of lines is told in few steps", async () => {
  const { run_script } = await toolsOf({ typecheck: "off" });
  const source = `for (let at = 0; at < 5_000; at++) console.log("line " + at);`;
  let steps = 0;
  let last: ScriptToolOutput | undefined;
  const stream = run_script.execute?.({ source }, { toolCallId: "1", messages: [], context: {} });
  for await (const output of stream as AsyncIterable<ScriptToolOutput>) {
    steps++;
    expect(JSON.stringify(output).length).toBeLessThan(output.status === "running" ? 30_000 : 120_000);
    last = output;
  }
  expect(last?.text).toContain("line 4999");
  expect(steps).toBeLessThan(5_000);
});

it("what JSON cannot hold reaches the model and the program, and what is too long is shortened", async () => {
  const model = modelOf(
    { script: `export default { seen: new Map([[1n, new Set(["x"])]]), bytes: new Uint8Array(2) };` },
    {
      script: `const loop: any = { rows: Array.from({ length: 9_000 }, (_, at) => at) }; loop.loop = loop; export default loop;`,
    },
    { text: "done" },
  );
  const { steps } = await generateText({ model, tools: await toolsOf(), stopWhen, prompt: "?" });
  const [first, second] = told(model);
  expect(first?.value).toContain('{"$type":"Map","entries":[[{"$type":"bigint","value":"1"}');
  expect(String(second?.value).length).toBeLessThan(25_000);
  expect(second?.value).toContain("/rows: ");
  expect(() => JSON.stringify(steps.map(({ toolResults }) => toolResults))).not.toThrow();
});

it("a call that is no call, and an error of the host, are told without throwing", async () => {
  const faults: unknown[] = [];
  const model = modelOf({ input: { sourc: "1" } }, { script: "export default 1;" }, { text: "done" });
  const tools = await toolsOf({
    isolation: "process",
    execPath: "/srv/secret/node",
    typecheck: "off",
    onFault: (error) => faults.push(error),
  });
  await generateText({ model, tools, stopWhen, prompt: "?" });
  const [call, host] = told(model);
  expect(call).toMatchObject({
    type: "error-text",
    value: expect.stringContaining("Did you mean `source`?"),
  });
  expect(host?.type).toBe("error-text");
  expect(JSON.stringify(host)).not.toContain("/srv");
  expect(faults).toHaveLength(1);
});

it("aborts a script with the generation", async () => {
  const { bindings, gate } = shopFunctions();
  const controller = new AbortController();
  const model = modelOf({ script: "await SecureExec.bindings.wait();" });
  const tools = await toolsOf({ typecheck: "off" }, bindings);
  const ended: Promise<unknown> = generateText({
    model,
    tools,
    stopWhen,
    prompt: "?",
    abortSignal: controller.signal,
  }).catch((error: unknown) => error);
  await gate.called;
  controller.abort();
  await ended;
  const { run_script } = tools;
  const stream = run_script.execute?.(
    { source: "export default 1;" },
    { toolCallId: "1", messages: [], context: {} },
  );
  let last: ScriptToolOutput | undefined;
  for await (const output of stream as AsyncIterable<ScriptToolOutput>) last = output;
  expect(last?.status).toBe("ok");
});

describe("a binding that needs an approval", () => {
  it.each([
    [true, '"done"', [7]],
    [false, '"ERR_BINDING_APPROVAL"', []],
  ])("is asked for, and the answer is %s", async (answer, result, expected) => {
    const { bindings, refunded } = shopFunctions();
    const asked: string[] = [];
    const tools = await toolsOf(
      {
        approve: async (call) => {
          asked.push(`${call.name}(${call.args.join()})`);
          return answer;
        },
      },
      bindings,
    );
    const model = modelOf(
      {
        script: `export default await SecureExec.bindings.orders.refund(7).catch((error: any) => error.code);`,
      },
      { text: "done" },
    );
    await generateText({ model, tools, stopWhen, prompt: "?" });
    expect(told(model)[0]).toEqual({ type: "text", value: `Result:\n${result}` });
    expect(asked).toEqual(["orders.refund(7)"]);
    expect(refunded).toEqual(expected);
  });
});

it("gives host functions the context that the SDK passes on", async () => {
  const seen: unknown[] = [];
  const { bindings } = shopFunctions();
  const tools = await toolsOf({}, { ...bindings, wait: async () => void seen.push(callContext().context) });
  const model = modelOf({ script: "await SecureExec.bindings.wait().catch(() => {});" }, { text: "done" });
  await generateText({
    model,
    tools,
    stopWhen,
    prompt: "?",
    toolsContext: { run_script: { tenant: "acme" } } as never,
  });
  expect(seen).toEqual([{ tenant: "acme" }]);
});

it("refuses options that do not exist", async () => {
  await expect(toolsOf({ promptToken: 1 } as Partial<ScriptToolsOptions>)).rejects.toThrow("promptToken");
});
