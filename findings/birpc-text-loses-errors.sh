#!/usr/bin/env bash
# With birpc 4.2.0 over JSON, as its README sets up a WebSocket, every rejection is `{}`: an error has lost its message, and so has "function not found".
#
# birpc 4.2.0. A call that fails tells the error in the field `e` of its answer, as it is. By the structured clone of a MessageChannel it is an error again. JSON.stringify, which the README has for WebSockets, makes {} of it, and the caller
# gets that: no Error, no message, no stack, of birpc's own errors as well. What comes through is what the error has besides. structured-clone-es, which the README has for circles, keeps it. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund birpc@4.2.0 structured-clone-es@2.0.1

cat >expected <<'TEXT'
MessageChannel, fail(): RangeError "too many", code undefined
MessageChannel, missing(): Error "[birpc] function "missing" not found", code undefined
JSON, fail(): no Error, {"code":"LIMIT"}
JSON, missing(): no Error, {}
structured-clone-es, fail(): Error "too many", code undefined
structured-clone-es, missing(): Error "[birpc] function "missing" not found", code undefined
TEXT

cat >run.mjs <<'JS'
import { createBirpc } from "birpc";
import { parse, stringify } from "structured-clone-es";

const functions = {
  fail() {
    throw Object.assign(new RangeError("too many"), { code: "LIMIT" });
  },
};
const settings = {
  MessageChannel: {},
  JSON: { serialize: (value) => JSON.stringify(value), deserialize: (text) => JSON.parse(text) },
  "structured-clone-es": { serialize: (value) => stringify(value), deserialize: (text) => parse(text) },
};
for (const [title, setting] of Object.entries(settings)) {
  const { port1, port2 } = new MessageChannel();
  const over = (port) => ({ post: (data) => port.postMessage(data), on: (listener) => port.on("message", listener), ...setting });
  createBirpc(functions, over(port1));
  const rpc = createBirpc({}, over(port2));
  for (const name of ["fail", "missing"]) {
    const error = await rpc[name]().catch((reason) => reason);
    const told = error instanceof Error ? `${error.name} "${error.message}", code ${error.code}` : `no Error, ${JSON.stringify(error)}`;
    console.log(`${title}, ${name}(): ${told}`);
  }
  port1.close();
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
