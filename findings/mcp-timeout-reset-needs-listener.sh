#!/usr/bin/env bash
# In @modelcontextprotocol/client 2.4.0 resetTimeoutOnProgress: true alone changes nothing: a server is asked for progress only when the call has an onprogress function, so a tool that reports all the time still runs into the timeout.
#
# @modelcontextprotocol/server and client 2.4.0, in both protocols. Without a listener the request carries no progress token, and a server that
# has no token tells nobody anything. An empty function is enough. The tool reports every 100 ms for 1.5 s; the timeout is 700 ms.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
2025-11-25, resetTimeoutOnProgress: no token, Request timed out
2025-11-25, with an empty onprogress: a token, done
2026-07-28, resetTimeoutOnProgress: no token, Request timed out
2026-07-28, with an empty onprogress: a token, done
TEXT

cat >run.mjs <<'JS'
import { setTimeout as pause } from "node:timers/promises";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

for (const [protocol, mode] of [
  ["2025-11-25", "legacy"],
  ["2026-07-28", "auto"],
])
  for (const [title, listener] of [
    ["resetTimeoutOnProgress", {}],
    ["with an empty onprogress", { onprogress: () => {} }],
  ]) {
    let progressToken;
    const handler = createMcpHandler(() => {
      const server = new McpServer({ name: "slow", version: "1" });
      server.registerTool("work", { inputSchema: z.object({}) }, async (_, { mcpReq }) => {
        progressToken = mcpReq._meta?.progressToken;
        for (let progress = 1; progress <= 15; progress++) {
          await pause(100);
          if (progressToken === undefined) continue;
          await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress } }).catch(() => {});
        }
        return { content: [{ type: "text", text: "done" }] };
      });
      return server;
    });
    const client = new Client({ name: "waits", version: "1" }, { versionNegotiation: { mode } });
    const send = (url, init) => handler.fetch(new Request(url, init));
    await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
    const options = { timeout: 700, resetTimeoutOnProgress: true, ...listener };
    const seen = await client.callTool({ name: "work", arguments: {} }, options).then(
      ({ content }) => content[0].text,
      ({ message }) => message,
    );
    console.log(`${protocol}, ${title}: ${progressToken === undefined ? "no token" : "a token"}, ${seen}`);
    await client.close();
  }
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
