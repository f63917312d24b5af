/** A server over Streamable HTTP and the SDK's own client, in both of its protocols. */
import { request } from "node:http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { serveHttp, type HttpOptions, type HttpServer } from "../../src/mcp/index.ts";
import { OpenSessions } from "../../src/mcp/sessions.ts";
import type { Registry } from "../../src/model/registry.ts";
import { callContext } from "../../src/registry/call-context.ts";
import { made, shop, shopFunctions, type Gate, type Made } from "../script-tool/shop.ts";

let generated: Made;
beforeAll(async () => {
  generated = await made(shop);
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** In this process where a test is not about workers, and without a compiler where it is not about types. */
async function serve(
  options: Partial<HttpOptions> = {},
): Promise<HttpServer & { readonly gate: Gate; readonly registry: Registry }> {
  const { bindings, gate } = shopFunctions();
  const registry = generated.createRegistry(bindings);
  const server = await serveHttp({
    registry,
    contract: generated.contract,
    isolation: "none",
    typecheck: "off",
    port: 0,
    ...options,
  });
  open.push(server);
  return { ...server, gate, registry };
}

type Era = "legacy" | "auto";
const eras: readonly Era[] = ["legacy", "auto"];

async function connect(url: string, era: Era, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: era } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  open.push(client);
  return client;
}

const textOf = ({ content }: Awaited<ReturnType<Client["callTool"]>>): string =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

const script = (source: string): { name: string; arguments: { source: string } } => ({
  name: "run_script",
  arguments: { source },
});

describe.each(eras)("a client that speaks %s", (era) => {
  it("finds the tools, runs a script, looks the API up and reads the declaration", async () => {
    const client = await connect((await serve({ typecheck: "error" })).url, era);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["run_script", "search_api", "describe_api"]);
    expect(tools[0]?.description).toContain("list(customer: string, limit?: number): Promise<Order[]>;");

    const ran = await client.callTool(
      script(`const [first] = await SecureExec.bindings.orders.list("Ada"); export default first?.id;`),
    );
    expect([textOf(ran), ran.isError, ran.structuredContent]).toEqual(["Result:\n1", undefined, undefined]);

    const found = await client.callTool({ name: "search_api", arguments: { words: "orders of a customer" } });
    expect(textOf(found)).toContain("orders.list: All orders of a customer, the newest first.");
    const shown = await client.callTool({ name: "describe_api", arguments: { path: "stock" } });
    expect(textOf(shown)).toContain("count(article: string): number;");

    const { resources } = await client.listResources();
    const { contents } = await client.readResource({ uri: resources[0]?.uri ?? "" });
    expect(contents[0]).toMatchObject({ text: expect.stringContaining("declare namespace SecureExec") });

    const wrong = await client.callTool(script("SecureExec.bindings.stock.cuont('x');"));
    expect(wrong.isError).toBe(true);
    expect(textOf(wrong)).toContain("script.ts:1:");
    expect(textOf(wrong)).toContain("Did you mean `count`?");
  });

  it("is answered what JSON cannot hold, and what is too long for a message", async () => {
    const client = await connect((await serve()).url, era);
    const values = [
      "new Map([[1n, new Set([undefined, NaN, -0])]])",
      "new Uint8Array(3)",
      "new Date(NaN)",
      "(() => { const loop = {}; loop.loop = loop; return loop; })()",
      "new RangeError('out', { cause: new Error('in') })",
      "undefined",
      "'x'.repeat(3_000_000)",
      "Array.from({ length: 30_000 }, (_, at) => ({ at }))",
    ];
    for (const value of values) {
      const { isError, content } = await client.callTool(script(`export default ${value};`));
      expect(isError, value).toBeUndefined();
      expect(JSON.stringify(content).length, value).toBeLessThan(40_000);
    }
  });

  it("is told of lines and calls while a script runs", async () => {
    const server = await serve();
    const client = await connect(server.url, era);
    const heard: (string | undefined)[] = [];
    const first = Promise.withResolvers<void>();
    const running = client.callTool(
      script(`console.log("begun"); export default await SecureExec.bindings.wait();`),
      {
        onprogress({ message }) {
          heard.push(message);
          if (heard.join("\n").includes("wait: started")) first.resolve();
        },
      },
    );
    await first.promise;
    server.gate.open();
    expect(textOf(await running)).toBe('Printed:\nbegun\n\nResult:\n"opened"');
    expect(heard.join("\n")).toBe("begun\nwait: started\nwait: done");
  });

  it("cancels a script, whose host function hears of it", async () => {
    const called = Promise.withResolvers<AbortSignal>();
    const wait = (): Promise<string> => {
      called.resolve(callContext().signal);
      return new Promise(() => {});
    };
    const { url } = await serve({
      registry: generated.createRegistry({ ...shopFunctions().bindings, wait }),
    });
    const client = await connect(url, era);
    const controller = new AbortController();
    const running = client
      .callTool(script(`await SecureExec.bindings.wait();`), { signal: controller.signal })
      .catch((error: unknown) => error);
    const signal = await called.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    controller.abort();
    await aborted;
    expect(await running).toBeInstanceOf(Error);
    // The next one is not behind it.
    expect(textOf(await client.callTool(script("export default 1;")))).toBe("Result:\n1");
  });

  it("is told nothing of the host's files when the host has made a mistake", async () => {
    const faults: unknown[] = [];
    const { url } = await serve({
      isolation: "process",
      execPath: "/srv/secret/node",
      onFault: (error) => faults.push(error),
    });
    const client = await connect(url, era);
    const { isError, content } = await client.callTool(script("export default 1;"));
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).not.toContain("/srv");
    expect(faults.length).toBeGreaterThan(0);
  });

  it("gives each session the profile, the context and the limits that its owner chose", async () => {
    const { bindings } = shopFunctions();
    const other = (count: number): Registry =>
      generated.createRegistry({
        ...bindings,
        stock: { count: () => count + Number(callContext().context) },
      });
    const { url } = await serve({
      session: ({ request: asked }) => {
        const tenant = Number(asked?.headers.get("x-tenant"));
        return { registry: other(tenant * 100), context: tenant, key: String(tenant), limits: { calls: 1 } };
      },
    });
    for (const tenant of [1, 2]) {
      const client = await connect(url, era, { "x-tenant": String(tenant) });
      const source = `export default SecureExec.bindings.stock.count("x");`;
      expect(textOf(await client.callTool(script(source)))).toBe(`Result:\n${tenant * 101}`);
      const twice = await client.callTool(script(`${source} SecureExec.bindings.stock.count("x");`));
      expect(textOf(twice)).toContain("ERR_BINDING_LIMIT");
    }
  });
});

