#!/usr/bin/env bash
# Where a body and the disposal after it both throw, code of @swc/core 1.16.22 for es2022 throws "ReferenceError: _SuppressedError is not defined", and neither of the two errors.
#
# typescript 6.0.3, beside it, throws a SuppressedError that has both. The helper that swc writes into the file looks for a global SuppressedError under a name that it has changed;
# with one error, and with helpers from @swc/helpers 0.5.23, all is well. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund @swc/core@1.16.22 @swc/helpers@0.5.23 typescript@6.0.3

cat >expected <<'TEXT'
typescript: one throws: Error: cannot close; both throw: SuppressedError of cannot close, cannot read
swc: one throws: Error: cannot close; both throw: ReferenceError: _SuppressedError is not defined
swc with @swc/helpers: one throws: Error: cannot close; both throw: SuppressedError of cannot close, cannot read
TEXT

cat >two.ts <<'TS'
const file = { [Symbol.dispose]: () => { throw new Error("cannot close"); } };
export function disposal(): void {
  using open = file;
}
export function both(): void {
  using open = file;
  throw new Error("cannot read");
}
TS
cat >run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import swc from "@swc/core";
import typescript from "typescript";

const text = readFileSync("two.ts", "utf8");
const bySwc = (externalHelpers) => swc.transformSync(text, { jsc: { parser: { syntax: "typescript" }, target: "es2022", externalHelpers } }).code;
const made = {
  typescript: typescript.transpileModule(text, { compilerOptions: { target: "es2022", module: "esnext" } }).outputText,
  swc: bySwc(false),
  "swc with @swc/helpers": bySwc(true),
};
const told = (run) => {
  try {
    run();
  } catch (thrown) {
    const { name, message, error, suppressed } = thrown;
    return error === undefined ? `${name}: ${message}` : `${name} of ${error.message}, ${suppressed.message}`;
  }
};
for (const [at, [name, code]] of Object.entries(made).entries()) {
  writeFileSync(`${at}.mjs`, code);
  const { disposal, both } = await import(`./${at}.mjs`);
  console.log(`${name}: one throws: ${told(disposal)}; both throw: ${told(both)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
