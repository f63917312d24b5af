#!/usr/bin/env bash
# In `node:sqlite` of Node 24.21.0 `applyChangeset` writes values by the place of their column and not by its name, says true where it has applied nothing, and false where the table has a trigger.
#
# Node 24.21.0. A changeset of a session is for another database with the same tables, and applyChangeset tells whether it was applied. Two databases that got their columns by migrations in another order have the same tables to every statement;
# here the name goes to the column of mails. Where the table is missing, or has fewer columns, it says true. What a trigger has written is in the changeset and is written by the trigger again, so the two meet, and all of it is taken back. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
the same table: true, [{"id":1,"name":"ada","mail":"a@example.com"}]
columns in another order: true, [{"id":1,"mail":"ada","name":"a@example.com"}]
one column more: true, [{"id":1,"name":"ada","mail":"a@example.com","age":null}]
one column less: true, []
no such table: true, no such table: users
a trigger that keeps a log: false, []
TEXT

cat >run.mjs <<'JS'
import { DatabaseSync } from "node:sqlite";

const open = (schema) => {
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  return database;
};
const rows = (database) => {
  try {
    return JSON.stringify(database.prepare("select * from users").all());
  } catch (error) {
    return error.message;
  }
};
const show = (title, there, here) => {
  const source = open(there);
  const session = source.createSession();
  source.exec("insert into users (id, name, mail) values (1, 'ada', 'a@example.com')");
  const target = open(here);
  console.log(`${title}: ${target.applyChangeset(session.changeset())}, ${rows(target)}`);
};
const users = "create table users (id integer primary key, name, mail);";
const logged = `${users} create table log (id integer primary key, user);
  create trigger logging after insert on users begin insert into log (user) values (new.id); end;`;
show("the same table", users, users);
show("columns in another order", users, "create table users (id integer primary key, mail, name)");
show("one column more", users, `${users} alter table users add column age`);
show("one column less", users, "create table users (id integer primary key, name)");
show("no such table", users, "create table people (id integer primary key)");
show("a trigger that keeps a log", logged, logged);
JS

NODE_NO_WARNINGS=1 node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
