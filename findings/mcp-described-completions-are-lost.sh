#!/usr/bin/env bash
# In MCP SDK 2.4.0 with zod 4.6.7 an argument `completable(z.string(), …).describe("…")` completes nothing, and so does one whose inner schema is optional, while `completable(…).optional()` completes.
#
# `completable` marks the schema object, and a method of zod that makes another object of the same kind leaves the mark behind. One expects an argument with a description
# to be what it was, or to be refused. It is listed with its description, and the answer to every request for completions is an empty list.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
completable(z.string()): paris
completable(z.string().describe("a city")): paris
completable(z.string()).describe("a city"): nothing
completable(z.string()).min(1): nothing
completable(z.string()).optional(): paris
completable(z.string()).optional().describe("a city"): paris
completable(z.string().optional()): nothing
TEXT

cat >run.mjs <<'JS'
import { Client } from "@modelcontextprotocol/client";
import { completable, InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";

const cities = () => ["paris"];
const schemas = {
  "completable(z.string())": completable(z.string(), cities),
  'completable(z.string().describe("a city"))': completable(z.string().describe("a city"), cities),
  'completable(z.string()).describe("a city")': completable(z.string(), cities).describe("a city"),
  "completable(z.string()).min(1)": completable(z.string(), cities).min(1),
  "completable(z.string()).optional()": completable(z.string(), cities).optional(),
  'completable(z.string()).optional().describe("a city")': completable(z.string(), cities).optional().describe("a city"),
  "completable(z.string().optional())": completable(z.string().optional(), cities),
};
const server = new McpServer({ name: "completes", version: "1" });
for (const [name, city] of Object.entries(schemas)) server.registerPrompt(name, { argsSchema: z.object({ city }) }, () => ({ messages: [] }));
const client = new Client({ name: "asks", version: "1" });
const [one, other] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(one), client.connect(other)]);
for (const name of Object.keys(schemas)) {
  const { completion } = await client.complete({ ref: { type: "ref/prompt", name }, argument: { name: "city", value: "p" } });
  console.log(`${name}: ${completion.values.join(", ") || "nothing"}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
