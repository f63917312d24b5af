#!/usr/bin/env bash
# Node 24.21.0 rejects every code cache that was made with another --stack-trace-limit, and keeps a second module compile cache for it, though the flag changes no code.
#
# Node 24.21.0. Flags of V8 belong to the version of its caches, and one expects those that compile otherwise. This one only says how long a stack is: a cache built
# without it is useless to a process started with it in NODE_OPTIONS, and modules are compiled anew into a folder of their own. `Error.stackTraceLimit` does the
# same for stacks and nothing to caches, and a limit of memory is no part of the version. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
no flag: rejected false
--stack-trace-limit=20: rejected true
--max-old-space-size=200: rejected false
--no-warnings: rejected false
Error.stackTraceLimit = 20: rejected false
folders of the compile cache after two runs without: 1, and one run with --stack-trace-limit=20: 2
TEXT

cat >script.js <<'JS'
"use strict";
function answer() {
  return 42;
}
answer();
JS
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const vm = require("node:vm");
if (process.argv[2] === "limit") Error.stackTraceLimit = 20;
const script = new vm.Script(readFileSync("script.js", "utf8"), { cachedData: readFileSync("cache") });
process.stdout.write(`${script.cachedDataRejected}`);
JS
cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";

writeFileSync("cache", new vm.Script(readFileSync("script.js", "utf8")).createCachedData());
const env = { PATH: process.env.PATH };
const run = (args, more = {}) => execFileSync(process.execPath, args, { encoding: "utf8", env: { ...env, ...more } });
for (const flag of ["no flag", "--stack-trace-limit=20", "--max-old-space-size=200", "--no-warnings"])
  console.log(`${flag}: rejected ${run(flag === "no flag" ? ["read.cjs"] : [flag, "read.cjs"])}`);
console.log(`Error.stackTraceLimit = 20: rejected ${run(["read.cjs", "limit"])}`);

const NODE_COMPILE_CACHE = "kept";
for (const _ of [1, 2]) run(["script.js"], { NODE_COMPILE_CACHE });
const before = readdirSync("kept").length;
run(["--stack-trace-limit=20", "script.js"], { NODE_COMPILE_CACHE });
console.log(
  `folders of the compile cache after two runs without: ${before}, and one run with --stack-trace-limit=20: ${readdirSync("kept").length}`,
);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
