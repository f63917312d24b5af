/** `isobind mcp` as a client starts it: the SDK's own client, a process, standard input and output. */
import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { PassThrough } from "node:stream";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, it } from "vitest";
import { serveStdio } from "../../src/mcp/index.ts";
import { mockRegistry } from "../../src/testing/index.ts";
import { manifest, project, type Project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";
import { childrenOf, isAlive } from "../processes.ts";

const root = join(import.meta.dirname, "../..");
const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

async function shop(): Promise<Project> {
  const made = project({ "package.json": manifest });
  cpSync(join(root, "fixtures/shop"), made.root, { recursive: true });
  return made;
}

const emptyRoot = { kind: "namespace", name: "", path: [], members: [] };

const start: typeof connect = (made, args, mode) =>
  connect(made, [join(root, "dist/cli/main.js"), ...args], mode);

async function connect(
  made: Project,
  args: readonly string[],
  mode: "legacy" | "auto" = "auto",
): Promise<{ client: Client; pid: number; stderr(): string }> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...args],
    cwd: made.root,
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => (stderr += String(chunk)));
  await client.connect(transport);
  open.push(client);
  return { client, pid: transport.pid ?? 0, stderr: () => stderr };
}

const textOf = ({ content }: Awaited<ReturnType<Client["callTool"]>>): string =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

const run = (client: Client, source: string): ReturnType<Client["callTool"]> =>
  client.callTool({ name: "run_script", arguments: { source } });

