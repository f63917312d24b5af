/** Tools of a server of the official SDK, over standard input and output, called by scripts. */
import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../src/runtime/index.ts";
import { fromMcp, type McpClient } from "../../src/tools/index.ts";
import { mcpSource } from "../../src/tools/mcp.ts";
import { config, manifest, project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";
import { z } from "zod";
import { definitionText } from "../../src/tools/definition/definition.ts";
import { place } from "../../src/tools/names.ts";
import { pinsOf, planOf } from "../../src/tools/plan.ts";
import { fixtures, imported } from "./imported.ts";

const server = join(fixtures, "mcp/server.ts");
const command = ["--", process.execPath, server];

async function connect(env: Record<string, string> = {}): Promise<{ client: Client; stderr: Readable }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [server],
    env,
    stderr: "pipe",
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, stderr: transport.stderr as Readable };
}

describe("tools of an MCP server", () => {
  it("are imported, called by scripts with dates and bytes, and fail with codes", async () => {
    const { made, ran, tools, createRegistry } = await imported("mcp", ["mcp", ...command]);
    expect(ran.stderr).toBe("`search-books` is called `searchBooks`.\n`delete` is called `remove`.\n");
    const { client, stderr } = await connect();
    await using sandbox = await createSandbox({
      registry: createRegistry(await fromMcp(client, tools)),
      declaration: readFileSync(made.path("generated/secure-exec.d.ts"), "utf8"),
      isolation: "none",
      errors: "mask",
    });
    const run = async (source: string, signal?: AbortSignal) =>
      await sandbox.run(`const { ${Object.keys(names).join(", ")} } = SecureExec.bindings;\n${source}`, {
        ...(signal && { signal }),
      });

    expect(
      await run(`
        const { books: [book] } = await searchBooks({ words: "clocks", since: new Date(Date.UTC(2020, 1, 2)) });
        export default [book.title, book.bought.getUTCFullYear(), [...book.cover], await greet({ name: "Ada" })];
      `),
    ).toMatchObject({
      status: "ok",
      exports: { default: ["All about clocks", 2020, [0, 1, 2], "Hello, Ada!"] },
    });

    const failure = async (call: string): Promise<unknown> => {
      const { exports, error } = (await run(`
        export default await (async () => ${call})().then((value) => ({ value }), ({ name, code, tool, message }) => ({ name, code, tool, message }));
      `)) as { exports?: { default: unknown }; error?: unknown };
      return exports?.default ?? error;
    };
    expect(await failure(`searchBooks({ words: "a", limit: "1" })`)).toMatchObject({
      name: "TypeError",
      code: "ERR_BINDING_INVALID_ARGUMENT",
    });
    expect(await failure(`searchBooks({ words: "a", limit: 51 })`)).toEqual({
      name: "ToolError",
      code: "ERR_TOOL_ARGUMENT",
      tool: "search-books",
      message: "The argument `input.limit` of searchBooks must be at most 50.",
    });
    expect(await failure(`fail()`)).toEqual({
      name: "ToolError",
      code: "ERR_TOOL_FAILED",
      tool: "fail",
      message: "The library is closed.",
    });
    expect(await failure(`picture()`)).toMatchObject({ code: "ERR_TOOL_RESULT", tool: "picture" });

    const stop = new AbortController();
    const told: string[] = [];
    const stopped = new Promise<void>((resolve) => {
      stderr.on("data", (part: Buffer) => {
        told.push(...String(part).split("\n"));
        if (told.includes("waiting")) stop.abort();
        if (told.includes("stopped")) resolve();
      });
    });
    expect(await run("await wait()", stop.signal)).toMatchObject({ status: "aborted" });
    await stopped;
  });

  it("are refused by their names when they have changed, and --check says so", async () => {
    const { made, tools } = await imported(null, ["mcp", ...command]);
    const { client } = await connect({ CHANGED: "1" });
    await expect(fromMcp(client, tools)).rejects.toMatchObject({
      code: "ERR_TOOLS_CHANGED",
      message:
        "The far side is not what the definition was made from: `delete` is gone, `search-books` takes or gives something else. Run the same `isobind import mcp` again, and then `isobind generate`.",
    });
    const check = (env: Record<string, string>) =>
      isobind(["import", "mcp", "--check", ...command], { cwd: made.root, env });
    expect(await check({})).toMatchObject({ code: 0, stdout: "unchanged  bindings.ts\n" });
    expect(await check({ CHANGED: "1" })).toMatchObject({
      code: 1,
      stdout: "`delete` is gone\n`search-books` takes or gives something else\nstale      bindings.ts\n",
    });
  });

  it("give their content as blocks when it was imported so", async () => {
    const { made, tools } = await imported(null, [
      "mcp",
      "--only",
      "picture,greet",
      "--content",
      "blocks",
      ...command,
    ]);
    expect(readFileSync(made.path("bindings.ts"), "utf8")).toContain(
      "picture(): Promise<{ [key: string]: unknown; type: string }[]>;",
    );
    const { client } = await connect();
    const { picture } = await fromMcp<{ picture: () => Promise<unknown> }>(client, tools as never);
    expect(await picture()).toEqual([{ type: "image", data: "AAEC", mimeType: "image/png" }]);
  });
});