it("requests of protocol 2026-07-28 share a sandbox by their key, and never a profile, a context or limits", async () => {
  const { bindings } = shopFunctions();
  const seen: unknown[] = [];
  const of = (name: string): Registry =>
    generated.createRegistry({
      ...bindings,
      stock: {
        count: () => {
          seen.push([name, callContext().context]);
          return 1;
        },
      },
    });
  const registries: Record<string, Registry> = { a: of("a"), b: of("b") };
  const { url } = await serve({
    session({ request: asked }) {
      const [profile = "", context] = (asked?.headers.get("x-who") ?? "").split(" ");
      const registry = registries[profile];
      return {
        ...(registry && { registry }),
        ...(context !== undefined && { context, limits: { calls: 1 } }),
      };
    },
  });
  const source = `export default SecureExec.bindings.stock.count("x") + SecureExec.bindings.stock.count("x");`;
  const answers: string[] = [];
  for (const who of ["a ada", "b", "a"]) {
    const client = await connect(url, "auto", { "x-who": who });
    answers.push(textOf(await client.callTool(script(source))));
  }
  expect(answers).toEqual([expect.stringContaining("ERR_BINDING_LIMIT"), "Result:\n2", "Result:\n2"]);
  expect(seen).toEqual([
    ["a", "ada"],
    ["b", undefined],
    ["b", undefined],
    ["a", undefined],
    ["a", undefined],
  ]);
});

