#!/usr/bin/env bash
# In declarations of a .js file, TypeScript 5.9.3 and 6.0.3 make one object of `@param {Object[]} options.rows` with `@param {number} options.rows[].id`, `Rows[]` of a `@typedef {Object[]} Rows`, and `export { b as quoted name }` of `"quoted name"`; 7.0.2 has all three right.
#
# typescript 5.9.3, 6.0.3 and 7.0.2, with `checkJs` and no error as they write. In the source a list is a list: the same call is taken there, and refused by who installs the package, or means a type that holds itself for ever. The export
# is a syntax error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript-7@npm:typescript@7.0.2

cat >expected <<'TEXT'
TypeScript 5 writes with no error: rows: { id: number; }; | type Rows = Rows[]; | export { value as quoted name }
TypeScript 5 reads: rows with TS2741, name with TS1005
TypeScript 6 writes with no error: rows: { id: number; }; | type Rows = Rows[]; | export { value as quoted name }
TypeScript 6 reads: rows with TS2741, name with TS1005
TypeScript 7 writes with no error: rows: { id: number; }[]; | type Rows = { id: number; }[]; | export { value as "quoted name" }
TypeScript 7 reads: rows with no error, name with no error
TEXT

cat >rows.js <<'JS'
/**
 * @param {Object} options
 * @param {Object[]} options.rows
 * @param {number} options.rows[].id
 */
export function save(options) {
  return options.rows.map(({ id }) => id);
}
/**
 * @typedef {Object[]} Rows
 * @property {number} id
 */
/** @type {Rows} */
export const rows = [{ id: 1 }];
save({ rows });
JS
cat >name.js <<'JS'
const value = 1;
export { value as "quoted name" };
JS
cat >use.ts <<'TS'
import { save } from "./rows.js";
save({ rows: [{ id: 1 }] });
TS
for version in 5 6 7; do
  tsc() { { node "node_modules/typescript-$version/bin/tsc" ${ignore[@]+"${ignore[@]}"} --strict --target es2022 --module nodenext --pretty false "$@" || true; } | sed -n 's/.*error \(TS[0-9]*\).*/\1/p' | sort -u | paste -sd, -; }
  ignore=()
  if [ "$version" != 5 ]; then ignore=(--ignoreConfig); fi
  written=$(tsc --allowJs --checkJs --declaration --emitDeclarationOnly --outDir "out-$version" rows.js name.js)
  cp use.ts "out-$version"
  echo "TypeScript $version writes with ${written:-no error}: $(cat "out-$version"/{rows,name}.d.ts | tr -s '\n ' ' ' | grep -oE 'rows: \{[^;]*; \}[^;]*;|type Rows = [^;]*;( \}[^;]*;)?|export \{ value[^}]*\}' | paste -sd'|' - | sed 's/|/ | /g')"
  used=$(tsc --noEmit "out-$version/use.ts")
  named=$(tsc --noEmit "out-$version/name.d.ts")
  echo "TypeScript $version reads: rows with ${used:-no error}, name with ${named:-no error}"
done | tee seen
diff expected seen || exit 1
