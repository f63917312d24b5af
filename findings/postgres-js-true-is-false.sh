#!/usr/bin/env bash
# In postgres 3.4.9 (postgres.js) the text "true", "t" or "yes" and the number 1 are false when they are bound to a boolean: only `true` is true.
#
# postgres 3.4.9, beside pg 8.23.1, with PGlite 0.5.14 as the server. Postgres takes each of these texts as a boolean, and one expects that or its error for what is none; here nothing fails, and a flag that comes from
# a query string or the environment is written as its opposite, "maybe" as false. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund postgres@3.4.9 pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

cat >expected <<'TEXT'
postgres: true true, "true" false, "t" false, "yes" false, "on" false, 1 false, "1" false, "maybe" false, false false, "false" false
pg: true true, "true" true, "t" true, "yes" true, "on" true, 1 true, "1" true, "maybe" refused, false false, "false" false
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import pg from "pg";
import postgres from "postgres";

const db = await PGlite.create();
await db.exec("create table users (id int, active boolean)");
const server = new PGLiteSocketServer({ db, path: `${import.meta.dirname}/.s.PGSQL.5432` });
await server.start();
const account = { host: import.meta.dirname, port: 5432, database: "postgres", user: "postgres", password: "postgres" };

const values = [true, "true", "t", "yes", "on", 1, "1", "maybe", false, "false"];
const show = async (name, insert) => {
  const seen = [];
  for (const value of values) {
    const told = await insert(value).then(
      ([row]) => row.active,
      () => "refused",
    );
    seen.push(`${JSON.stringify(value)} ${told}`);
  }
  console.log(`${name}: ${seen.join(", ")}`);
};
const sql = postgres({ ...account, path: `${account.host}/.s.PGSQL.5432`, max: 1, fetch_types: false });
await show("postgres", async (value) => await sql`insert into users values (1, ${value}) returning active`);
await sql.end();
const client = new pg.Client(account);
await client.connect();
await show("pg", async (value) => (await client.query("insert into users values (1, $1) returning active", [value])).rows);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
