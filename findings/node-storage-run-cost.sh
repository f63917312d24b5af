#!/usr/bin/env bash
# On Node 24.21.0 AsyncLocalStorage#run costs over ten times what AsyncResource#runInAsyncScope costs for entering the same store; on Node 22.23.3 both cost the same.
#
# node 24.21.0, node 22.23.3. Who enters one context many times (a run that makes many calls) does better to keep an AsyncResource
# for it, and loses nothing on the older Node.
# Seen: node 24.21.0: run 200 ns, scope 10 ns, 20 times; node 22.23.3: run 9 ns, scope 9.5 ns, 0.9 times. The best of 300 times 2,000 calls.
# Fails when it is no longer at least eight times on 24, or more than three times on 22.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >cost.mjs <<'JS'
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";

const storage = new AsyncLocalStorage();
const store = {};
const resource = storage.run(store, () => new AsyncResource("entered"));
let seen = 0;
const work = () => {
  if (storage.getStore() === store) seen++;
};

const cost = (enter) => {
  let best = Infinity;
  for (let round = 0; round < 300; round++) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < 2000; call++) enter();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 2000);
  }
  return best;
};

const empty = cost(work);
const run = cost(() => storage.run(store, work)) - empty;
const scope = cost(() => resource.runInAsyncScope(work)) - empty;
const ratio = run / Math.max(scope, 1);
console.log(`node ${process.versions.node}: run ${run.toFixed(0)} ns, scope ${scope.toFixed(0)} ns, ${ratio.toFixed(1)} times`);
const isAsSaid = process.versions.node.startsWith("24.") ? ratio >= 8 : ratio <= 3;
process.exitCode = isAsSaid && seen > 0 ? 0 : 1;
JS

for version in 24.21.0 22.23.3; do
  mkdir "$version"
  (
    cd "$version"
    echo '{ "private": true }' >package.json
    npm i --silent --no-audit --no-fund "node@$version"
    [ -x node_modules/.bin/node ] || npm rebuild --silent node
  )
  "$version/node_modules/.bin/node" cost.mjs
done
