#!/usr/bin/env bash
# In Connect 2.3.0 a call with a timeout of 1500.5 ms is refused by the server as a violation of the protocol by the client, over Connect, gRPC and gRPC-Web, and so is each call under such a default.
#
# @connectrpc/connect 2.3.0 on both sides. `timeoutMs` is a number and says nothing of whole ones; what is left of a deadline, `end - performance.now()`, has a fraction nearly always. One expects it to be rounded, as the
# timers of Node do, or to be refused where it was given. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @connectrpc/connect@2.3.0 @connectrpc/connect-node@2.3.0 @bufbuild/protobuf@2.17.0

cat >expected <<'TEXT'
Connect, 60000 ms: answered
Connect, 60000.5 ms: [invalid_argument] protocol error: invalid connect timeout value: 60000.5
Connect, default of 60000.5 ms: [invalid_argument] protocol error: invalid connect timeout value: 60000.5
gRPC, 60000 ms: answered
gRPC, 60000.5 ms: [invalid_argument] protocol error: invalid grpc timeout value: 60000.5m
gRPC, default of 60000.5 ms: [invalid_argument] protocol error: invalid grpc timeout value: 60000.5m
gRPC-Web, 60000 ms: answered
gRPC-Web, 60000.5 ms: [invalid_argument] protocol error: invalid grpc timeout value: 60000.5m
gRPC-Web, default of 60000.5 ms: [invalid_argument] protocol error: invalid grpc timeout value: 60000.5m
TEXT

cat >run.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:http2";
import { create, createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter, createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";

const file = create(FileDescriptorProtoSchema, {
  name: "echo.proto",
  syntax: "proto3",
  messageType: [{ name: "Nothing" }],
  service: [{ name: "Echo", method: [{ name: "Call", inputType: ".Nothing", outputType: ".Nothing" }] }],
});
const Echo = createFileRegistry(file, () => undefined).getService("Echo");
const server = createServer(connectNodeAdapter({ routes: (router) => router.service(Echo, { call: () => ({}) }) }));
await once(server.listen(0, "127.0.0.1"), "listening");
const baseUrl = `http://127.0.0.1:${server.address().port}`;

for (const [name, transport] of Object.entries({ Connect: createConnectTransport, gRPC: createGrpcTransport, "gRPC-Web": createGrpcWebTransport })) {
  const ways = {
    "60000 ms": [{}, { timeoutMs: 60_000 }],
    "60000.5 ms": [{}, { timeoutMs: 60_000.5 }],
    "default of 60000.5 ms": [{ defaultTimeoutMs: 60_000.5 }, {}],
  };
  for (const [title, [options, call]] of Object.entries(ways)) {
    const client = createClient(Echo, transport({ baseUrl, httpVersion: "2", ...options }));
    const told = await client.call({}, call).then(
      () => "answered",
      (error) => error.message,
    );
    console.log(`${name}, ${title}: ${told}`);
  }
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
