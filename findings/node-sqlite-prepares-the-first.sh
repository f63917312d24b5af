#!/usr/bin/env bash
# prepare() of node:sqlite on Node 24.21.0 takes a text of several statements, runs the first and leaves the rest out without a word, even when the rest is no SQL.
#
# Node 24.21.0. exec() runs all of them and has no parameters, so a text moved from one to the other loses statements. A value for the second statement is refused, for want of a
# place in the first. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
two statements: {"changes":1,"lastInsertRowid":1}, rows [{"id":1,"state":"new"}]
a value for the second: throws column index out of range, rows []
a value for the first: {"changes":1,"lastInsertRowid":1}, rows [{"id":1,"state":"new"}]
a transaction: {"changes":0,"lastInsertRowid":0}, rows []
a rest that is no SQL: {"changes":1,"lastInsertRowid":1}, rows [{"id":1,"state":"new"}]
TEXT

cat >run.mjs <<'JS'
import { DatabaseSync } from "node:sqlite";

process.on("warning", () => {});
const seen = (title, sql, ...values) => {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE jobs (id INTEGER, state TEXT)");
  let said;
  try {
    said = JSON.stringify(db.prepare(sql).run(...values));
  } catch (error) {
    said = `throws ${error.message}`;
  }
  console.log(`${title}: ${said}, rows ${JSON.stringify(db.prepare("SELECT * FROM jobs").all())}`);
  db.close();
};

seen("two statements", "INSERT INTO jobs VALUES (1, 'new'); INSERT INTO jobs VALUES (2, 'new');");
seen("a value for the second", "INSERT INTO jobs VALUES (1, 'new'); UPDATE jobs SET state = ?", "done");
seen("a value for the first", "INSERT INTO jobs VALUES (?, 'new'); DELETE FROM jobs", 1);
seen("a transaction", "BEGIN; INSERT INTO jobs VALUES (1, 'new'); COMMIT");
seen("a rest that is no SQL", "INSERT INTO jobs VALUES (1, 'new'); and so on");
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
