#!/usr/bin/env bash
# Node 24.21.0 collects its whole heap again and again for short-lived buffers, and never only its young objects, although one such collection frees them all.
#
# Node 24.21.0. Two hundred copies of a mebibyte are dropped at once. The engine counts their bytes beside the heap and begins a full collection for some 64 MB of them, whatever else is held; young
# objects alone are collected when small objects fill their space, which buffers do not. With a young collection asked for every 16 copies none of the full ones happens. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
left alone: full collections, no young one
asked for 12 young ones: no full collection, 12 young ones
TEXT

cat >run.mjs <<'JS'
const asks = process.argv[2] === "asks";
const mebibyte = new Uint8Array(1 << 20);
for (let i = 1; i <= 200; i++) {
  globalThis.last = structuredClone(mebibyte);
  if (asks && i % 16 === 0) gc({ type: "minor" });
}
console.log("end");
JS

# What the start of the process has collected stands before the first copy, and is no matter here.
count() { grep -c "$1" "$2" || true; }
node=node_modules/.bin/node
$node --expose-gc --trace-gc run.mjs >alone.txt
$node --expose-gc --trace-gc run.mjs asks >asked.txt
{
  [ "$(count Mark-Compact alone.txt)" -ge 1 ] && full="full collections" || full="no full collection"
  [ "$(count Scavenge alone.txt)" -eq 0 ] && young="no young one" || young="$(count Scavenge alone.txt) young ones"
  echo "left alone: $full, $young"
  [ "$(count Mark-Compact asked.txt)" -ge 1 ] && full="full collections" || full="no full collection"
  echo "asked for 12 young ones: $full, $(count Scavenge asked.txt) young ones"
} | tee seen
diff expected seen || exit 1
