#!/usr/bin/env bash
# In Ajv 8.20.0 one key whose value is undefined is missing for required, properties and dependentRequired, and is there for additionalProperties, patternProperties, propertyNames, unevaluatedProperties, maxProperties and const.
#
# Objects of programs have such keys, `{ ...order, note: undefined }`, and JSON.stringify leaves them out. One expects a validator to take them for absent, or for values of no type. Here
# a declared one is absent and an undeclared one is refused as additional; `{ a: undefined }` is no `{}` for const and enum, and two keywords of one schema
# disagree: minProperties 1 counts the key that required does not find. @exodus/schemasafe 1.3.0 takes the key for one that is there throughout.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ajv@8.20.0 @exodus/schemasafe@1.3.0

cat >expected <<'TEXT'
required: Ajv absent, schemasafe there
properties: Ajv absent, schemasafe there
dependentRequired: Ajv absent, schemasafe there
additionalProperties: Ajv there, schemasafe there
patternProperties: Ajv there, schemasafe there
propertyNames: Ajv there, schemasafe there
unevaluatedProperties: Ajv there, schemasafe there
minProperties: Ajv there, schemasafe there
maxProperties: Ajv there, schemasafe there
const: Ajv there, schemasafe there
enum: Ajv there, schemasafe there
TEXT

cat >run.mjs <<'JS'
import { validator } from "@exodus/schemasafe";
import Ajv from "ajv/dist/2020.js";

/** Each gives another answer for `{ a: 1 }` than for `{}`. */
const schemas = {
  required: { required: ["a"] },
  properties: { properties: { a: false } },
  dependentRequired: { dependentRequired: { a: ["b"] } },
  additionalProperties: { additionalProperties: false },
  patternProperties: { patternProperties: { "^a": false } },
  propertyNames: { propertyNames: false },
  unevaluatedProperties: { unevaluatedProperties: false },
  minProperties: { minProperties: 1 },
  maxProperties: { maxProperties: 0 },
  const: { const: {} },
  enum: { enum: [{}] },
};
const $schema = "https://json-schema.org/draft/2020-12/schema";
const ways = {
  Ajv: (schema) => new Ajv.default({ strict: false }).compile(schema),
  schemasafe: (schema) => validator({ $schema, ...schema }, { mode: "lax" }),
};
for (const [name, schema] of Object.entries(schemas)) {
  const seen = Object.entries(ways).map(([way, compile]) => {
    const [none, some, undefinedKey] = [{}, { a: 1 }, { a: undefined }].map((value) => compile(schema)(value));
    if (none === some) throw new Error(`${way}: ${name} tells nothing apart.`);
    return `${way} ${undefinedKey === none ? "absent" : "there"}`;
  });
  console.log(`${name}: ${seen.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
