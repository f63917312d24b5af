#!/usr/bin/env bash
# recast 0.24.0 (jscodeshift 17.4.0) prints a mapped type without its `as` clause when anything in it has changed: a codemod that adds `readonly` to `{ [K in keyof T as Exclude<K, "secret">]: T[K] }` gives all keys back.
#
# The parser has the clause as `nameType`, and its printer does not know it. One expects what was not changed to stay, or an error. Filters become types of all keys, and getters named `get${K}` lose their names, mostly without an error
# of the compiler. A change of a name within the type leaves it as it was. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund jscodeshift@17.4.0 recast@0.24.0

cat >expected <<'TEXT'
no change: type Public<T> = { [K in keyof T as Exclude<K, 'secret'>]: T[K] };
readonly keys: type Public<T> = { readonly [K in keyof T]: T[K]; };
optional keys: type Public<T> = { [K in keyof T]?: T[K]; };
other values: type Public<T> = { [K in keyof T]: unknown; };
another name for K: type Public<T> = { [Key in keyof T as Exclude<K, 'secret'>]: T[K] };
TEXT

cat >run.mjs <<'JS'
import jscodeshift from "jscodeshift";

const j = jscodeshift.withParser("ts");
const source = "type Public<T> = { [K in keyof T as Exclude<K, 'secret'>]: T[K] };";
const changes = {
  "no change": () => {},
  "readonly keys": (type) => (type.readonly = true),
  "optional keys": (type) => (type.optional = true),
  "other values": (type) => (type.typeAnnotation = j.tsUnknownKeyword()),
  "another name for K": (type) => (type.typeParameter.name = "Key"),
};
for (const [name, change] of Object.entries(changes)) {
  const root = j(source);
  root.find(j.TSMappedType).forEach(({ node }) => change(node));
  console.log(`${name}: ${root.toSource().replaceAll(/\s+/g, " ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
