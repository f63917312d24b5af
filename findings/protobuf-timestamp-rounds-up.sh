#!/usr/bin/env bash
# In @bufbuild/protobuf 2.17.0 timestampDate and timestampMs round to the nearest millisecond, so that the last moments of a year become the next one, while a Date of the JSON of the same timestamp stays in its year.
#
# A `Date` has milliseconds, and one expects the rest to be left out, as `Date` does with the digits of an ISO text and `Temporal` with `epochMilliseconds`.
# A timestamp of a database or of another language has microseconds or nanoseconds. Of the row that was written at 23:59:59.9995 a
# program finds the day after; and a Date that was made of a timestamp may be later than the timestamp, and than now.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @bufbuild/protobuf@2.17.0

cat >expected <<'TEXT'
2024-12-31T23:59:59.999499Z: timestampDate 2024-12-31T23:59:59.999Z, Date of the JSON 2024-12-31T23:59:59.999Z
2024-12-31T23:59:59.999500Z: timestampDate 2025-01-01T00:00:00.000Z, Date of the JSON 2024-12-31T23:59:59.999Z
2024-12-31T23:59:59.999999999Z: timestampDate 2025-01-01T00:00:00.000Z, Date of the JSON 2024-12-31T23:59:59.999Z
timestampMs: 1735689600000 of 1735689599 seconds
TEXT

cat >run.mjs <<'JS'
import { create, toJson } from "@bufbuild/protobuf";
import { TimestampSchema, timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";

const at = (nanos) => create(TimestampSchema, { seconds: 1735689599n, nanos });
for (const nanos of [999_499_000, 999_500_000, 999_999_999]) {
  const json = toJson(TimestampSchema, at(nanos));
  console.log(`${json}: timestampDate ${timestampDate(at(nanos)).toISOString()}, Date of the JSON ${new Date(json).toISOString()}`);
}
console.log(`timestampMs: ${timestampMs(at(999_500_000))} of 1735689599 seconds`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
