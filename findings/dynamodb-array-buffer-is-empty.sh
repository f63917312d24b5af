#!/usr/bin/env bash
# In @aws-sdk/lib-dynamodb 3.1169.0 an `ArrayBuffer`, a `DataView` and a `Blob` are stored as no bytes, without an error, and a `Float32Array` throws "s.charCodeAt is not a function", though in a set it is stored.
#
# @aws-sdk/lib-dynamodb 3.1169.0 with @aws-sdk/client-dynamodb 3.1169.0. All of them are among the types that its documentation and its `NativeAttributeBinary` name for binary values. `marshall` takes them as they are, and what writes the request
# knows `Uint8Array` only, so the result of `fetch(…).arrayBuffer()` or of `crypto.subtle.digest` is put and read as nothing. The requests go to a handler that keeps the item. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund @aws-sdk/lib-dynamodb@3.1169.0 @aws-sdk/client-dynamodb@3.1169.0 @smithy/protocol-http@5.6.2

cat >expected <<'TEXT'
Uint8Array of 1, 2: sent {"B":"AQI="}, read 2 bytes
its ArrayBuffer: sent {"B":""}, read 0 bytes
a DataView of it: sent {"B":""}, read 0 bytes
a SHA-256 of it: sent {"B":""}, read 0 bytes
a Blob of it: sent {"B":""}, read 0 bytes
Float32Array of 0.5: s.charCodeAt is not a function
a set of the Float32Array: sent {"BS":["AAAAPw=="]}, read 4 bytes
a set of the ArrayBuffer: @smithy/util-base64: toBase64 encoder function only accepts string | Uint8Array.
TEXT

cat >run.mjs <<'JS'
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { HttpResponse } from "@smithy/protocol-http";
import { Readable } from "node:stream";

let stored;
const requestHandler = {
  handle: async ({ body }) => {
    const { Item } = JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
    stored = Item ?? stored;
    const answer = Buffer.from(JSON.stringify(Item ? {} : { Item: stored }));
    return { response: new HttpResponse({ statusCode: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body: Readable.from([answer]) }) };
  },
};
const credentials = { accessKeyId: "id", secretAccessKey: "key" };
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "us-east-1", credentials, requestHandler }));

async function show(title, value) {
  try {
    await client.send(new PutCommand({ TableName: "files", Item: { id: "1", value } }));
    const { Item } = await client.send(new GetCommand({ TableName: "files", Key: { id: "1" } }));
    const [bytes] = Item.value instanceof Set ? Item.value : [Item.value];
    console.log(`${title}: sent ${JSON.stringify(stored.value)}, read ${bytes.byteLength} bytes`);
  } catch (error) {
    console.log(`${title}: ${error.message.split("\n")[0]}`);
  }
}

const bytes = new Uint8Array([1, 2]);
await show("Uint8Array of 1, 2", bytes);
await show("its ArrayBuffer", bytes.buffer);
await show("a DataView of it", new DataView(bytes.buffer));
await show("a SHA-256 of it", await crypto.subtle.digest("SHA-256", bytes));
await show("a Blob of it", new Blob([bytes]));
await show("Float32Array of 0.5", new Float32Array([0.5]));
await show("a set of the Float32Array", new Set([new Float32Array([0.5])]));
await show("a set of the ArrayBuffer", new Set([bytes.buffer]));
JS

node run.mjs 2>seen.warnings | tee seen
diff expected seen || exit 1
