#!/usr/bin/env bash
# In zod 4.6.7 z.url().startsWith("https://") has a JSON Schema without "uri": the later check writes its own name, "starts_with", over the format, and Ajv refuses to compile the schema for that name.
#
# zod 4.6.7, ajv 8.17.1 with ajv-formats 3.0.1. startsWith, endsWith, includes, lowercase and uppercase all do it; regex takes the format
# away without a word of its own, so that the schema compiles. A date or an e-mail keeps at least its pattern; a URL has none, so nothing is
# left that says it is one. The same checks in the other order keep the format.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 ajv@8.17.1 ajv-formats@3.0.1

cat >expected <<'TEXT'
url: uri, no pattern, Ajv compiles
url, startsWith: starts_with, pattern ^https:\/\/.*, Ajv: unknown format "starts_with" ignored in schema at path "#"
startsWith, url: uri, pattern ^https:\/\/.*, Ajv compiles
url, includes: includes, pattern example, Ajv: unknown format "includes" ignored in schema at path "#"
url, regex: no format, pattern ^https:, Ajv compiles
date, endsWith: ends_with, 2 patterns, Ajv: unknown format "ends_with" ignored in schema at path "#"
TEXT

cat >run.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";

for (const [name, schema] of [
  ["url", z.url()],
  ["url, startsWith", z.url().startsWith("https://")],
  ["startsWith, url", z.string().startsWith("https://").url()],
  ["url, includes", z.url().includes("example")],
  ["url, regex", z.url().regex(/^https:/)],
  ["date, endsWith", z.iso.date().endsWith("-01")],
]) {
  const json = z.toJSONSchema(schema);
  const pattern = json.allOf ? `${json.allOf.length} patterns` : json.pattern ? `pattern ${json.pattern}` : "no pattern";
  const ajv = new Ajv.default();
  addFormats.default(ajv);
  let verdict = "Ajv compiles";
  try {
    ajv.compile(json);
  } catch (error) {
    verdict = `Ajv: ${error.message}`;
  }
  console.log(`${name}: ${json.format ?? "no format"}, ${pattern}, ${verdict}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
