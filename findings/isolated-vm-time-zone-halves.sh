#!/usr/bin/env bash
# After the host sets process.env.TZ, an isolate of isolated-vm 7.0.1 answers in old and new zone at once: Date's getters in the old one, a new Intl.DateTimeFormat in the new one, toLocaleString in the one it was first called in.
#
# node 24.21.0, isolated-vm 7.0.1. Node tells only its own isolate that the zone has changed; the default zone of the library of dates under
# Intl belongs to the whole process; and the formatter behind toLocaleString is kept by the isolate once it is made. So one Date of one
# isolate names two days, and a new context in it does the same. An isolate that has not yet asked for local time is in the new zone.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
host: getters 1970-1-1 9:00 | toString GMT+0900 | toLocaleString 1/1/1970, 9:00:00 AM | Intl Asia/Tokyo
had called getHours: getters 1969-12-31 19:00 | toString GMT-0500 | toLocaleString 1/1/1970, 9:00:00 AM | Intl Asia/Tokyo
had called both: getters 1969-12-31 19:00 | toString GMT-0500 | toLocaleString 12/31/1969, 7:00:00 PM | Intl Asia/Tokyo
new context there: getters 1969-12-31 19:00 | toString GMT-0500 | toLocaleString 12/31/1969, 7:00:00 PM | Intl Asia/Tokyo
had called neither: getters 1970-1-1 9:00 | toString GMT+0900 | toLocaleString 1/1/1970, 9:00:00 AM | Intl Asia/Tokyo
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const look = `(() => {
  const date = new Date(0);
  return [
    "getters " + date.getFullYear() + "-" + (date.getMonth() + 1) + "-" + date.getDate() + " " + date.getHours() + ":00",
    "toString " + /GMT[+-]\\d+/.exec(String(date))[0],
    "toLocaleString " + date.toLocaleString("en-US").replace(/\\s/g, " "),
    "Intl " + new Intl.DateTimeFormat().resolvedOptions().timeZone,
  ].join(" | ");
})()`;

const isolates = ["", "new Date(0).getHours()", "new Date(0).getHours(), new Date(0).toLocaleString('en-US')"].map((earlier) => {
  const isolate = new ivm.Isolate();
  const context = isolate.createContextSync();
  context.evalSync(earlier);
  return { isolate, context };
});
const [neither, getter, both] = isolates;

process.env.TZ = "Asia/Tokyo";
console.log("host:", (0, eval)(look));
console.log("had called getHours:", getter.context.evalSync(look));
console.log("had called both:", both.context.evalSync(look));
console.log("new context there:", both.isolate.createContextSync().evalSync(look));
console.log("had called neither:", neither.context.evalSync(look));
JS

TZ=America/New_York node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
