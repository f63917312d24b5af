#!/usr/bin/env bash
# In oRPC 1.16.1 NaN arrives as NaN, Infinity as null and -0 as 0, and bytes as `{ "0": 104 }`, without an error.
#
# @orpc/client and @orpc/server 1.16.1. Beside JSON a message names the type of each value that JSON has not: dates, also invalid ones, bigints, undefined, NaN. One expects that of Infinity as well, which JSON makes the same null of,
# and that what has no type at all is refused, as a bigint inside of an object wrapper is. A schema that takes numbers refuses the call then, or with z.nullable() takes no limit for none given. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @orpc/client@1.16.1 @orpc/server@1.16.1

cat >expected <<'TEXT'
NaN: NaN
new Date(NaN): Invalid Date
undefined: undefined
Infinity: null
-0: 0
new Uint8Array([104, 105]): { '0': 104, '1': 105 }
new URLSearchParams("a=1"): {}
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import { os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";

let got;
const handler = new RPCHandler({
  take: os.handler(({ input }) => {
    got = input;
  }),
});
const link = new RPCLink({
  url: "http://localhost/",
  fetch: async (request) => (await handler.handle(request)).response,
});
const client = createORPCClient(link);

const values = {
  NaN: NaN,
  "new Date(NaN)": new Date(NaN),
  undefined: undefined,
  Infinity: Infinity,
  "-0": -0,
  "new Uint8Array([104, 105])": new Uint8Array([104, 105]),
  'new URLSearchParams("a=1")': new URLSearchParams("a=1"),
};
for (const [title, value] of Object.entries(values)) {
  await client.take([value]);
  console.log(`${title}: ${inspect(got[0])}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
