/** Bindings marked `@approval` over MCP: the SDK's own client asks its person, in both protocols and over HTTP. */
import {
  Client,
  StreamableHTTPClientTransport,
  type ElicitRequest,
  type ElicitResult,
  type JSONRPCMessage,
  type Transport,
} from "@modelcontextprotocol/client";
import { PassThrough } from "node:stream";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { serveHttp, serveStdio, type HttpOptions } from "../../src/mcp/index.ts";
import { made, shop, shopFunctions, type Made } from "../script-tool/shop.ts";

let generated: Made;
beforeAll(async () => {
  generated = await made(shop);
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Person = (message: string) => ElicitResult | Promise<ElicitResult>;

const yes: ElicitResult = { action: "accept", content: { approve: true } };

/** A client with a person behind it, or none, and what was called of the shop. */
async function shopWith(
  era: "legacy" | "auto",
  person: Person | null,
  options: Partial<HttpOptions> = {},
): Promise<{
  client: Client;
  refunded: readonly number[];
  asked: readonly ElicitRequest["params"][];
  url: string;
}> {
  const { bindings, refunded } = shopFunctions();
  const registry = generated.createRegistry(bindings);
  const server = await serveHttp({ registry, isolation: "none", typecheck: "off", port: 0, ...options });
  open.push(server);
  const asked: ElicitRequest["params"][] = [];
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: era }, ...(person && { capabilities: { elicitation: {} } }) },
  );
  if (person)
    client.setRequestHandler("elicitation/create", ({ params }) => {
      asked.push(params);
      return person(params.message);
    });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  open.push(client);
  return { client, refunded, asked, url: server.url };
}

const run = (client: Client, source: string): ReturnType<Client["callTool"]> =>
  client.callTool({ name: "run_script", arguments: { source } });

const textOf = ({ content }: Awaited<ReturnType<Client["callTool"]>>): string =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

const refund = `
  console.log("before");
  const [{ id }] = await SecureExec.bindings.orders.list("Ada");
  const said = await SecureExec.bindings.orders.refund(id).catch(({ code, message }) => code + ": " + message);
  console.log("after");
  export default said;`;

describe.each(["legacy", "auto"] as const)("a client that speaks %s", (era) => {
  it("asks its person about the call, and the script goes on where it was", async () => {
    const { client, refunded, asked } = await shopWith(era, () => yes);
    const ran = await run(client, refund);
    expect(textOf(ran)).toBe(`Printed:\nbefore\nafter\n\nResult:\n"done"`);
    expect(refunded).toEqual([1]);
    expect(asked).toMatchObject([
      {
        message: "The script wants to call `orders.refund` with [1].",
        requestedSchema: { properties: { approve: { type: "boolean" } }, required: ["approve"] },
      },
    ]);
  });

  it.each<[string, ElicitResult, string]>([
    ["says no", { action: "decline" }, "a person said no"],
    ["closes the question", { action: "cancel" }, "the question was closed"],
    ["leaves the box empty", { action: "accept", content: { approve: false } }, "a person said no"],
    ["says something else", { action: "accept", content: { approve: "yes" } }, "a person said no"],
  ])("makes no call when its person %s", async (_, answer, reason) => {
    const { client, refunded } = await shopWith(era, () => answer);
    const text = textOf(await run(client, refund));
    expect(text).toContain(
      `ERR_BINDING_APPROVAL: orders.refund was not called: it was not approved (${reason}).`,
    );
    expect(refunded).toEqual([]);
  });

  it("asks about each call, more often than the SDK does by itself, and about several at once", async () => {
    let odd = false;
    const { client, refunded, asked } = await shopWith(era, () =>
      (odd = !odd) ? yes : { action: "decline" },
    );
    const source = `
      const { refund } = SecureExec.bindings.orders;
      const each = [];
      for (let id = 1; id <= 8; id++) each.push(await refund(id).catch(({ code }) => code));
      export default [...each, ...(await Promise.all([9, 10].map((id) => refund(id).catch(({ code }) => code))))];`;
    const no = "ERR_BINDING_APPROVAL";
    expect(textOf(await run(client, source))).toBe(
      `Result:\n${JSON.stringify(["done", no, "done", no, "done", no, "done", no, "done", no])}`,
    );
    expect([refunded, asked.length]).toEqual([[1, 3, 5, 7, 9], 10]);
  });

  it("is told honestly that nobody can be asked, where it has no person", async () => {
    const { client, refunded } = await shopWith(era, null);
    const ran = await run(client, "await SecureExec.bindings.orders.refund(1);");
    expect(ran.isError).toBe(true);
    expect(textOf(ran)).toContain(
      "orders.refund was not carried out: a person must approve each call of it, and nobody can be asked; " +
        "the sandbox has no `approve`, and the run no journal to wait in.",
    );
    expect(textOf(ran)).toContain("No script can make this call here. Leave it out, and tell the user");
    expect(refunded).toEqual([]);
  });

  it("asks nobody where the host has its own `approve`", async () => {
    const { client, refunded, asked } = await shopWith(era, () => yes, {
      approve: ({ args }) => args[0] !== 1,
    });
    expect(textOf(await run(client, refund))).toContain("it was not approved");
    expect([refunded, asked]).toEqual([[], []]);
  });
});

