#!/usr/bin/env bash
# json-schema-ref-parser 16.0.6 resolves `$ref` inside const and default, which are data, and leaves references to `$anchor` and `$dynamicAnchor` in what it calls dereferenced, without a word.
#
# @apidevtools/json-schema-ref-parser 16.0.6, dereference(). A reference to nowhere throws, so who gets a schema back takes it to have none. Whatever has a
# key `$ref` with a text is taken for a reference, wherever it stands. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @apidevtools/json-schema-ref-parser@16.0.6

cat >expected <<'TEXT'
pointer: {"type":"string"}
$anchor: {"$ref":"#name"}
$dynamicAnchor: {"$dynamicRef":"#name"}
pointer to nowhere: throws Missing $ref pointer "#/nowhere". Token "nowhere" does not exist.
const with a key $ref: {"const":{"type":"string"}}
default with a key $ref: {"default":{"type":"string"}}
TEXT

cat >run.mjs <<'JS'
import { dereference } from "@apidevtools/json-schema-ref-parser";

const definitions = {
  plain: { type: "string" },
  anchor: { $anchor: "name", type: "string" },
  dynamic: { $dynamicAnchor: "name", type: "string" },
};
for (const [name, { $defs, ...value }] of Object.entries({
  pointer: { $defs: { plain: definitions.plain }, $ref: "#/$defs/plain" },
  $anchor: { $defs: { anchor: definitions.anchor }, $ref: "#name" },
  $dynamicAnchor: { $defs: { dynamic: definitions.dynamic }, $dynamicRef: "#name" },
  "pointer to nowhere": { $ref: "#/nowhere" },
  "const with a key $ref": { $defs: { plain: definitions.plain }, const: { $ref: "#/$defs/plain" } },
  "default with a key $ref": { $defs: { plain: definitions.plain }, default: { $ref: "#/$defs/plain" } },
})) {
  const schema = { ...($defs && { $defs }), properties: { value } };
  const seen = await dereference(schema).then(
    ({ properties }) => JSON.stringify(properties.value),
    ({ message }) => `throws ${message}`,
  );
  console.log(`${name}: ${seen}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
