#!/usr/bin/env bash
# @google/genai 3.3.0: the last call that `generateContent` may make by itself has been made, is returned as one that is still to be made, and a chat keeps it twice, once without an answer; `generateContentStream` makes as many and returns the next.
#
# @google/genai 3.3.0, automatic function calling with maximumRemoteCalls (10 if not set), in front of a server on this machine that answers each request
# with another call. `functionCalls` of the response is what a caller has to run where automatic calling is off, so who goes on from there pays once more,
# and the model has never seen what the last call gave. The next message of the chat is sent behind a call without an answer. The output
# seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @google/genai@3.3.0

cat >expected <<'TEXT'
generateContent ran: pay 1, pay 2
generateContent returned: pay 2
generateContent has sent answers for: pay 1
generateContentStream ran: pay 1, pay 2
generateContentStream returned at last: pay 3
generateContentStream has sent answers for: pay 1, pay 2
the chat has kept: user text, model pay 1, user answer, model pay 2, user answer, model pay 2
the next message is sent behind: model pay 2
TEXT

cat >run.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { GoogleGenAI } from "@google/genai";

// A model that calls `pay` in each answer, with a number that counts the requests.
let requests = [];
const server = createServer(async (request, response) => {
  requests.push(JSON.parse((await request.toArray()).join("")));
  const functionCall = { name: "pay", args: { number: requests.length } };
  const answer = JSON.stringify({ candidates: [{ content: { role: "model", parts: [{ functionCall }] } }] });
  if (request.url.includes("stream")) response.setHeader("content-type", "text/event-stream").end(`data: ${answer}\r\n\r\n`);
  else response.setHeader("content-type", "application/json").end(answer);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const ai = new GoogleGenAI({ apiKey: "key", httpOptions: { baseUrl: `http://127.0.0.1:${server.address().port}` } });

let ran = [];
const named = ({ name, args }) => `${name} ${args.number}`;
const pay = {
  tool: async () => ({ functionDeclarations: [{ name: "pay" }] }),
  async callTool(calls) {
    ran.push(...calls.map(named));
    return calls.map((call) => ({ functionResponse: { name: call.name, response: { paid: call.args.number } } }));
  },
};
const config = { tools: [pay], automaticFunctionCalling: { maximumRemoteCalls: 2 } };
const answersSent = () =>
  requests.at(-1).contents.flatMap(({ parts }) => parts.flatMap((part) => (part.functionResponse ? [`pay ${part.functionResponse.response.paid}`] : [])));
const told = ({ role, parts: [part] }) => `${role} ${part.functionCall ? named(part.functionCall) : part.functionResponse ? "answer" : "text"}`;

const response = await ai.models.generateContent({ model: "model", contents: "Pay.", config });
console.log(`generateContent ran: ${ran.join(", ")}`);
console.log(`generateContent returned: ${response.functionCalls.map(named).join(", ")}`);
console.log(`generateContent has sent answers for: ${answersSent().join(", ")}`);

[requests, ran] = [[], []];
let last;
for await (const chunk of await ai.models.generateContentStream({ model: "model", contents: "Pay.", config })) last = chunk;
console.log(`generateContentStream ran: ${ran.join(", ")}`);
console.log(`generateContentStream returned at last: ${last.functionCalls.map(named).join(", ")}`);
console.log(`generateContentStream has sent answers for: ${answersSent().join(", ")}`);

[requests, ran] = [[], []];
const chat = ai.chats.create({ model: "model", config });
await chat.sendMessage({ message: "Pay." });
console.log(`the chat has kept: ${chat.getHistory().map(told).join(", ")}`);
requests = [];
await chat.sendMessage({ message: "And?" });
console.log(`the next message is sent behind: ${told(requests[0].contents.at(-2))}`);
server.close();
server.closeAllConnections();
JS

node run.mjs | tee seen
diff expected seen || exit 1