describe("over standard input and output", () => {
  it.each(["legacy", "auto"] as const)("asks too, also where a result is typed (%s)", async (mode) => {
    const project = await made(`
      export interface Bindings { /** @approval */ pay(amount: number): Promise<string> }
      export interface Script { result: { paid: string } }
    `);
    const registry = project.createRegistry({ pay: async (amount: number) => `paid ${amount}` });
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const server = await serveStdio(
      { registry, contract: project.contract, isolation: "none" },
      { stdin: toServer, stdout: toClient },
    );
    open.push(server);
    const client = new Client(
      { name: "test", version: "1" },
      { versionNegotiation: { mode }, capabilities: { elicitation: { form: {} } } },
    );
    const asked: string[] = [];
    client.setRequestHandler("elicitation/create", ({ params }) => {
      asked.push(params.message);
      return yes;
    });
    await client.connect(lines(toClient, toServer));
    open.push(client);
    await client.listTools();
    const ran = await run(client, "export default { paid: await SecureExec.bindings.pay(5) };");
    expect([ran.isError, ran.structuredContent]).toEqual([undefined, { result: { paid: "paid 5" } }]);
    expect(asked).toEqual(["The script wants to call `pay` with [5]."]);
  });
});

/** A transport of a client in the process of its server: a message is a line of JSON. */
function lines(from: PassThrough, to: PassThrough): Transport {
  const transport: Transport = {
    async start() {
      let unread = "";
      from.on("data", (chunk) => {
        const parts = `${unread}${String(chunk)}`.split("\n");
        unread = parts.pop() ?? "";
        for (const part of parts) transport.onmessage?.(JSON.parse(part) as JSONRPCMessage);
      });
    },
    async send(message) {
      to.write(`${JSON.stringify(message)}\n`);
    },
    async close() {
      to.end();
      transport.onclose?.();
    },
  };
  return transport;
}

describe("a reply", () => {
  /** A request of the newer protocol, as no client writes it. */
  async function send(
    url: string,
    params: object,
  ): Promise<{ resultType?: string; requestState?: string; content?: { text: string }[] }> {
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
    };
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/call",
        "mcp-name": "run_script",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name: "run_script", ...params, _meta: meta },
      }),
    });
    const text = await response.text();
    const line = text.split("\n").find((one) => one.startsWith("data: ")) ?? `data: ${text}`;
    const { result, error } = JSON.parse(line.slice(6)) as { result?: object; error?: object };
    return (result ?? { error }) as Awaited<ReturnType<typeof send>>;
  }

  it("counts once, for its own script, and for a question that was asked", async () => {
    const { url, refunded } = await shopWith("auto", () => yes);
    const call = { arguments: { source: refund } };
    const question = await send(url, call);
    expect(question).toMatchObject({ resultType: "input_required", inputRequests: { "call-1": {} } });
    const reply = { requestState: question.requestState, inputResponses: { "call-1": yes } };
    const text = async (params: object): Promise<string> =>
      (await send(url, params)).content?.[0]?.text ?? "";
    const other = { arguments: { source: refund.replace("(id)", "(id + 1)") } };
    const closed = "What was asked about this script is no longer open. The script was not run.";
    expect(await text({ ...other, ...reply })).toContain(closed);
    expect(await text({ ...call, ...reply, requestState: "guessed" })).toContain(closed);
    expect(refunded).toEqual([]);
    expect(await text({ ...call, ...reply })).toContain(`"done"`);
    expect(await text({ ...call, ...reply })).toContain(closed);
    expect(refunded).toEqual([1]);
  });

  it("without a word about the call is a no", async () => {
    const { url, refunded } = await shopWith("auto", () => yes);
    const call = { arguments: { source: refund } };
    const { requestState } = await send(url, call);
    const { content } = await send(url, { ...call, requestState, inputResponses: {} });
    expect(content?.[0]?.text).toContain("it was not approved (nobody has answered)");
    expect(refunded).toEqual([]);
  });
});
