#!/usr/bin/env bash
# A Date that PGlite 0.5.17 writes to a column `timestamp` comes back as another moment, shifted by the time zone of the process, because it writes UTC and reads local time.
#
# @electric-sql/pglite 0.5.17, in three zones. A round trip of one library, and one process, is expected to be none at all; in UTC, where servers and CI run, it is
# one, and on the machine of a developer each update that writes what it has read moves the moment on. `timestamptz` and `date` come back as they were.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
UTC: timestamp +0 h, written again +0 h, timestamptz +0 h, date +0 h
America/New_York: timestamp +5 h, written again +10 h, timestamptz +0 h, date +0 h
Asia/Tokyo: timestamp -9 h, written again -18 h, timestamptz +0 h, date +0 h
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
const written = new Date("2026-01-15T00:00:00Z");
const back = async (type, value) => (await db.query(`select $1::${type} as value`, [value])).rows[0].value;
const shift = (date) => {
  const hours = (date - written) / 3_600_000;
  return `${hours < 0 ? "" : "+"}${hours} h`;
};
for (const zone of ["UTC", "America/New_York", "Asia/Tokyo"]) {
  process.env.TZ = zone;
  const once = await back("timestamp", written);
  const twice = await back("timestamp", once);
  const others = `timestamptz ${shift(await back("timestamptz", written))}, date ${shift(await back("date", written))}`;
  console.log(`${zone}: timestamp ${shift(once)}, written again ${shift(twice)}, ${others}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