it("docs/import.md: the host", async () => {
  const made = project({ "package.json": manifest, "bindings.config.ts": config });
  for (const name of ["server.ts", "bindings.ts", "host.ts"])
    made.write(name, readFileSync(join(fixtures, "mcp", name), "utf8"));
  const installed = fileURLToPath(new URL("../../node_modules/@modelcontextprotocol", import.meta.url));
  symlinkSync(installed, made.path("node_modules/@modelcontextprotocol"));
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  const { stdout, stderr } = spawnSync(process.execPath, ["--no-warnings", "host.ts"], {
    cwd: made.root,
    encoding: "utf8",
  });
  expect([stdout, stderr]).toEqual(["[ 'All about clocks, 2020' ]\n", ""]);
});

const names = { searchBooks: 1, greet: 1, picture: 1, fail: 1, wait: 1 };

it("isobind import mcp --url lists the tools of a server over HTTP, with the headers it is given", async () => {
  const authorized: unknown[] = [];
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "remote", version: "1.0.0" });
    server.registerTool("far-away", { description: "Far away." }, () => ({ content: [] }));
    return server;
  });
  const http = createServer((request, response) => {
    authorized.push(request.headers.authorization);
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const isRead = request.method === "GET" || request.method === "DELETE";
    void text(request)
      .then((body) =>
        handler.fetch(
          new Request(`http://127.0.0.1${request.url}`, {
            method: request.method ?? "",
            headers,
            ...(!isRead && { body }),
          }),
        ),
      )
      .then(async (answer) =>
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text()),
      );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
  const { ran } = await imported(null, ["mcp", "--url", url, "--header", "authorization: Bearer one"]);
  expect(ran.stderr).toBe("`far-away` is called `farAway`.\n");
  expect(new Set(authorized)).toEqual(new Set(["Bearer one"]));
});

