#!/usr/bin/env bash
# In workerd 1.20260730.1 the SQL of a Durable Object binds `true` as the text 'true', a Date as its English text and an object as '[object Object]', where D1, on the same SQLite, binds 1 and refuses the others.
#
# miniflare 4.20260730.0, which brings workerd 1.20260730.1. One expects 1, as in D1 and most drivers, or an error; the types of `exec` take any value. A row that was written with `true` is not found by `active = 1` nor by
# `active`, and no function of SQLite reads that text as a date. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund miniflare@4.20260730.0
node_modules/.bin/workerd --version 2>/dev/null >version || npm rebuild --silent workerd

cat >expected <<'TEXT'
Durable Object, true: text true
Durable Object, a Date: text Thu Jan 15 2026 00:00:00 GMT+0000 (Coordinated Universal Time)
Durable Object, an object: text [object Object]
Durable Object, undefined: null null
Durable Object, rows of `where active` after active = true: 0
D1, true: real 1
D1, a Date: refused
D1, an object: refused
D1, undefined: refused
D1, rows of `where active` after active = true: 1
TEXT

cat >run.mjs <<'JS'
import { Miniflare } from "miniflare";

const look = async (place, query) => {
  const values = { true: true, "a Date": new Date("2026-01-15"), "an object": { a: 1 }, undefined: undefined };
  const lines = [];
  for (const [title, value] of Object.entries(values)) {
    const told = await query("select typeof(?1) as type, ?1 as value", value).then(
      ([row]) => `${row.type} ${row.value}`,
      () => "refused",
    );
    lines.push(`${place}, ${title}: ${told}`);
  }
  await query("create table users (active)");
  await query("insert into users values (?)", true);
  const rows = await query("select * from users where active");
  lines.push(`${place}, rows of \`where active\` after active = true: ${rows.length}`);
  return lines.join("\n");
};
const script = `
  import { DurableObject } from "cloudflare:workers";
  const look = ${look};
  export class Users extends DurableObject {
    look() {
      return look("Durable Object", async (text, ...values) => this.ctx.storage.sql.exec(text, ...values).toArray());
    }
  }
  export default {
    async fetch(request, { USERS, DB }) {
      const inObject = await USERS.getByName("all").look();
      const inD1 = await look("D1", async (text, ...values) => (await DB.prepare(text).bind(...values).all()).results);
      return new Response(inObject + "\\n" + inD1);
    },
  };
`;
const miniflare = new Miniflare({
  name: "main",
  modules: true,
  script,
  compatibilityDate: "2026-07-01",
  durableObjects: { USERS: { className: "Users", useSQLite: true } },
  d1Databases: ["DB"],
});
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(await response.text());
await miniflare.dispose();
JS

node run.mjs 2>warnings | tee seen
diff expected seen || exit 1
