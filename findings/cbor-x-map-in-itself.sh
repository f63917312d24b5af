#!/usr/bin/env bash
# With structuredClone: true cbor-x 1.6.9 gives a Map or Set that holds itself back with an empty object in its place, where arrays and objects are right and msgpackr has all four.
#
# cbor-x 1.6.9 and msgpackr 2.1.4, the option that both document for circular references. Nothing throws; what was one Map is a Map and a plain
# object. A Map that is only shared, or that holds an object it is in, is right. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund cbor-x@1.6.9 msgpackr@2.1.4

cat >expected <<'TEXT'
array in itself: cbor-x the same, msgpackr the same
object in itself: cbor-x the same, msgpackr the same
Map in itself: cbor-x a plain object, empty, msgpackr the same
Set in itself: cbor-x a plain object, empty, msgpackr the same
Map in an object that holds it: cbor-x the same, msgpackr the same
TEXT

cat >run.mjs <<'JS'
import { Encoder } from "cbor-x";
import { Packr } from "msgpackr";

const cbor = new Encoder({ structuredClone: true });
const msgpack = new Packr({ structuredClone: true });
const ways = {
  "cbor-x": (value) => cbor.decode(cbor.encode(value)),
  msgpackr: (value) => msgpack.unpack(msgpack.pack(value)),
};
const inItself = {
  "array in itself": [() => { const list = []; list.push(list); return list; }, (list) => list[0]],
  "object in itself": [() => { const object = {}; object.own = object; return object; }, (object) => object.own],
  "Map in itself": [() => { const map = new Map(); return map.set("own", map); }, (map) => map.get("own")],
  "Set in itself": [() => { const set = new Set(); return set.add(set); }, (set) => [...set][0]],
  "Map in an object that holds it": [
    () => { const object = { map: new Map() }; object.map.set("own", object); return object; },
    (object) => object.map.get("own"),
  ],
};
for (const [name, [make, inner]] of Object.entries(inItself)) {
  const seen = Object.entries(ways).map(([way, there]) => {
    const back = there(make());
    const found = inner(back);
    const isPlain = Object.getPrototypeOf(found) === Object.prototype;
    if (found === back) return `${way} the same`;
    return `${way} ${isPlain ? "a plain object" : found?.constructor?.name}${Object.keys(found).length === 0 ? ", empty" : ""}`;
  });
  console.log(`${name}: ${seen.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
