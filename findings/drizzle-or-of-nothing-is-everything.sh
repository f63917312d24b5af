#!/usr/bin/env bash
# In drizzle-orm 0.45.4 `delete(table).where(or(...conditions))` deletes every row when there are no conditions, where `inArray` of no values finds none.
#
# drizzle-orm 0.45.4, beside kysely 0.29.9. One of none is none: that is what `inArray(id, [])`, `[].some()` and eb.or([]) of kysely say. Here `or()` is undefined, as `and()` is, and where(undefined) is no condition at all,
# so a list of filters that happens to be empty selects, changes or deletes all, and its negation is a statement that ends after `not`. The statements made are the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund drizzle-orm@0.45.4 kysely@0.29.9

cat >expected <<'TEXT'
or(eq(id, 1), eq(id, 2)): delete from "notes" where ("notes"."id" = ? or "notes"."id" = ?)
or(): delete from "notes"
inArray(id, []): delete from "notes" where false
not(or()): delete from "notes" where not
and(eq(owner, 7), or()): delete from "notes" where "notes"."owner" = ?
kysely, eb.or([]): delete from "notes" where 1 = 0
TEXT

cat >run.mjs <<'JS'
import { and, eq, inArray, not, or } from "drizzle-orm";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";

const notes = sqliteTable("notes", { id: integer(), owner: integer() });
const database = drizzle(async () => ({ rows: [] }));
const conditions = {
  "or(eq(id, 1), eq(id, 2))": or(eq(notes.id, 1), eq(notes.id, 2)),
  "or()": or(),
  "inArray(id, [])": inArray(notes.id, []),
  "not(or())": not(or()),
  "and(eq(owner, 7), or())": and(eq(notes.owner, 7), or()),
};
for (const [title, condition] of Object.entries(conditions)) {
  console.log(`${title}: ${database.delete(notes).where(condition).toSQL().sql.trimEnd()}`);
}
const kysely = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
const compiled = kysely.deleteFrom("notes").where((eb) => eb.or([])).compile();
console.log(`kysely, eb.or([]): ${compiled.sql}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
