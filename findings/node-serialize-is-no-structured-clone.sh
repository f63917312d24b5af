#!/usr/bin/env bash
# On Node 24.21.0 v8.serialize turns a URL, Headers, FormData or Blob into {} without a word and a DOMException into an Error without name and message, where structuredClone throws or keeps them.
#
# node 24.21.0. v8.serialize is documented as compatible with the structured clone algorithm, and "advanced" serialisation between processes is made of
# it. `signal.reason` of a timeout arrives as an Error that says nothing; its stack still has the words. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
URL: v8 {}, structuredClone throws
URLSearchParams: v8 {}, structuredClone throws
Headers: v8 {}, structuredClone throws
FormData: v8 {}, structuredClone throws
Blob: v8 {}, structuredClone Blob
DOMException: v8 Error named Error, message "", structuredClone DOMException named TimeoutError, message "late"
TypeError: v8 TypeError named TypeError, message "late", structuredClone TypeError named TypeError, message "late"
TEXT

cat >run.cjs <<'JS'
const { deserialize, serialize } = require("node:v8");

const ways = { v8: (value) => deserialize(serialize(value)), structuredClone };
const shown = (value) => {
  if (value instanceof Error) return `${value.constructor.name} named ${value.name}, message ${JSON.stringify(value.message)}`;
  const isBare = Object.getPrototypeOf(value) === Object.prototype && Reflect.ownKeys(value).length === 0;
  return isBare ? "{}" : value.constructor.name;
};
for (const make of [
  () => new URL("https://example.com/a"),
  () => new URLSearchParams("a=1"),
  () => new Headers({ a: "1" }),
  () => new FormData(),
  () => new Blob(["a"]),
  () => new DOMException("late", "TimeoutError"),
  () => new TypeError("late"),
]) {
  const value = make();
  const seen = Object.entries(ways).map(([way, there]) => {
    try {
      return `${way} ${shown(there(value))}`;
    } catch {
      return `${way} throws`;
    }
  });
  console.log(`${value.constructor.name}: ${seen.join(", ")}`);
}
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