describe("who may come", () => {
  const list = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const post = (url: string, headers: Record<string, string>, body = list): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          ...headers,
        },
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.end(body);
    });

  it("is no page of another site, and no request for another host", async () => {
    const { url } = await serve();
    expect(await post(url, { host: "evil.example" })).toBe(403);
    expect(await post(url, { origin: "https://evil.example" })).toBe(403);
    expect(await post(url, { origin: "null" })).toBe(403);
    // Past the guards: no session has begun.
    expect(await post(url, { origin: "http://localhost:5173" })).toBe(400);
    expect(await post(url.replace("/mcp", "/other"), {})).toBe(404);
  });

  it("is nobody with a request that is none, or that is too large", async () => {
    const { url } = await serve();
    expect(await post(url, {}, "x".repeat(5_000_000))).toBe(413);
    expect(await post(url, {}, "{")).toBe(400);
    expect(await post(url, { "content-type": "text/plain" })).toBe(415);
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(url);
      request({ port, host: "127.0.0.1", path: "//" }, ({ statusCode }) => resolve(statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(400);
  });

  it("is told nothing of why its session cannot begin", async () => {
    const faults: unknown[] = [];
    const { url } = await serve({
      onFault: (error) => faults.push(error),
      session() {
        throw new Error("cannot read /srv/secret/plans.json");
      },
    });
    for (const era of eras) {
      const failure = await connect(url, era).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Error);
      expect(String(failure)).not.toContain("/srv");
    }
    expect(faults.length).toBeGreaterThanOrEqual(2);
  });

  it("is never given the server's own registry because the word `registry` was misspelt", async () => {
    const faults: unknown[] = [];
    const { url, registry } = await serve({
      onFault: (error) => faults.push(error),
      session: () => ({ regsitry: registry }) as object,
    });
    for (const era of eras) await expect(connect(url, era)).rejects.toThrow();
    expect(String(faults[0])).toContain("session: there is no option `regsitry`. Did you mean `registry`?");
  });

  it("is nobody from elsewhere, unless it is said who", async () => {
    await expect(serve({ host: "0.0.0.0" })).rejects.toMatchObject({ code: "ERR_SANDBOX_OPTION" });
    await expect(serve({ host: "0.0.0.0", authenticate: () => new Response() })).rejects.toThrow(
      "allowedHosts",
    );
  });

  it("is who can say so, and a session answers nobody else", async () => {
    const { url } = await serve({
      authenticate(asked) {
        const token = asked.headers.get("authorization") ?? "";
        return token === "" ? new Response("who?", { status: 401 }) : { token, clientId: token, scopes: [] };
      },
    });
    expect(await post(url, {})).toBe(401);
    const client = await connect(url, "legacy", { authorization: "ada" });
    const { sessionId = "" } = client.transport as StreamableHTTPClientTransport;
    expect(await post(url, { authorization: "bob", "mcp-session-id": sessionId })).toBe(404);
    expect(await post(url, { authorization: "ada", "mcp-session-id": sessionId })).toBe(200);
  });

  it("is as many as there may be", async () => {
    const { url } = await serve({ maxSessions: 1 });
    await connect(url, "legacy");
    await expect(connect(url, "legacy")).rejects.toThrow("Too many sessions");
  });

  it("is as many as there may be, also when they come at once", async () => {
    const all = Promise.withResolvers<void>();
    let left = 4;
    const came = (): void => {
      if (--left === 0) all.resolve();
    };
    const session = async (): Promise<object> => {
      came();
      await all.promise;
      return {};
    };
    const { url } = await serve({ maxSessions: 2, session });
    const clientInfo = { name: "test", version: "1" };
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    const begin = async (): Promise<number> => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params }),
      });
      if (response.status === 503) came();
      await response.body?.cancel();
      return response.status;
    };
    const statuses = await Promise.all([begin(), begin(), begin(), begin()]);
    expect(statuses.sort()).toEqual([200, 200, 503, 503]);
  });

  it("is refused options that cannot be meant", async () => {
    await expect(serve({ maxSessions: 0 })).rejects.toThrow("maxSessions");
    await expect(serve({ idleMs: Number.NaN })).rejects.toThrow("idleMs");
    await expect(serve({ limts: {} } as Partial<HttpOptions>)).rejects.toThrow("Did you mean `limits`?");
  });
});

describe("a session that ends", () => {
  it.each(["delete", "close"] as const)("by %s aborts what is running, and answers no more", async (how) => {
    const { bindings } = shopFunctions();
    const called = Promise.withResolvers<AbortSignal>();
    const wait = (): Promise<string> => {
      called.resolve(callContext().signal);
      return new Promise(() => {});
    };
    const server = await serve({ registry: generated.createRegistry({ ...bindings, wait }) });
    const client = await connect(server.url, "legacy");
    const running = client
      .callTool(script("await SecureExec.bindings.wait();"))
      .catch((error: unknown) => error);
    const signal = await called.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    if (how === "delete") await (client.transport as StreamableHTTPClientTransport).terminateSession();
    else await server.close();
    await aborted;
    await client.close();
    await running;
  });
});

describe("sessions that are in use", () => {
  const session = (busy = false): { busy: boolean; closed: boolean; close(): Promise<void> } => ({
    busy,
    closed: false,
    async close() {
      this.closed = true;
    },
  });

  it("are closed when nobody has used them for a while, and not while a script runs", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const kept = { used: session(), idle: session(), busy: session(true) };
    const sessions = new OpenSessions<(typeof kept)["idle"]>(1_000, 3);
    for (const [name, one] of Object.entries(kept)) sessions.keep(name, one);
    expect(sessions.isFull).toBe(true);
    await vi.advanceTimersByTimeAsync(600);
    expect(sessions.use("used")).toBe(kept.used);
    await vi.advanceTimersByTimeAsync(600);
    expect(Object.values(kept).map(({ closed }) => closed)).toEqual([false, true, false]);
    expect(sessions.use("idle")).toBeUndefined();
    kept.busy.busy = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(Object.values(kept).map(({ closed }) => closed)).toEqual([true, true, true]);
    expect(sessions.isFull).toBe(false);
  });

  it("have a place from when they are begun", () => {
    const sessions = new OpenSessions<ReturnType<typeof session>>(1_000, 1);
    const give = sessions.promise();
    expect([sessions.isFull, sessions.promise()]).toEqual([true, null]);
    give?.();
    give?.();
    expect(sessions.isFull).toBe(false);
    expect(sessions.promise()).not.toBeNull();
    expect(sessions.promise()).toBeNull();
  });

  it("are all closed at the end", async () => {
    const sessions = new OpenSessions<ReturnType<typeof session>>(1_000, 3);
    const both = [session(), session(true)];
    both.forEach((one, at) => sessions.keep(String(at), one));
    await sessions.closeAll();
    expect(both.map(({ closed }) => closed)).toEqual([true, true]);
  });
});