describe("a client", () => {
  const listing = (pages: readonly unknown[][]): McpClient => ({
    listTools: ({ cursor } = { cursor: "0" }) => {
      const at = Number(cursor);
      return Promise.resolve({
        tools: pages[at] ?? [],
        ...(at + 1 < pages.length && { nextCursor: String(at + 1) }),
      });
    },
    callTool: () => Promise.resolve({ content: [] }),
  });

  it("is asked for all pages", async () => {
    const { tools } = await mcpSource(listing([[{ name: "a" }], [{ name: "b" }], [{ name: "c" }]]), {});
    expect(tools.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it("of a server that lists without end is asked a hundred times", async () => {
    let asked = 0;
    const client: McpClient = {
      listTools: () => Promise.resolve({ tools: [{ name: `t${asked++}` }], nextCursor: "more" }),
      callTool: () => Promise.resolve({}),
    };
    expect((await mcpSource(client, {})).tools).toHaveLength(100);
  });

  it.each([
    [
      {
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      "a\nb",
    ],
    [{ content: [{ type: "resource", resource: { uri: "x:y", text: "c" } }] }, "c"],
    [{}, ""],
  ])("gives the text of %j", async (answer, text) => {
    const client: McpClient = { ...listing([[{ name: "f" }]]), callTool: () => Promise.resolve(answer) };
    const { f } = await fromMcp<{ f: () => Promise<string> }>(client);
    expect(await f()).toBe(text);
  });

  it("passes on how long an answer may take, and its own errors become those of a tool", async () => {
    const options: unknown[] = [];
    const client: McpClient = {
      ...listing([[{ name: "f", outputSchema: { type: "object" } }]]),
      callTool: (_, given) => {
        options.push(given);
        return Promise.reject(new Error("Request timed out"));
      },
    };
    const { f } = await fromMcp<{ f: () => Promise<string> }>(client, undefined, { timeoutMs: 5 });
    await expect(f()).rejects.toMatchObject({
      name: "ToolError",
      code: "ERR_TOOL_FAILED",
      tool: "f",
      message: "Request timed out",
    });
    expect(options).toEqual([
      { timeout: 5, resetTimeoutOnProgress: true, onprogress: expect.any(Function) as unknown },
    ]);
    await expect(fromMcp(client, undefined, { timeout: 5 } as never)).rejects.toMatchObject({
      code: "ERR_TOOLS_OPTION",
      message: "fromMcp: there is no option `timeout`. Did you mean `timeoutMs`? It has `timeoutMs`.",
    });
  });

  it("asks the server for progress, which alone makes the time of a call start anew", async () => {
    const tokens: unknown[] = [];
    const handler = createMcpHandler(() => {
      const far = new McpServer({ name: "far", version: "1" });
      far.registerTool("f", { inputSchema: z.object({}) }, (_, { mcpReq }) => {
        tokens.push(mcpReq._meta?.progressToken);
        return { content: [] };
      });
      return far;
    });
    const client = new Client({ name: "test", version: "1" });
    const send = (url: URL | string, init?: RequestInit) => handler.fetch(new Request(url, init));
    await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
    onTestFinished(() => client.close());
    const { f } = await fromMcp<{ f: () => Promise<string> }>(client as unknown as McpClient);
    await f();
    expect(tokens).toEqual([expect.anything()]);
  });

  it("is told when a promised structure is missing", async () => {
    const client = { ...listing([[{ name: "f", outputSchema: { type: "object" } }]]) };
    const { f } = await fromMcp<{ f: () => Promise<string> }>(client);
    await expect(f()).rejects.toMatchObject({ code: "ERR_TOOL_RESULT", tool: "f" });
  });
});

describe("results that are no objects", () => {
  const results = {
    list: [z.array(z.number()), [1, 2]],
    text: [z.string(), "hi"],
    // As the SDK would write it around a list, and a program may have meant it.
    own: [z.looseObject({ result: z.array(z.number()) }), { result: [1] }],
    strict: [z.strictObject({ result: z.number() }), { result: 1 }],
  } as const;
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "numbers", version: "1" });
    for (const [name, [outputSchema, value]] of Object.entries(results))
      server.registerTool(name, { inputSchema: z.object({}), outputSchema }, () => ({
        content: [],
        structuredContent: value as object as Record<string, unknown>,
      }));
    return server;
  });
  const connected = async (mode: "legacy" | "auto"): Promise<McpClient> => {
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    const send = (url: URL | string, init?: RequestInit) => handler.fetch(new Request(url, init));
    await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
    onTestFinished(() => client.close());
    return client as unknown as McpClient;
  };

  it("have one definition for both protocols, which calls tools over either", async () => {
    const plans = await Promise.all(
      (["legacy", "auto"] as const).map(async (mode) => {
        const source = await mcpSource(await connected(mode), {});
        return planOf(source, place(source.tools, {}));
      }),
    );
    const [older, newer] = plans.map(definitionText);
    expect(newer).toBe(older);
    expect(newer).toContain("list(): Promise<number[]>;");
    expect(newer).toContain("text(): Promise<string>;");
    for (const mode of ["legacy", "auto"] as const)
      for (const plan of plans) {
        type Calls = Readonly<Record<keyof typeof results, () => Promise<unknown>>>;
        const { list, text, own, strict } = await fromMcp<Calls>(
          await connected(mode),
          pinsOf(plan) as Parameters<typeof fromMcp<Calls>>[1],
        );
        expect(await Promise.all([list(), text(), strict()])).toEqual([[1, 2], "hi", { result: 1 }]);
        expect(await own()).toEqual(newer?.includes("own(): Promise<number[]>;") ? [1] : { result: [1] });
      }
  });
});
