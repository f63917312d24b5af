#!/usr/bin/env bash
# toEqual and toMatchObject of vitest 5.1.2 find two ArrayBuffers equal whatever is in them, and two DataViews, alone or deep inside a value, even when one of them is empty.
#
# vitest 5.1.2 (4.1.12 does the same) on Node 24.21.0. toStrictEqual and assert.deepEqual of Node tell them apart, and typed arrays are compared by all. A test of something that should give
# bytes passes when it gives none. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund vitest@5.1.2

cat >expected <<'TEXT'
Uint8Array: toEqual different, toMatchObject different, toStrictEqual different, deepEqual different
ArrayBuffer: toEqual equal, toMatchObject equal, toStrictEqual different, deepEqual different
ArrayBuffer, one of them empty: toEqual equal, toMatchObject equal, toStrictEqual different, deepEqual different
ArrayBuffer in an object: toEqual equal, toMatchObject equal, toStrictEqual different, deepEqual different
ArrayBuffer in a Map: toEqual equal, toMatchObject equal, toStrictEqual different, deepEqual different
DataView: toEqual equal, toMatchObject equal, toStrictEqual different, deepEqual different
TEXT

cat >run.mjs <<'JS'
import assert from "node:assert";
import { writeFileSync } from "node:fs";
import { startVitest } from "vitest/node";

writeFileSync(
  "bytes.test.js",
  `import assert from "node:assert";
import { expect, test } from "vitest";

const bytes = (...list) => new Uint8Array(list);
const pairs = {
  "Uint8Array": [bytes(1), bytes(2)],
  "ArrayBuffer": [bytes(1).buffer, bytes(2).buffer],
  "ArrayBuffer, one of them empty": [bytes(1, 2, 3).buffer, bytes().buffer],
  "ArrayBuffer in an object": [{ file: { data: bytes(1).buffer } }, { file: { data: bytes(2).buffer } }],
  "ArrayBuffer in a Map": [new Map([["data", bytes(1).buffer]]), new Map([["data", bytes(2).buffer]])],
  "DataView": [new DataView(bytes(1).buffer), new DataView(bytes(2).buffer)],
};
const equal = (check) => {
  try {
    check();
    return "equal";
  } catch {
    return "different";
  }
};
test("bytes", () => {
  for (const [name, [a, b]] of Object.entries(pairs)) {
    const seen = {
      toEqual: equal(() => expect(a).toEqual(b)),
      toMatchObject: equal(() => expect(a).toMatchObject(b)),
      toStrictEqual: equal(() => expect(a).toStrictEqual(b)),
      deepEqual: equal(() => assert.deepEqual(a, b)),
    };
    process.stdout.write(name + ": " + Object.entries(seen).map((pair) => pair.join(" ")).join(", ") + "\\n");
  }
});
`,
);
const vitest = await startVitest("test", ["bytes.test.js"], { run: true, watch: false, reporters: [{}], disableConsoleIntercept: true, pool: "threads" });
await vitest.close();
assert.equal(vitest.state.getCountOfFailedTests(), 0);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
