#!/usr/bin/env bash
# One tool of @modelcontextprotocol/server 2.4.0 whose result is an array, a text or an object that may be null gives { result: … } to a client of protocol 2025-11-25 and the bare value to one of 2026-07-28, under two different output schemas.
#
# @modelcontextprotocol/server and client 2.4.0, zod 4.6.7. The older protocol has objects only, so the SDK puts one around everything else. It looks at the
# schema and not at the value: an object that may be null is wrapped when it is none. The same client gets another shape when either side is upgraded, and code
# that reads `structuredContent`, or types made from the schema, fit one of the two. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
list: 2025-11-25 {"result":[1,2]}, 2026-07-28 [1,2]
text: 2025-11-25 {"result":"hi"}, 2026-07-28 "hi"
object or null: 2025-11-25 {"result":{"n":1}}, 2026-07-28 {"n":1}
object: 2025-11-25 {"n":1}, 2026-07-28 {"n":1}
TEXT

cat >run.mjs <<'JS'
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** The SDK's own client and server in one process, over the requests and responses of HTTP. */
const asked = async (mode, build, ask) => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "numbers", version: "1" });
    build(server);
    return server;
  });
  const client = new Client({ name: "asks", version: "1" }, { versionNegotiation: { mode } });
  const send = (url, init) => handler.fetch(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
  const answer = await ask(client).catch((error) => `throws ${error.message}`);
  await client.close();
  return answer;
};

const call = async (client) => {
  const [{ outputSchema }] = (await client.listTools()).tools;
  const { structuredContent } = await client.callTool({ name: "tool", arguments: {} });
  const isWrapped = outputSchema.properties?.result !== undefined;
  if (isWrapped !== (structuredContent?.result !== undefined)) throw new Error("schema and value differ");
  return JSON.stringify(structuredContent);
};

const object = z.object({ n: z.number() });
for (const [name, outputSchema, structuredContent] of [
  ["list", z.array(z.number()), [1, 2]],
  ["text", z.string(), "hi"],
  ["object or null", object.nullable(), { n: 1 }],
  ["object", object, { n: 1 }],
]) {
  const build = (server) =>
    server.registerTool("tool", { inputSchema: z.object({}), outputSchema }, () => ({ content: [], structuredContent }));
  const [older, newer] = [await asked("legacy", build, call), await asked("auto", build, call)];
  console.log(`${name}: 2025-11-25 ${older}, 2026-07-28 ${newer}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
