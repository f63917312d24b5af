#!/usr/bin/env bash
# In `node:sqlite` of Node 24.21.0 a Date as the first parameter of a statement is no parameter: the ones after it move one place forward, and the last place is NULL.
#
# Node 24.21.0. An object in the first place is for named parameters, and one expects of a Date, a URL or a Map there what it is in the second place: an error. Each is taken for an object of names that has none, and left away,
# so `update … set at = ? where id = ?` with a Date and an id looks for NULL and changes nothing, and an insert stores the id as the time. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
insert, run("2026-01-01", 7): { at: '2026-01-01', id: 7 }
insert, run(new Date(0), 7): { at: 7, id: null }
insert, run(new URL("https://example.com"), 7): { at: 7, id: null }
insert, run(new Map(), 7): { at: 7, id: null }
insert, run(7, new Date(0)): Provided value cannot be bound to SQLite parameter 2.
update of 7, run("2026-01-01", 7): 1 changed
update of 7, run(new Date(0), 7): 0 changed
TEXT

cat >run.mjs <<'JS'
import { DatabaseSync } from "node:sqlite";
import { inspect } from "node:util";

const database = new DatabaseSync(":memory:");
database.exec("create table visits (at, id)");
const attempt = (use) => {
  try {
    return use();
  } catch (error) {
    return error.message;
  }
};
const parameters = {
  '"2026-01-01", 7': ["2026-01-01", 7],
  "new Date(0), 7": [new Date(0), 7],
  'new URL("https://example.com"), 7': [new URL("https://example.com"), 7],
  "new Map(), 7": [new Map(), 7],
  "7, new Date(0)": [7, new Date(0)],
};
for (const [title, values] of Object.entries(parameters)) {
  const told = attempt(() => inspect({ ...database.prepare("insert into visits values (?, ?) returning at, id").get(...values) }));
  console.log(`insert, run(${title}): ${told}`);
}
for (const title of ['"2026-01-01", 7', "new Date(0), 7"]) {
  database.exec("delete from visits; insert into visits values (null, 7)");
  const { changes } = database.prepare("update visits set at = ? where id = ?").run(...parameters[title]);
  console.log(`update of 7, run(${title}): ${changes} changed`);
}
JS

NODE_NO_WARNINGS=1 node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
