#!/usr/bin/env bash
# On Node 24.21.0 util.types.isCryptoKey and isKeyObject cost over a hundred times what any other predicate of util.types costs, when asked about a plain object.
#
# node 24.21.0. Code that tries one predicate after another to find the kind of a value pays for these two more than for all others
# together. A real key and a primitive are answered fast, and Node 26.10.0 has it down to a handful of times.
# Seen: dearest isCryptoKey, isKeyObject; 293 times the next one (isBoxedPrimitive). CPU time, the best of eight times 20,000 calls.
# Fails when the two are no longer at least ten times as dear as the next.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

node_modules/.bin/node - <<'JS'
const { types } = require("node:util");

const cpu = (predicate, value) => {
  let best = Infinity;
  for (let round = 0; round < 8; round++) {
    const start = process.cpuUsage();
    for (let call = 0; call < 20_000; call++) predicate(value);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best;
};

const costs = Object.entries(types).map(([name, predicate]) => ({ name, cost: cpu(predicate, { a: 1 }) }));
costs.sort((a, b) => b.cost - a.cost);
const [first, second, next] = costs;
const pair = [first.name, second.name].sort().join(", ");
const ratio = second.cost / Math.max(next.cost, 1);
console.log(`node ${process.versions.node}: dearest ${pair}; ${ratio.toFixed(0)} times ${next.name}`);
process.exitCode = process.versions.node === "24.21.0" && pair === "isCryptoKey, isKeyObject" && ratio >= 10 ? 0 : 1;
JS
