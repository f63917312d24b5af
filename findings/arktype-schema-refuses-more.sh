#!/usr/bin/env bash
# arktype 2.2.9 writes "+": "delete", which takes other keys and leaves them out, as additionalProperties: false, a key that is never there as enum: [], which Ajv refuses to compile, and object, which takes lists, without them.
#
# arktype 2.2.9 with Ajv 8.20.0. A model or a client that follows the JSON Schema is held to more than the type asks for, or the schema cannot be used at all, because of one key that is
# never there. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund arktype@2.2.9 ajv@8.20.0

cat >expected <<'TEXT'
other keys are deleted: {"type":"object","properties":{"id":{"type":"number"}},"required":["id"],"additionalProperties":false}
  {"id":1,"extra":2}: arktype takes, as {"id":1}; schema false
other keys are refused: {"type":"object","properties":{"id":{"type":"number"}},"required":["id"],"additionalProperties":false}
  {"id":1,"extra":2}: arktype refuses; schema false
a key that is never there: {"type":"object","properties":{"id":{"type":"number"},"password":{"enum":[]}},"required":["id"]}
  {"id":1}: arktype takes, as {"id":1}; schema refused (enum must have non-empty array)
a union without alternatives: {"type":"object","properties":{"id":{"type":"number"},"mode":{"enum":[]}},"required":["id"]}
  {"id":1}: arktype takes, as {"id":1}; schema refused (enum must have non-empty array)
object: {"type":"object","properties":{"value":{"type":"object"}},"required":["value"]}
  {"value":[1]}: arktype takes, as {"value":[1]}; schema false
TEXT

cat >run.mjs <<'JS'
import Ajv2020 from "ajv/dist/2020.js";
import { type } from "arktype";

const compiled = (json) => {
  try {
    return new Ajv2020().compile(json);
  } catch ({ message }) {
    return () => `refused (${message})`;
  }
};
const seen = (title, definition, value) => {
  const ark = type(definition);
  const { $schema, ...json } = ark.toJsonSchema();
  const out = ark(structuredClone(value));
  const taken = out instanceof type.errors ? "refuses" : `takes, as ${JSON.stringify(out)}`;
  console.log(`${title}: ${JSON.stringify(json)}\n  ${JSON.stringify(value)}: arktype ${taken}; schema ${compiled(json)(value)}`);
};

seen("other keys are deleted", { "+": "delete", id: "number" }, { id: 1, extra: 2 });
seen("other keys are refused", { "+": "reject", id: "number" }, { id: 1, extra: 2 });
seen("a key that is never there", { id: "number", "password?": "never" }, { id: 1 });
seen("a union without alternatives", { id: "number", "mode?": type.enumerated() }, { id: 1 });
seen("object", { value: "object" }, { value: [1] });
JS

node run.mjs | tee seen
diff expected seen || exit 1