async function ended(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("isobind mcp", () => {
  it("from a definition to a client, in the twelve lines that README shows", async () => {
    const made = await shop();
    expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
    const shown = ["bindings.ts", "mcp.json"].map((name) => readFileSync(made.path(name), "utf8"));
    expect(shown.join("").trimEnd().split("\n").length).toBeLessThanOrEqual(12);
    const { command, args } = (
      JSON.parse(shown[1] ?? "") as { mcpServers: { shop: { command: string; args: string[] } } }
    ).mcpServers.shop;
    // A client starts it wherever it is itself, where `npx` alone finds no isobind.
    expect([command, ...args.slice(0, 3)]).toEqual(["npx", "--prefix", "/home/ada/shop", "isobind"]);
    const { client, pid } = await start(
      project(),
      args.slice(3).map((arg) => (arg.startsWith("/") ? made.root : arg)),
    );
    const { tools } = await client.listTools();
    expect(tools[0]?.description).toContain("How many of an article there are.");
    const wrong = await run(client, `export default await SecureExec.bindings.stock.cuont("apple");`);
    expect([wrong.isError, textOf(wrong)]).toEqual([true, expect.stringContaining("Did you mean `count`?")]);
    const right = await run(client, `export default await SecureExec.bindings.stock.count("apple");`);
    expect(textOf(right)).toBe("Result:\n3");
    // What the client's own limit of a message would close the connection for.
    expect(textOf(await run(client, `export default "x".repeat(3_900_000);`)).length).toBeLessThan(30_000);
    expect(textOf(await run(client, `export default new Map([[1n, NaN]]);`))).toContain('"$type":"Map"');

    const workers = childrenOf(pid);
    expect(workers.length).toBeGreaterThan(0);
    await client.close();
    await ended([pid, ...workers]);
  });

  it("keeps what the host prints away from the client, speaks the older protocol, and ends with a client that is killed", async () => {
    const made = await shop();
    made.write(
      "bindings.ts",
      `import { defineBindings } from "isobind";
process.stdout.write("loading\\n");
export default defineBindings({ say: (text: string) => { console.log(text); process.stdout.write(text); } });\n`,
    );
    expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
    const { client, pid, stderr } = await start(made, ["mcp", "--limits", "wallMs=20000"], "legacy");
    expect(textOf(await run(client, `SecureExec.bindings.say("to the host"); export default 1;`))).toBe(
      "Result:\n1",
    );
    // Two pipes: what is told here may come after the answer.
    await expect.poll(stderr).toContain("loading\n");
    await expect.poll(stderr).toContain("to the host\nto the host");
    const workers = childrenOf(pid);
    process.kill(pid, "SIGTERM");
    await ended([pid, ...workers]);
  });

  it("serveStdio in a program keeps its console away from the client", async () => {
    const made = await shop();
    made.write(
      "main.ts",
      `import { serveStdio } from "isobind/mcp";
import registry from "./generated/registry.ts";
await serveStdio({ registry, typecheck: "off", onCall: (call, next) => (console.log("called", call.name), next()) });\n`,
    );
    expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
    const { client, stderr } = await connect(made, ["main.ts"]);
    const ran = await run(client, `export default await SecureExec.bindings.stock.count("apple");`);
    expect(textOf(ran)).toBe("Result:\n3");
    await expect.poll(stderr).toContain("called stock.count\n");
  });

  it("tells a person in a terminal what it serves, and how a client is told of it", async () => {
    const made = await shop();
    await isobind(["generate"], { cwd: made.root });
    const args = ["mcp", "--limits", "wallMs=5000", "--budget", "500"];
    // The terminal is closed at once.
    const { code, stdout, stderr } = await isobind(args, { cwd: made.root, stdinIsTTY: true });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(
      "Serving run_script, search_api and describe_api, for 1 binding, over standard input",
    );
    const told = JSON.parse(/^ {2}(\{.*\})$/mu.exec(stderr)?.[1] ?? "{}") as {
      mcpServers: Record<string, { command: string; args: string[] }>;
    };
    expect(told).toEqual({
      mcpServers: {
        [basename(made.root)]: {
          command: "npx",
          args: [
            ...["--prefix", made.root, "isobind", "mcp", "--config", made.root],
            ...["--budget", "500", "--limits", "wallMs=5000"],
          ],
        },
      },
    });
    expect((await isobind(args, { cwd: made.root })).stderr).toBe("");
    // What it tells is what a client can start.
    const { client } = await start(project(), told.mcpServers[basename(made.root)]!.args.slice(3));
    expect(textOf(await run(client, `export default await SecureExec.bindings.stock.count("pear");`))).toBe(
      "Result:\n0",
    );
  });

  it("tells a person the address over HTTP, and of the token", async () => {
    const made = await shop();
    await isobind(["generate"], { cwd: made.root });
    const signal = AbortSignal.abort();
    const env = { ISOBIND_MCP_TOKEN: "secret" };
    const { stderr } = await isobind(["mcp", "--http", "--port", "0"], {
      cwd: made.root,
      isTTY: true,
      signal,
      env,
    });
    const { mcpServers } = JSON.parse(/^ {2}(\{.*\})$/mu.exec(stderr)?.[1] ?? "{}") as { mcpServers: object };
    expect(mcpServers).toEqual({
      [basename(made.root)]: {
        type: "http",
        url: /http:\S+/u.exec(stderr)?.[0],
        headers: { authorization: "Bearer …" },
      },
    });
    expect(stderr).not.toContain("secret");
  });

  it("frees what it holds when its client leaves without a word, and when it is told to", async () => {
    const registry = mockRegistry({ isobind: 1, style: "contract", root: emptyRoot, declarations: [] });
    for (const how of ["leaves", "told"] as const) {
      const stdin = new PassThrough();
      const server = await serveStdio(
        { registry, isolation: "none", typecheck: "off" },
        { stdin, stdout: new PassThrough() },
      );
      if (how === "leaves") stdin.end();
      else await server.close();
      await server.closed;
    }
  });

  it("the program of the documentation serves HTTP", async () => {
    const made = await shop();
    expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
    const server = spawn(process.execPath, ["server.ts"], {
      cwd: made.root,
      env: { ...process.env, PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const url = new URL(/http:\S+/u.exec(String(line))?.[0] ?? "");
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(url));
    expect(textOf(await run(client, `export default await SecureExec.bindings.stock.count("pear");`))).toBe(
      "Result:\n0",
    );
    server.kill("SIGTERM");
    await once(server, "exit");
    await client.close();
  });

  it.each([
    [["mcp", "--port", "1"], "`--port` is for HTTP"],
    [["mcp", "--http", "--port", "many"], "`--port many` is no whole number"],
    [["mcp", "--http", "--port", "70000"], "`--port 70000` is not a port"],
    [["mcp", "--from", "none.json"], "there is no file of that name"],
    [["mcp", "--budget", "0"], "`--budget 0` is no whole number of at least 1"],
    [["mcp", "--budget", "1"], "the shortest text of this contract has"],
    [
      ["mcp", "--http", "--host", "0.0.0.0"],
      "variable ISOBIND_MCP_TOKEN, and under which names with `--allow-host`",
    ],
    [["mcp", "--limits", "wallMs=0"], "wallMs"],
    [["mcp", "--globals", "-"], "would read what the client says"],
    [["mcp", "--globals", '{ "not a name": 1 }'], "not a name"],
  ])("%j is a mistake of the command line", async (args, message) => {
    const made = await shop();
    await isobind(["generate"], { cwd: made.root });
    const { code, stderr, stdout } = await isobind(args, { cwd: made.root });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("defect");
  });

  it("needs a port of its own", async () => {
    const made = await shop();
    await isobind(["generate"], { cwd: made.root });
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const ran = await isobind(["mcp", "--http", "--port", String(port)], { cwd: made.root });
    taken.close();
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`error: port ${port} is taken.`);
  });

  it("serves HTTP to those with the token", async () => {
    const made = await shop();
    await isobind(["generate"], { cwd: made.root });
    const controller = new AbortController();
    const listening = Promise.withResolvers<string>();
    const running = isobind(["mcp", "--http", "--port", "0"], {
      cwd: made.root,
      env: { ISOBIND_MCP_TOKEN: "secret" },
      signal: controller.signal,
      onStderr: (text) => listening.resolve(/http:\S+/u.exec(text)?.[0] ?? ""),
    });
    const url = await listening.promise;
    const asked = (headers: Record<string, string>): Promise<Response> =>
      fetch(url, { method: "POST", headers });
    expect((await asked({})).status).toBe(401);
    expect((await asked({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await asked({ authorization: "Bearer secret" })).status).toBe(415);
    controller.abort();
    expect((await running).code).toBe(0);
  });
});
