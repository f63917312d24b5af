#!/usr/bin/env bash
# The JSON Schema that zod 4.6.7 writes for z.iso.duration() and z.ipv6() refuses durations with a fraction and IPv4-mapped addresses, which zod itself takes.
#
# zod 4.6.7, ajv 8.20.0 with ajv-formats 3.0.1. Both are written as a format and a pattern. For a duration the pattern takes PT0.5S, as ISO 8601 and
# Temporal do, and the format `duration`, whose grammar in RFC 3339 has whole numbers only, does not. For an address it is the other way round: the format takes
# ::ffff:192.0.2.1 and the pattern has no dots, while zod asks a URL parser. One expects a schema to be at least as wide as the check it was made of: here a
# client that validates before it sends holds back what the server would take. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
duration PT1H30M: zod yes, format yes, pattern yes
duration PT0.5S: zod yes, format no, pattern yes
duration P1Y2M3DT4H5M6.789S: zod yes, format no, pattern yes
ipv6 2001:db8::1: zod yes, format yes, pattern yes
ipv6 ::ffff:192.0.2.1: zod yes, format yes, pattern no
TEXT

cat >run.mjs <<'JS'
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";

const ajv = addFormats.default(new Ajv.default());
const yes = (is) => (is ? "yes" : "no");
for (const [schema, texts] of [
  [z.iso.duration(), ["PT1H30M", "PT0.5S", "P1Y2M3DT4H5M6.789S"]],
  [z.ipv6(), ["2001:db8::1", "::ffff:192.0.2.1"]],
]) {
  const { type, format, pattern } = z.toJSONSchema(schema);
  const [isOfFormat, isOfPattern] = [ajv.compile({ type, format }), ajv.compile({ type, pattern })];
  for (const text of texts)
    console.log(`${format} ${text}: zod ${yes(schema.safeParse(text).success)}, format ${yes(isOfFormat(text))}, pattern ${yes(isOfPattern(text))}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
