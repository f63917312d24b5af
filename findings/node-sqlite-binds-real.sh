#!/usr/bin/env bash
# node:sqlite of Node 24.21.0 binds every number as REAL, so that the id 7 becomes the text 'job-7.0', the JSON [7.0] and half of it 3.5, while 7n and a literal are integers.
#
# Node 24.21.0. A whole number is expected to be an INTEGER, as it is when it is read. A column with a type converts it back, which hides it: what is left are
# expressions, columns without a type, and STRICT tables with ANY. Keys made by `||`, division and `json_array` differ by whether a value was bound or written in
# the statement. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
bound 7: real 'job-7.0' [7.0] 3.5, as key of text: 7.0
bound 7n: integer 'job-7' [7] 3, as key of text: 7
literal 7: integer 'job-7' [7] 3, as key of text: 7
found by text '7': the row of 7n 1, the row of 7 0
TEXT

cat >run.mjs <<'JS'
import { DatabaseSync } from "node:sqlite";

const db = new DatabaseSync(":memory:");
db.exec("create table rows (key text primary key)");
const row = (value) => `select typeof(${value}) a, quote('job-' || ${value}) b, json_array(${value}) c, ${value} / 2 d, cast(${value} as text) e`;
const show = (name, { a, b, c, d, e }) => console.log(`${name}: ${a} ${b} ${c} ${d}, as key of text: ${e}`);
show("bound 7", db.prepare(row("?1")).get(7));
show("bound 7n", db.prepare(row("?1")).get(7n));
show("literal 7", db.prepare(row("7")).get());

const count = (bound) => {
  db.exec("delete from rows");
  db.prepare("insert into rows values (?)").run(bound);
  return db.prepare("select count(*) as n from rows where key = '7'").get().n;
};
console.log(`found by text '7': the row of 7n ${count(7n)}, the row of 7 ${count(7)}`);
JS

NODE_NO_WARNINGS=1 node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
