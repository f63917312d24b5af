#!/usr/bin/env bash
# TypeScript by quicktype-core 26.0.0 reads a date of a JSON Schema into a Date and writes it as a date and time, which the schema refuses, and reads "5" and "May 5" as dates as well, by the time zone of the machine.
#
# The generated Convert asserts at run time that JSON is of its type, and is to write back what it has read. `format: date` and `format: date-time` are one type to it, checked by what `new Date`
# makes of a text, where the schema means a form of text. A birthday that only passes through leaves as "2024-05-05T00:00:00.000Z"; "5" is the
# first of May 2001, in Berlin still April in what is written. A `time` stays text. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund quicktype-core@26.0.0 typescript@6.0.3 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
{"day":"2024-05-05"} (valid) comes back as {"day":"2024-05-05T00:00:00.000Z"} (invalid)
{"day":"5"} (invalid) comes back as {"day":"2001-04-30T22:00:00.000Z"} (invalid)
{"day":"May 5"} (invalid) comes back as {"day":"2001-05-04T22:00:00.000Z"} (invalid)
{"days":{"a":"2024-05-05"}} (valid) comes back as {"days":{"a":"2024-05-05T00:00:00.000Z"}} (invalid)
{"at":"2024-05-05"} (invalid) comes back as {"at":"2024-05-05T00:00:00.000Z"} (valid)
{"time":"10:00:00Z"} (valid) comes back as {"time":"10:00:00Z"} (valid)
{"day":"none"} (invalid) is refused
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import Ajv from "ajv";
import formats from "ajv-formats";
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from "quicktype-core";
import ts from "typescript";

const text = (format) => ({ type: "string", format });
const days = { type: "object", additionalProperties: text("date") };
const schema = { type: "object", properties: { day: text("date"), at: text("date-time"), time: text("time"), days }, additionalProperties: false };
const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
await input.addSource({ name: "Entry", schema: JSON.stringify(schema) });
const inputData = new InputData();
inputData.addInput(input);
const { lines } = await quicktype({ inputData, lang: "typescript" });
const compilerOptions = { module: "esnext", target: "es2022" };
writeFileSync("entry.mjs", ts.transpileModule(lines.join("\n"), { compilerOptions }).outputText);
const { Convert } = await import(new URL("entry.mjs", import.meta.url));

const ajv = new Ajv.default();
formats.default(ajv);
const valid = ajv.compile(schema);
const shown = (value) => `${JSON.stringify(value)} (${valid(value) ? "valid" : "invalid"})`;
const comesBack = (value) => {
  try {
    return `comes back as ${shown(JSON.parse(Convert.entryToJson(Convert.toEntry(JSON.stringify(value)))))}`;
  } catch {
    return "is refused";
  }
};
for (const value of [
  { day: "2024-05-05" },
  { day: "5" },
  { day: "May 5" },
  { days: { a: "2024-05-05" } },
  { at: "2024-05-05" },
  { time: "10:00:00Z" },
  { day: "none" },
]) {
  console.log(`${shown(value)} ${comesBack(value)}`);
}
JS

TZ=Europe/Berlin node run.mjs | tee seen
diff expected seen || exit 1
