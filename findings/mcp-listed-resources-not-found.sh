#!/usr/bin/env bash
# A resource that a server of MCP SDK 2.4.0 registers and lists as https://example.com cannot be read, because the server looks for https://example.com/, as URL writes it; so it is with a space, an accent or a capital host.
#
# @modelcontextprotocol/server and /client 2.4.0. Registering and listing take the text as it is, reading compares it with what `new URL(uri).href` makes of the question, and
# "Resource not found" names the very text that was listed. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
listed https://example.com/a: read, as https://example.com/a
listed https://example.com: Resource not found: https://example.com
listed https://Example.com/c: Resource not found: https://Example.com/c
listed https://example.com:443/d: Resource not found: https://example.com:443/d
listed https://example.com/a/../b: Resource not found: https://example.com/a/../b
listed file:///notes/to do.txt: Resource not found: file:///notes/to do.txt
listed file:///notes/café.txt: Resource not found: file:///notes/café.txt
listed notes://Work: read, as notes://Work
listed notes:to do: read, as notes:to do
listed notes://work/to do: Resource not found: notes://work/to do
TEXT

cat >run.mjs <<'JS'
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";

const uris = [
  "https://example.com/a",
  "https://example.com",
  "https://Example.com/c",
  "https://example.com:443/d",
  "https://example.com/a/../b",
  "file:///notes/to do.txt",
  "file:///notes/café.txt",
  "notes://Work",
  "notes:to do",
  "notes://work/to do",
];
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: "files", version: "1" });
  for (const uri of uris) server.registerResource(uri, uri, {}, ({ href }) => ({ contents: [{ uri: href, text: uri }] }));
  return server;
});
const client = new Client({ name: "reads", version: "1" });
const send = (url, init) => handler.fetch(new Request(url, init));
await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
const { resources } = await client.listResources();
for (const { uri } of resources) {
  const seen = await client.readResource({ uri }).then(({ contents }) => `read, as ${contents[0].uri}`, ({ message }) => message);
  console.log(`listed ${uri}: ${seen}`);
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
