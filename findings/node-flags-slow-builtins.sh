#!/usr/bin/env bash
# Node 24.21.0 compiles its own modules from their text once `v8.setFlagsFromString` was called, with any flag: those not loaded before take twice the processor time.
#
# Node 24.21.0. Node carries compiled code of its modules. It belongs to V8's flags, and V8 compares with those of the moment: `--expose-gc`, which many set for a moment to
# get at the collector, changes no code and has it refused from then on, and one of memory does as well. Whoever sets a flag loads first what will be needed. The
# processor time is the least of nine processes each; the ratio and not the time is the expectation. Seen: 2.4 times for each flag.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >load.cjs <<'JS'
const v8 = require("node:v8");
const [flag, when] = process.argv.slice(2);
const load = () => ["http", "http2", "tls", "dgram", "readline", "repl"].forEach((name) => require(`node:${name}`));
if (when === "after") load();
if (flag) v8.setFlagsFromString(flag);
const before = process.cpuUsage();
if (when === "before") load();
const { user, system } = process.cpuUsage(before);
console.log(user + system);
JS

least() {
  for _ in 1 2 3 4 5 6 7 8 9; do node_modules/.bin/node load.cjs "$@"; done | sort -n | head -1
}
plain=$(least "" before)
failed=0
for flag in --expose-gc --stack-size=900 --semi-space-growth-factor=3; do
  after=$(least "$flag" before)
  ratio=$(awk -v a="$after" -v b="$plain" 'BEGIN { printf "%.1f", a / b }')
  echo "modules loaded after setting $flag: $ratio times the processor time"
  awk -v r="$ratio" 'BEGIN { exit !(r >= 1.4) }' || failed=1
done
early=$(least --expose-gc after)
echo "modules loaded before setting it: $early microseconds are left"
[ "$early" -lt "$((plain / 4))" ] || failed=1
if [ "$failed" -ne 0 ]; then
  echo "no longer so: see the comment above"
  exit 1
fi
