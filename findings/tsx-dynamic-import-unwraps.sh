#!/usr/bin/env bash
# With tsx 4.23.15, `import pkg from "pkg"` and `(await import("pkg")).default` of one CommonJS package are two values: the object of exports, and its key `default`; in Node 24.21.0 both are the object.
#
# The package is what tsc emits for `export default`, with `__esModule`, and the importing module is ESM. One expects a static and a dynamic import to agree, and a script that runs under tsx to run under Node, which takes the types away
# itself: there `(await import("pkg")).default(…)` is no function. A package without `__esModule` is the same everywhere. jiti 2.7.0 gives the key in both forms. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 tsx@4.23.15 jiti@2.7.0

cat >expected <<'TEXT'
node
compiled: static an object with default, dynamic an object with default
plain: static the function, dynamic the function
tsx
compiled: static an object with default, dynamic the function
plain: static the function, dynamic the function
jiti
compiled: static the function, dynamic the function
plain: static the function, dynamic the function
TEXT

mkdir -p node_modules/compiled node_modules/plain
echo '{ "name": "compiled", "version": "1.0.0", "main": "index.js" }' >node_modules/compiled/package.json
cat >node_modules/compiled/index.js <<'JS'
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = greet;
function greet() {
  return "hello";
}
JS
echo '{ "name": "plain", "version": "1.0.0", "main": "index.js" }' >node_modules/plain/package.json
echo 'module.exports = function greet() { return "hello"; };' >node_modules/plain/index.js
cat >main.ts <<'TS'
import compiled from "compiled";
import plain from "plain";
const compiledLater = await import("compiled");
const plainLater = await import("plain");
const shown = (value: unknown): string => (typeof value === "function" ? "the function" : `an object with ${Object.keys(value as object)}`);
console.log(`compiled: static ${shown(compiled)}, dynamic ${shown(compiledLater.default)}`);
console.log(`plain: static ${shown(plain)}, dynamic ${shown(plainLater.default)}`);
TS
node=node_modules/.bin/node
{
  echo node && $node --no-warnings main.ts
  echo tsx && $node node_modules/tsx/dist/cli.mjs main.ts
  echo jiti && $node node_modules/jiti/lib/jiti-cli.mjs main.ts
} | tee seen
diff expected seen || exit 1
