#!/usr/bin/env bash
# @mistralai/mistralai 2.7.0 with zod 4.6.7: `chat.parse` tells the model that an optional key is required and may be null, and when the answer has that null, nothing of the answer is parsed, without an error.
#
# @mistralai/mistralai 2.7.0, chat.parse with a zod schema, in front of a server on this machine that answers with a given text. The schema is sent with
# `strict`, so a model that keeps to it cannot leave the key out, and each answer without a note has no `parsed`. An answer that the schema refuses for
# another reason and one that is no JSON look the same. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @mistralai/mistralai@2.7.0 zod@4.6.7

cat >expected <<'TEXT'
told: {"name":"placeholderName","schema":{"type":"object","properties":{"city":{"type":"string"},"note":{"type":["string","null"]}},"required":["city","note"],"additionalProperties":false},"strict":true}
{"city":"Paris","note":"big"}: {"city":"Paris","note":"big"}
{"city":"Paris","note":null}: undefined
{"city":"Paris"}: {"city":"Paris"}
{"city":7,"note":"big"}: undefined
{"city":"Par: undefined
TEXT

cat >run.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { Mistral } from "@mistralai/mistralai";
import { z } from "zod";

let content, body;
const server = createServer(async (request, response) => {
  body = JSON.parse((await request.toArray()).join(""));
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "model", usage, choices }));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const mistral = new Mistral({ apiKey: "key", serverURL: `http://127.0.0.1:${server.address().port}` });

async function parsed(answer, responseFormat) {
  content = answer;
  const { choices } = await mistral.chat.parse({ model: "model", messages: [{ role: "user", content: "Where?" }], responseFormat });
  return JSON.stringify(choices[0].message.parsed);
}
const place = z.object({ city: z.string(), note: z.string().optional() });
await parsed("{}", place);
console.log(`told: ${JSON.stringify(body.response_format.json_schema)}`);
for (const answer of ['{"city":"Paris","note":"big"}', '{"city":"Paris","note":null}', '{"city":"Paris"}', '{"city":7,"note":"big"}', '{"city":"Par']) {
  console.log(`${answer}: ${await parsed(answer, place)}`);
}
server.close();
server.closeAllConnections();
JS

node run.mjs | tee seen
diff expected seen || exit 1
