#!/usr/bin/env bash
# What valibot 1.5.0 takes as isoDateTime or isoTime and what its own JSON Schema of it (format date-time, time) allows have no value in common, so whoever follows the schema is refused.
#
# valibot 1.5.0, @valibot/to-json-schema 1.8.0, ajv 8.20.0 with ajv-formats 3.0.1. The formats of JSON Schema are those of RFC 3339: a time has seconds and a
# zone. `isoDateTime` is the text of an <input type="datetime-local"> (minutes, no zone), `isoTime` that of an <input type="time">. One expects an exported
# schema to be wider than the check, never another set: a model or a form that reads the schema is refused whatever it sends. `isoTimestamp` is the one
# that fits. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund valibot@1.5.0 @valibot/to-json-schema@1.8.0 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
isoDateTime is told as {"type":"string","format":"date-time"}
  2026-01-31T10:30: valibot yes, its schema no
  2026-01-31T10:30:00Z: valibot no, its schema yes
  2026-01-31T10:30:00+01:00: valibot no, its schema yes
  2026-01-31T10:30:00.000Z: valibot no, its schema yes
isoTime is told as {"type":"string","format":"time"}
  10:30: valibot yes, its schema no
  10:30:00: valibot no, its schema no
  10:30:00Z: valibot no, its schema yes
isoTimestamp is told as {"type":"string","format":"date-time"}
  2026-01-31T10:30: valibot no, its schema no
  2026-01-31T10:30:00Z: valibot yes, its schema yes
  2026-01-31T10:30:00+01:00: valibot yes, its schema yes
  2026-01-31T10:30:00.000Z: valibot yes, its schema yes
TEXT

cat >run.mjs <<'JS'
import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as v from "valibot";

const ajv = addFormats.default(new Ajv.default());
const moments = ["2026-01-31T10:30", "2026-01-31T10:30:00Z", "2026-01-31T10:30:00+01:00", "2026-01-31T10:30:00.000Z"];
const yes = (is) => (is ? "yes" : "no");
for (const [name, check, texts] of [
  ["isoDateTime", v.isoDateTime(), moments],
  ["isoTime", v.isoTime(), ["10:30", "10:30:00", "10:30:00Z"]],
  ["isoTimestamp", v.isoTimestamp(), moments],
]) {
  const schema = v.pipe(v.string(), check);
  const { $schema, ...told } = toJsonSchema(schema);
  console.log(`${name} is told as ${JSON.stringify(told)}`);
  const isAllowed = ajv.compile(told);
  for (const text of texts) console.log(`  ${text}: valibot ${yes(v.is(schema, text))}, its schema ${yes(isAllowed(text))}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
