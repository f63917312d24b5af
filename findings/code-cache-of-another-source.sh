#!/usr/bin/env bash
# Node 24.21.0 and isolated-vm 7.0.1 accept the code cache of another source of the same length, and run that source's code: after an edit from 100 to 999 the answer is still 100.
#
# Node 24.21.0 (vm.Script and vm.compileFunction) and isolated-vm 7.0.1. One expects a cache to be tied to the text it was made from, and `cachedDataRejected` to
# say when it is not: of the source, V8 compares the length alone, and neither the text nor the file name. A cache that is kept by name, or by version, needs a
# digest of the source beside it, as Node's own module cache has. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
vm.Script, price = 999: rejected false, 100
vm.Script, price = 999, another file: rejected false, 100
vm.Script, price = 1000: rejected true, 1000
vm.compileFunction, return 999: rejected false, 100
isolated-vm, price = 999: rejected false, 100
isolated-vm, price = 1000: rejected true, 1000
TEXT

cat >run.mjs <<'JS'
import vm from "node:vm";
import ivm from "isolated-vm";

const cachedData = new vm.Script("price = 100", { filename: "prices.js" }).createCachedData();
for (const [source, filename] of [["price = 999", "prices.js"], ["price = 999", "other.js"], ["price = 1000", "prices.js"]]) {
  const script = new vm.Script(source, { cachedData, filename });
  const where = filename === "other.js" ? ", another file" : "";
  console.log(`vm.Script, ${source}${where}: rejected ${script.cachedDataRejected}, ${script.runInNewContext({})}`);
}
const { cachedData: body } = vm.compileFunction("return 100", [], { produceCachedData: true });
const edited = vm.compileFunction("return 999", [], { cachedData: body });
console.log(`vm.compileFunction, return 999: rejected ${edited.cachedDataRejected}, ${edited()}`);

const before = await new ivm.Isolate().compileScript("price = 100", { produceCachedData: true });
for (const source of ["price = 999", "price = 1000"]) {
  const isolate = new ivm.Isolate();
  const script = await isolate.compileScript(source, { cachedData: before.cachedData });
  console.log(`isolated-vm, ${source}: rejected ${script.cachedDataRejected}, ${await script.run(await isolate.createContext())}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
