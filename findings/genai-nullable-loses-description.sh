#!/usr/bin/env bash
# @google/genai 3.3.0: the description of a key that is an object or null does not reach the model, nor its title; that of an object, of a text or null, or of three choices does.
#
# @google/genai 3.3.0, responseSchema with a JSON Schema without `$schema`, as TypeBox, or a hand, writes it; with a `$schema` it is sent as it is. `anyOf` of a
# schema and null is turned into that schema with `nullable`, and what stands beside the `anyOf` is dropped. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @google/genai@3.3.0 typebox@1.4.3

cat >expected <<'TEXT'
an object: {"type":"OBJECT","properties":{},"description":"where to send it"}
an object or null: {"nullable":true,"type":"OBJECT","properties":{}}
a list or null: {"nullable":true,"type":"ARRAY","items":{"type":"STRING"}}
a text or null, as types: {"nullable":true,"type":"STRING","description":"where to send it"}
a text or null, as a union: {"nullable":true,"type":"STRING"}
a text, a number or null: {"nullable":true,"anyOf":[{"type":"STRING"},{"type":"NUMBER"}],"description":"where to send it"}
an object or null, with a $schema: {"anyOf":[{"type":"object","properties":{}},{"type":"null"}],"description":"where to send it"}
TEXT

cat >run.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { GoogleGenAI } from "@google/genai";
import { Type } from "typebox";

let body;
const server = createServer(async (request, response) => {
  body = JSON.parse((await request.toArray()).join(""));
  response.setHeader("content-type", "application/json").end('{ "candidates": [] }');
}).listen(0, "127.0.0.1");
await once(server, "listening");
const ai = new GoogleGenAI({ apiKey: "key", httpOptions: { baseUrl: `http://127.0.0.1:${server.address().port}` } });

// What the model is told of the key `to`.
async function told(to, dialect) {
  const responseSchema = { ...dialect, ...Type.Object({ to }) };
  await ai.models.generateContent({ model: "model", contents: "Send it.", config: { responseMimeType: "application/json", responseSchema } });
  const { generationConfig } = body;
  return JSON.stringify((generationConfig.responseSchema ?? generationConfig.responseJsonSchema).properties.to);
}

const about = { description: "where to send it" };
const objectOrNull = Type.Union([Type.Object({}), Type.Null()], about);
console.log(`an object: ${await told(Type.Object({}, about))}`);
console.log(`an object or null: ${await told(objectOrNull)}`);
console.log(`a list or null: ${await told(Type.Union([Type.Array(Type.String()), Type.Null()], about))}`);
console.log(`a text or null, as types: ${await told(Type.Unsafe({ type: ["string", "null"], ...about }))}`);
console.log(`a text or null, as a union: ${await told(Type.Union([Type.String(), Type.Null()], about))}`);
console.log(`a text, a number or null: ${await told(Type.Union([Type.String(), Type.Number(), Type.Null()], about))}`);
console.log(`an object or null, with a $schema: ${await told(objectOrNull, { $schema: "https://json-schema.org/draft/2020-12/schema" })}`);
server.close();
server.closeAllConnections();
JS

node run.mjs | tee seen
diff expected seen || exit 1
