#!/usr/bin/env bash
# @modelcontextprotocol/inspector 2.12.0: on its command line a text argument that reads as JSON is not sent as the text that the tool asks for: `--tool-arg id=5` is refused, `id=007` is taken, and an empty text cannot be given.
#
# @modelcontextprotocol/inspector 2.12.0, `--cli` in front of a server of @modelcontextprotocol/sdk 1.32.2 on standard input and output. The CLI knows the
# schema of the tool: where it asks for a number, "007" is 7, and "5abc" is sent as null. Where it asks for a text, whether a value stays one is
# decided by the value; `id="5"` in quotes of JSON is the way. Arguments of prompts stay texts. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/inspector@2.12.0 @modelcontextprotocol/sdk@1.32.2 zod@4.6.7

cat >expected <<'TEXT'
--tool-arg id=007 -> {"id":"007"}
--tool-arg id=5 -> Invalid input: expected string, received number at id
--tool-arg id=true -> Invalid input: expected string, received boolean at id
--tool-arg id={"a":1} -> Invalid input: expected string, received object at id
--tool-arg id="5" -> {"id":"5"}
--tool-arg id= -> Invalid parameter format: id=. Use key=value format.
--tool-arg count=007 -> {"count":7}
--tool-arg count=5abc -> Invalid input: expected number, received null at count
TEXT

cat >server.mjs <<'JS'
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";

const server = new McpServer({ name: "server", version: "1.0.0" });
const inputSchema = { id: z.string().optional(), count: z.number().optional() };
server.registerTool("same", { inputSchema }, (input) => ({ content: [{ type: "text", text: JSON.stringify(input) }] }));
await server.connect(new StdioServerTransport());
JS

cat >run.mjs <<'JS'
import { spawnSync } from "node:child_process";

for (const argument of ["id=007", "id=5", "id=true", 'id={"a":1}', 'id="5"', "id=", "count=007", "count=5abc"]) {
  const { stdout, stderr } = spawnSync("node_modules/.bin/mcp-inspector", [
    ...["--cli", process.execPath, "server.mjs"],
    ...["--method", "tools/call", "--tool-name", "same", "--tool-arg", argument],
  ]);
  const said = stdout.length ? JSON.parse(stdout).content[0].text : JSON.parse(stderr).error.message;
  console.log(`--tool-arg ${argument} -> ${said.replace(/^.*?(?=Invalid input|Invalid parameter)/, "")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
