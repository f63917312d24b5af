#!/usr/bin/env bash
# An import from node:process in Node 24.21.0, also of one name, reads every property the process has: it opens standard input, output and error, and loads their streams, sockets and the promises of files; the global, or require, does none of it.
#
# Node 24.21.0. The names of a module are all read when it is first imported, getters too. `import process from "node:process"` is what linters advise instead of the global. `new Worker(…)` of node:worker_threads opens
# two of them as well, for output that its thread may never write, unless it is given `stdout: true` and `stderr: true`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
the global: opens nothing, promises of files not loaded
require("node:process"): opens nothing, promises of files not loaded
import { nextTick } from "node:process": opens stdout stdin stderr, promises of files loaded
new Worker(""): opens stdout stderr, promises of files not loaded
new Worker("", { stdout: true, stderr: true }): opens nothing, promises of files not loaded
TEXT

cat >run.mjs <<'JS'
const [, , what] = process.argv;
const { writeSync } = process.getBuiltinModule("node:fs");
const opened = [];
for (const name of ["stdin", "stdout", "stderr"]) {
  const { get } = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get: () => (opened.includes(name) || opened.push(name), get.call(process)),
  });
}
const ways = {
  "the global": () => process.nextTick,
  'require("node:process")': () => process.getBuiltinModule("node:module").createRequire(import.meta.url)("node:process").nextTick,
  'import { nextTick } from "node:process"': () => import("./imports.mjs"),
  'new Worker("")': () => thread({}),
  'new Worker("", { stdout: true, stderr: true })': () => thread({ stdout: true, stderr: true }),
};
const thread = (options) => {
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker("", { eval: true, ...options });
  return new Promise((resolve) => worker.on("exit", resolve));
};
await ways[what]();
const promises = process.moduleLoadList.includes("NativeModule internal/fs/promises") ? "loaded" : "not loaded";
writeSync(1, `${what}: opens ${opened.join(" ") || "nothing"}, promises of files ${promises}\n`);
JS
echo 'import { nextTick } from "node:process"; export default nextTick;' >imports.mjs

for what in 'the global' 'require("node:process")' 'import { nextTick } from "node:process"' 'new Worker("")' 'new Worker("", { stdout: true, stderr: true })'; do
  node_modules/.bin/node run.mjs "$what" <package.json
done | tee seen
diff expected seen || exit 1
