#!/usr/bin/env bash
# In llamaindex 0.12.1 a tool runs with the input that its schema refuses: null for an optional number reaches it as null, and the defaults and conversions of all the other keys are left away with it.
#
# llamaindex 0.12.1 with @llamaindex/core 0.6.22 and zod 4.6.7. One expects of `parameters` what other libraries do: the model is told what is wrong and calls again. Here the refusal is a warning in the console, and `execute` is called with what the model
# sent, against the types of its own argument. A model that answers null for a key it leaves out is common. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps llamaindex@0.12.1 @llamaindex/core@0.6.22 zod@4.6.7

cat >expected <<'TEXT'
{"seats":"2"}: runs with { seats: 2, hour: 19 }
{"seats":"2","table":5}: runs with { seats: 2, table: 5, hour: 19 }
{"seats":"2","table":null}: runs with { seats: '2', table: null }
{"seats":"two"}: runs with { seats: 'two' }
{}: runs with {}
TEXT

cat >run.mjs <<'JS'
import { tool } from "llamaindex";
import { z } from "zod";

const book = tool({
  name: "book",
  description: "Books a table",
  parameters: z.object({ seats: z.coerce.number().int(), table: z.number().optional(), hour: z.number().default(19) }),
  execute: (input) => input,
});

console.warn = () => {};
for (const input of [{ seats: "2" }, { seats: "2", table: 5 }, { seats: "2", table: null }, { seats: "two" }, {}]) {
  console.log(`${JSON.stringify(input)}: runs with`, await book.call(input));
}
process.exit(0);
JS

node run.mjs 2>/dev/null | tee seen
diff expected seen || exit 1
