#!/usr/bin/env bash
# In PGlite 0.5.17 an object bound to a text column is stored as "[object Object]" and an array as "1,2", where the driver pg writes its JSON and an array of Postgres.
#
# @electric-sql/pglite 0.5.17, and pg 8.23.1 for the text it sends for the same value. There is no error on either side, so that code which keeps JSON in a column `text` works with
# pg and loses what it keeps on PGlite. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 pg@8.23.1

cat >expected <<'TEXT'
an object in text: PGlite [object Object], pg {"a":1}
an array in text: PGlite 1,2, pg {"1","2"}
a list of objects in text: PGlite [object Object], pg {"{\"a\":1}"}
an object in varchar: PGlite [object Object], pg {"a":1}
an object in jsonb: PGlite {"a": 1}, pg {"a": 1}
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import utils from "pg/lib/utils.js";

process.env.TZ = "UTC";
const db = await PGlite.create();
const kept = async (value, type) => {
  try {
    const { rows } = await db.query(`SELECT $1::${type}::text AS text`, [value]);
    return rows[0].text;
  } catch (error) {
    return `throws ${error.message}`;
  }
};
const cases = [
  ["an object in text", { a: 1 }, "text"],
  ["an array in text", [1, 2], "text"],
  ["a list of objects in text", [{ a: 1 }], "text"],
  ["an object in varchar", { a: 1 }, "varchar"],
  ["an object in jsonb", { a: 1 }, "jsonb"],
];
for (const [title, value, type] of cases) {
  const sent = utils.prepareValue(value);
  const { rows } = await db.query(`SELECT '${sent}'::${type}::text AS text`);
  console.log(`${title}: PGlite ${await kept(value, type)}, pg ${rows[0].text}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
