#!/usr/bin/env bash
# fast-json-stringify 7.3.10 writes a `Date` in UTC under `format: "date-time"`, and in the time zone of the process under `date` and `time`: one response tells one moment as two days, and its `time` is none that Ajv takes.
#
# Fastify serialises with it. One expects UTC, or an offset that says which zone it is: the `time` of RFC 3339 has one, and with ajv-formats 3.0.1 (Ajv 8.20.0) the schema that
# wrote `21:00:00` refuses it. In a server in UTC the days agree, and the `time` is refused all the same. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund fast-json-stringify@7.3.10 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
UTC: {"date-time":"2024-03-06T02:00:00.000Z","date":"2024-03-06","time":"02:00:00"}, refused: /time must match format "time"
America/New_York: {"date-time":"2024-03-06T02:00:00.000Z","date":"2024-03-05","time":"21:00:00"}, refused: /time must match format "time"
Asia/Kolkata: {"date-time":"2024-03-06T02:00:00.000Z","date":"2024-03-06","time":"07:30:00"}, refused: /time must match format "time"
TEXT

cat >run.mjs <<'JS'
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import build from "fast-json-stringify";

const formats = ["date-time", "date", "time"];
const of = (each) => Object.fromEntries(formats.map((format) => [format, each(format)]));
const schema = { type: "object", properties: of((format) => ({ type: "string", format })) };
const text = build(schema)(of(() => new Date("2024-03-06T02:00:00Z")));
const ajv = new Ajv();
addFormats.default(ajv);
const told = ajv.validate(schema, JSON.parse(text)) ? "valid" : `refused: ${ajv.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)}`;
console.log(`${process.env.TZ}: ${text}, ${told}`);
JS

for zone in UTC America/New_York Asia/Kolkata; do TZ=$zone node run.mjs; done | tee seen
diff expected seen || exit 1
