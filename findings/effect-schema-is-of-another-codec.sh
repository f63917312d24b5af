#!/usr/bin/env bash
# In effect 4.1.0 the JSON Schema that a schema gives by Standard JSON Schema asks for JSON that its own Standard Schema refuses: null for Schema.optional, "NaN" for Schema.Number, texts for Schema.BigInt and Schema.Date.
#
# A library of tools or of servers takes one schema, shows `~standard.jsonSchema.input()` and calls `~standard.validate()` with what comes back. Here the first is of the codec
# that Schema.toCodecJson would make, and the second decodes with the schema itself. A model fills an optional key with null, as it was told it may, and the
# call is refused with "Expected string | undefined". With `Schema.toCodecJson(schema)` for both they agree. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund effect@4.1.0 ajv@8.20.0

cat >expected <<'TEXT'
optional: null: JSON Schema takes it, validate refuses it, validate of toCodecJson takes it
Number: "NaN": JSON Schema takes it, validate refuses it, validate of toCodecJson takes it
BigInt: "1": JSON Schema takes it, validate refuses it, validate of toCodecJson takes it
Date: "2024-01-01T00:00:00Z": JSON Schema takes it, validate refuses it, validate of toCodecJson takes it
URL: "https://a.example/": JSON Schema takes it, validate refuses it, validate of toCodecJson takes it
DateFromString: "2024-01-01T00:00:00Z": JSON Schema takes it, validate takes it, validate of toCodecJson takes it
optionalKey: null: JSON Schema refuses it, validate refuses it, validate of toCodecJson refuses it
TEXT

cat >run.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import { Schema } from "effect";

const said = (yes) => (yes ? "takes it" : "refuses it");
const validates = (schema, value) => !Schema.toStandardSchemaV1(schema)["~standard"].validate(value).issues;
for (const [name, part, value] of [
  ["optional", Schema.optional(Schema.String), null],
  ["Number", Schema.Number, "NaN"],
  ["BigInt", Schema.BigInt, "1"],
  ["Date", Schema.Date, "2024-01-01T00:00:00Z"],
  ["URL", Schema.URL, "https://a.example/"],
  ["DateFromString", Schema.DateFromString, "2024-01-01T00:00:00Z"],
  ["optionalKey", Schema.optionalKey(Schema.String), null],
]) {
  const schema = Schema.Struct({ part });
  const shown = Schema.toStandardJSONSchemaV1(schema)["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  const taken = new Ajv.default().validate(shown, { part: value });
  const codec = validates(Schema.toCodecJson(schema), { part: value });
  const seen = `JSON Schema ${said(taken)}, validate ${said(validates(schema, { part: value }))}, validate of toCodecJson ${said(codec)}`;
  console.log(`${name}: ${JSON.stringify(value)}: ${seen}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
