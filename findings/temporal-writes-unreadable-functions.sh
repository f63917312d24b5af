#!/usr/bin/env bash
# The payload converter of Temporal 1.24.0 writes a function, a symbol or a `toJSON` that gives nothing as a payload without data, which it cannot read: "Unexpected end of JSON input".
#
# @temporalio/common 1.24.0. A value that cannot be converted, such as a bigint, is refused where it is written, with a ValueError that names it. These are written, so an activity that returns its handler has succeeded,
# and it is the workflow that fails while it reads the result, at every replay, with an error of JSON. Within an object they are left out, as JSON does. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/common@1.24.0

cat >expected <<'TEXT'
1n: refused, ValueError: Unable to convert 1 to payload
() => 1: written as json/plain with 0 bytes, read: SyntaxError: Unexpected end of JSON input
Symbol("a"): written as json/plain with 0 bytes, read: SyntaxError: Unexpected end of JSON input
{ toJSON() {} }: written as json/plain with 0 bytes, read: SyntaxError: Unexpected end of JSON input
{ done() {} }: written as json/plain with 2 bytes, read: {}
undefined: written as binary/null with 0 bytes, read: undefined
TEXT

cat >run.mjs <<'JS'
import { defaultPayloadConverter } from "@temporalio/common";

const values = {
  "1n": 1n,
  "() => 1": () => 1,
  'Symbol("a")': Symbol("a"),
  "{ toJSON() {} }": { toJSON() {} },
  "{ done() {} }": { done() {} },
  undefined: undefined,
};
const attempt = (use) => {
  try {
    return use();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
for (const [title, value] of Object.entries(values)) {
  const payload = attempt(() => defaultPayloadConverter.toPayload(value));
  if (typeof payload === "string") {
    console.log(`${title}: refused, ${payload}`);
    continue;
  }
  const read = attempt(() => defaultPayloadConverter.fromPayload(payload));
  const shown = typeof read === "string" ? read : JSON.stringify(read);
  console.log(`${title}: written as ${Buffer.from(payload.metadata.encoding)} with ${payload.data?.length ?? 0} bytes, read: ${shown}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
