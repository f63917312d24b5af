#!/usr/bin/env bash
# A call that the caller has aborted rejects in @modelcontextprotocol/client 2.4.0 with the code REQUEST_TIMEOUT, as a late answer does, and a tool of createMcpHandler is told of it only in protocol 2026-07-28: in 2025-11-25 it goes on.
#
# @modelcontextprotocol/server and client 2.4.0. Who tries again what has timed out tries again what the user stopped, while the first still runs. The reason given to abort() is only to be had as text, in the message.
# In 2025-11-25 the note of the cancellation comes to a server of its own, which knows nothing of the call. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
2025-11-25, aborted: SdkError REQUEST_TIMEOUT "TypeError: stopped by the user", the reason is not its cause, the tool goes on
2025-11-25, timed out: SdkError REQUEST_TIMEOUT "Request timed out", the tool goes on
2026-07-28, aborted: SdkError REQUEST_TIMEOUT "TypeError: stopped by the user", the reason is not its cause, the tool is told
2026-07-28, timed out: SdkError REQUEST_TIMEOUT "Request timed out", the tool is told
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
  for (const title of ["aborted", "timed out"]) {
    let start;
    const started = new Promise((resolve) => (start = resolve));
    const handler = createMcpHandler(() => {
      const server = new McpServer({ name: "slow", version: "1" });
      server.registerTool("work", { inputSchema: z.object({}) }, async (_, { mcpReq }) => {
        start(mcpReq.signal);
        await pause(3000);
        return { content: [] };
      });
      return server;
    });
    const client = new Client({ name: "asks", version: "1" }, { versionNegotiation: { mode } });
    const send = (url, init) => handler.fetch(new Request(url, init));
    await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
    const reason = new TypeError("stopped by the user");
    const stop = new AbortController();
    const options = title === "aborted" ? { signal: stop.signal } : { timeout: 500 };
    const failed = client.callTool({ name: "work", arguments: {} }, options).then(
      () => "done",
      ({ name, code, message, cause }) =>
        `${name} ${code} ${JSON.stringify(message)}${title === "aborted" ? `, the reason is ${cause === reason ? "" : "not "}its cause` : ""}`,
    );
    const signal = await started;
    if (title === "aborted") stop.abort(reason);
    const said = await failed;
    for (let left = 20; left > 0 && !signal.aborted; left--) await pause(50);
    console.log(`${protocol}, ${title}: ${said}, the tool ${signal.aborted ? "is told" : "goes on"}`);
    await client.close();
  }
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
