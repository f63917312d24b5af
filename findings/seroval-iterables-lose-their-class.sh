#!/usr/bin/env bash
# seroval 1.8.2 refuses a URL, a Blob or an instance of one's own class, and takes the same class without complaint once it can be iterated: URLSearchParams, Headers and FormData come back as objects that name their class and have no method but the iterator.
#
# seroval 1.8.2, without plugins. An iterator is what it looks for before it asks what an object is; `Object.prototype.toString` of what is read says
# [object Headers], and `get` is not there. So the fault shows where the value is used. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund seroval@1.8.2

cat >expected <<'TEXT'
URL: refused
Blob: refused
Money: refused
Purse: taken, read as [object Object], total undefined
URLSearchParams: taken, read as [object URLSearchParams], get undefined
Headers: taken, read as [object Headers], get undefined
FormData: taken, read as [object FormData], get undefined
TEXT

cat >run.mjs <<'JS'
import { fromJSON, toJSON } from "seroval";

class Money {
  coins = [1, 2];
  total() {
    return 3;
  }
}
class Purse extends Money {
  [Symbol.iterator]() {
    return this.coins.values();
  }
}
for (const [value, method] of [
  [new URL("https://example.com/"), "toString"],
  [new Blob(["a"]), "text"],
  [new Money(), "total"],
  [new Purse(), "total"],
  [new URLSearchParams("a=1"), "get"],
  [new Headers({ a: "1" }), "get"],
  [new FormData(), "get"],
]) {
  const { name } = value.constructor;
  try {
    const back = fromJSON(JSON.parse(JSON.stringify(toJSON(value))));
    console.log(`${name}: taken, read as ${Object.prototype.toString.call(back)}, ${method} ${typeof back[method]}`);
  } catch {
    console.log(`${name}: refused`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
