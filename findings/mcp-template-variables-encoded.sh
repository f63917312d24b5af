#!/usr/bin/env bash
# In MCP SDK 2.4.0 a resource template hands its variables to the handler still percent-encoded, a query into the last of them, and its own expand encodes, so that what was expanded does not come back.
#
# @modelcontextprotocol/server and client 2.4.0. One expects a matched variable to be the text it was made from, as with routers and `URLPattern.exec` of a decoded
# path. A file named "my notes" or a name with a letter beyond ASCII is looked up under its encoded name and not found, and `x://foo/b?c=1` gives the variable b?c=1.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
my notes: asked as file:///my%20notes, the handler has my%20notes
Zürich: asked as file:///Z%C3%BCrich, the handler has Z%C3%BCrich
100%: asked as file:///100%25, the handler has 100%25
a/b: asked as file:///a%2Fb, the handler has a%2Fb
notes?draft=1: asked as file:///notes?draft=1, the handler has notes?draft=1
TEXT

cat >run.mjs <<'JS'
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer, ResourceTemplate } from "@modelcontextprotocol/server";

const template = new ResourceTemplate("file:///{name}", { list: undefined });
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: "files", version: "1" });
  server.registerResource("file", template, {}, (uri, { name }) => ({ contents: [{ uri: uri.href, text: name }] }));
  return server;
});
const client = new Client({ name: "asks", version: "1" });
const send = (url, init) => handler.fetch(new Request(url, init));
await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));

const read = async (name, uri) => {
  const { contents } = await client.readResource({ uri });
  console.log(`${name}: asked as ${uri}, the handler has ${contents[0].text}`);
};
for (const name of ["my notes", "Zürich", "100%", "a/b"]) await read(name, template.uriTemplate.expand({ name }));
await read("notes?draft=1", "file:///notes?draft=1");
await client.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
