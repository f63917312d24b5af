#!/usr/bin/env bash
# With an event store, MCP SDK 2.4.0 keeps what a server sends while its client has no stream open, and never sends it: a notification of `oninitialized`, or between a cut stream without events and the next, is in the store and lost.
#
# The store is there so that nothing is lost when a stream is cut. The stream of a call begins with an empty event, from whose id a client goes on. The stream that the client
# opens for everything else begins with none, so before its first message there is no id to go on from, and what was stored before stays there. What is sent once
# a message had come is replayed. The client opens that stream after its `initialized`, and a server that announces tools then is too early.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0

cat >expected <<'TEXT'
sent in oninitialized: stored 1, heard 0
stream cut before its first event, sent, stream opened again: stored 2, heard 0
sent with the stream open: stored 3, heard 1
stream cut after an event, sent, stream opened again: stored 4, heard 2
TEXT

cat >run.mjs <<'JS'
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";

const events = [];
const eventStore = {
  storeEvent: async (stream, message) => `${events.push({ stream, message })}`,
  getStreamIdForEventId: async (id) => events[id - 1]?.stream,
  async replayEventsAfter(last, { send }) {
    const { stream } = events[last - 1];
    for (let at = Number(last); at < events.length; at++) if (events[at].stream === stream) await send(`${at + 1}`, events[at].message);
    return stream;
  },
};
const server = new McpServer({ name: "announces", version: "1" }, { capabilities: { tools: { listChanged: true } } });
const announce = () => server.server.sendToolListChanged();
server.server.oninitialized = () => void announce();
const serves = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: () => "one", eventStore });
await server.connect(serves);

/** What the client has open, and how often it has opened it. */
const streams = { opened: 0, cut: () => {}, hold: Promise.resolve() };
const fetch = async (url, init) => {
  if (init.method !== "GET") return serves.handleRequest(new Request(url, init));
  await streams.hold;
  const response = await serves.handleRequest(new Request(url, init));
  const { readable, writable } = new TransformStream();
  const end = new AbortController();
  streams.cut = () => end.abort();
  response.body.pipeTo(writable, { signal: end.signal }).catch(() => {});
  streams.opened++;
  return new Response(readable, response);
};
const until = async (holds) => {
  for (let left = 400; left > 0 && !holds(); left--) await new Promise((resolve) => setTimeout(resolve, 10));
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

let heard = 0;
const reconnectionOptions = { initialReconnectionDelay: 10, maxReconnectionDelay: 10, reconnectionDelayGrowFactor: 1, maxRetries: 5 };
const client = new Client({ name: "hears", version: "1" });
client.setNotificationHandler("notifications/tools/list_changed", () => void heard++);
await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch, reconnectionOptions }));
const say = async (what, arrives = 0) => {
  await until(() => heard >= arrives);
  await settled();
  const stored = events.filter(({ message }) => message.method === "notifications/tools/list_changed").length;
  console.log(`${what}: stored ${stored}, heard ${heard}`);
};
const cutAndSend = async () => {
  const { opened } = streams;
  let go;
  streams.hold = new Promise((resolve) => (go = resolve));
  streams.cut();
  await settled();
  await announce();
  go();
  await until(() => streams.opened > opened);
};

await until(() => streams.opened === 1);
await say("sent in oninitialized");
await cutAndSend();
await say("stream cut before its first event, sent, stream opened again");
await announce();
await say("sent with the stream open", 1);
await cutAndSend();
await say("stream cut after an event, sent, stream opened again", 2);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
