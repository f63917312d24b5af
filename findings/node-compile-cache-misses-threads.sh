#!/usr/bin/env bash
# module.enableCompileCache() of Node 24.21.0 is for the thread that calls it: a worker thread compiles everything anew, and getCompileCacheDir() is undefined in it, unless NODE_COMPILE_CACHE was set before the process began or is set for the thread.
#
# Node 24.21.0. The environment variable in the options of the Worker is enough, and so is a call inside, for what is loaded after it. A pool of threads whose process has enabled the cache pays the full
# compilation in each. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
main thread: getCompileCacheDir() a folder
thread: getCompileCacheDir() undefined, nothing new in the cache
thread that enables it: getCompileCacheDir() a folder, its code is in the cache
thread with NODE_COMPILE_CACHE: getCompileCacheDir() a folder, its code is in the cache
TEXT

cat >run.mjs <<'JS'
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { enableCompileCache, getCompileCacheDir } from "node:module";
import { Worker } from "node:worker_threads";

for (const name of ["main", "thread", "asked", "told"]) writeFileSync(`${name}.cjs`, `exports.run = () => ${JSON.stringify(name)};\n`);
mkdirSync("cache");
enableCompileCache("cache");
await import("./main.cjs");

const found = () => readdirSync("cache", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
const inThread = async (file, begin, env) => {
  const source = `const module = require("node:module"); ${begin}
    require(${JSON.stringify(`${process.cwd()}/${file}.cjs`)});
    module.flushCompileCache();
    require("node:worker_threads").parentPort.postMessage(typeof module.getCompileCacheDir());`;
  const before = found();
  const worker = new Worker(source, { eval: true, env });
  const said = await new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
  await worker.terminate();
  return `getCompileCacheDir() ${said === "undefined" ? "undefined" : "a folder"}, ${found() > before ? "its code is" : "nothing new"} in the cache`;
};
console.log(`main thread: getCompileCacheDir() ${getCompileCacheDir() ? "a folder" : "undefined"}`);
console.log(`thread: ${await inThread("thread", "", process.env)}`);
console.log(`thread that enables it: ${await inThread("asked", 'module.enableCompileCache("cache");', process.env)}`);
console.log(`thread with NODE_COMPILE_CACHE: ${await inThread("told", "", { ...process.env, NODE_COMPILE_CACHE: "cache" })}`);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
