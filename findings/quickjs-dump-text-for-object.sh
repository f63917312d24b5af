#!/usr/bin/env bash
# ctx.dump() of quickjs-emscripten 0.32.0 gives the text "[object Object]" for an object that holds a bigint or itself somewhere, and calls the toJSON of any other.
#
# quickjs-emscripten 0.32.0. A bigint alone is dumped as a bigint, an object as an object, so one expects an error or a copy for both together. It is JSON that
# makes the copy, and where JSON refuses, the object is turned into text, which is no failure: the host has a string in place of its result. What else JSON does
# happens as well: `undefined` is gone, -0 is 0, a Map is {}, and a method of the guest decides what the host sees. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund quickjs-emscripten@0.32.0

cat >expected <<'TEXT'
10n: bigint 10n
({ n: 1 }): object { n: 1 }
({ n: 10n }): string '[object Object]'
[{ n: 10n }, 2]: string '[object Object],2'
const a = { n: 1 }; a.a = a; a: string '[object Object]'
new Map([[1, 2]]): object {}
[undefined, -0, NaN]: object [ null, 0, null ]
({ secret: 1, toJSON: () => "shown" }): string 'shown'
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import { getQuickJS } from "quickjs-emscripten";

const quickjs = await getQuickJS();
for (const code of [
  "10n",
  "({ n: 1 })",
  "({ n: 10n })",
  "[{ n: 10n }, 2]",
  "const a = { n: 1 }; a.a = a; a",
  "new Map([[1, 2]])",
  "[undefined, -0, NaN]",
  '({ secret: 1, toJSON: () => "shown" })',
]) {
  const context = quickjs.newContext();
  const handle = context.unwrapResult(context.evalCode(code));
  const dumped = context.dump(handle);
  console.log(`${code}: ${typeof dumped} ${inspect(dumped)}`);
  handle.dispose();
  context.dispose();
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
