#!/usr/bin/env bash
# TypeScript holds the flags of a regular expression to the target, and not its syntax: with --target es2018 it refuses the flag v, and takes modifiers and duplicate group names of ES2025, which Node 22 refuses.
#
# typescript 5.9.3, 6.0.3, 7.0.2; node 22.23.3. Who relies on the target to keep scripts to what an engine has must parse the patterns
# with something else.
# Seen, each of the three: /a/v is TS1501; /(?i:a)b/ and /(?<a>x)|(?<a>y)/ are not mentioned. Node: "Invalid group", "Duplicate capture group name".
# Fails when a compiler says something else, or Node 22 takes one of the two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@22.23.3 ts5@npm:typescript@5.9.3 ts6@npm:typescript@6.0.3 ts7@npm:typescript@7.0.2
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >patterns.ts <<'TS'
export const flag = /a/v;
export const modifiers = /(?i:a)b/;
export const names = /(?<a>x)|(?<a>y)/;
TS
echo '{ "compilerOptions": { "target": "es2018", "lib": ["es2024"], "noEmit": true, "types": [] }, "files": ["patterns.ts"] }' >tsconfig.json

for compiler in ts5 ts6 ts7; do
  found=$(node_modules/.bin/node "node_modules/$compiler/bin/tsc" -p . --pretty false || true)
  echo "$compiler: $found"
  [ "$(grep -c 'error TS' <<<"$found")" = 1 ]
  grep -q '^patterns.ts(1,.*error TS1501' <<<"$found"
done

node_modules/.bin/node - <<'JS'
const refusals = ["(?i:a)b", "(?<a>x)|(?<a>y)"].map((source) => {
  try {
    return `${source}: ${new RegExp(source)}`;
  } catch (error) {
    return `${source}: ${error.message}`;
  }
});
console.log(`node ${process.versions.node}\n${refusals.join("\n")}`);
process.exitCode = refusals.every((text) => /Invalid group|Duplicate capture group name/.test(text)) ? 0 : 1;
JS
