#!/usr/bin/env bash
# An Error with a cause that Node 20.20.2 has written with `v8.serialize` cannot be read by Node 22.23.3 or 24.21.0, neither alone nor in whatever holds it, while 20.20.2 reads what they have written.
#
# Node 20.20.2, 22.23.3, 24.21.0. The docs of Node call the format backward-compatible and fit for a disk, and the version in the first bytes is 15 in all three; one expects what is newer to
# read what is older, as for all else. A stored queue or cache fails with the upgrade, at the entries that tell of a failure. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
versions="20.20.2 22.23.3 24.21.0"
for version in $versions; do
  mkdir "$version"
  echo '{ "private": true }' >"$version/package.json"
  npm i --prefix "$version" --silent --no-audit --no-fund "node@$version"
  [ -x "$version/node_modules/.bin/node" ] || npm rebuild --prefix "$version" --silent node
done

cat >expected <<'TEXT'
written by 20.20.2, read by 20.20.2: version 15, plain read, error read, cause read, inside read
written by 20.20.2, read by 22.23.3: version 15, plain read, error read, cause refused, inside refused
written by 20.20.2, read by 24.21.0: version 15, plain read, error read, cause refused, inside refused
written by 22.23.3, read by 20.20.2: version 15, plain read, error read, cause read, inside read
written by 22.23.3, read by 22.23.3: version 15, plain read, error read, cause read, inside read
written by 22.23.3, read by 24.21.0: version 15, plain read, error read, cause read, inside read
written by 24.21.0, read by 20.20.2: version 15, plain read, error read, cause read, inside read
written by 24.21.0, read by 22.23.3: version 15, plain read, error read, cause read, inside read
written by 24.21.0, read by 24.21.0: version 15, plain read, error read, cause read, inside read
TEXT

cat >write.cjs <<'JS'
const { writeFileSync } = require("node:fs");
const { serialize } = require("node:v8");

const cause = new Error("refused", { cause: new Error("too many") });
for (const [name, value] of Object.entries({ plain: { id: 7 }, error: new Error("refused"), cause, inside: { id: 7, last: cause } }))
  writeFileSync(`${process.argv[2]}/${name}`, serialize(value));
JS
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { deserialize } = require("node:v8");

const seen = ["plain", "error", "cause", "inside"].map((name) => {
  try {
    const value = deserialize(readFileSync(`${process.argv[2]}/${name}`));
    const right = { plain: value.id === 7, error: value.message === "refused", cause: value.cause?.message === "too many", inside: value.last?.cause?.message === "too many" };
    return `${name} ${right[name] ? "read" : "changed"}`;
  } catch {
    return `${name} refused`;
  }
});
console.log(`version ${readFileSync(`${process.argv[2]}/plain`)[1]}, ${seen.join(", ")}`);
JS

for writer in $versions; do
  "$writer/node_modules/.bin/node" write.cjs "$writer"
  for reader in $versions; do
    echo "written by $writer, read by $reader: $("$reader/node_modules/.bin/node" read.cjs "$writer")"
  done
done | tee seen
diff expected seen || exit 1
