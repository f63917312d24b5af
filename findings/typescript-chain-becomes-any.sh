#!/usr/bin/env bash
# An object whose methods return this is typed to any depth in its source and any in its declaration: TypeScript 6.0.3 emits f(): any after no step, 7.0.2 after one, and neither says so.
#
# typescript 5.9.3, 6.0.3, 7.0.2, with `strict`. A type that holds itself without a name cannot be written, and the compiler elides the rest as `any`, even under `noImplicitAny`.
# One expects an error, as for other types that cannot be named (TS4023, TS7022), or a name. A chain that is checked where it was written is not checked by who
# installs it, and an upgrade from 6 to 7 moves the place. A class or an interface is emitted by name. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
typescript-5, errors in the source: 3, in the use of its declaration: 1, steps that are any: 1
typescript-6, errors in the source: 3, in the use of its declaration: 1, steps that are any: 1
typescript, errors in the source: 3, in the use of its declaration: 2, steps that are any: 1
TEXT

cat >query.ts <<'TS'
export const query = {
  where() {
    return this;
  },
  limit: 1,
};
TS
cat >wrong.ts <<'TS'
import { query } from "./query.js";
query.misspelt;
query.where().misspelt;
query.where().where().misspelt;
TS
cat >tsconfig.json <<'JSON'
{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "types": [], "declaration": true }, "files": ["query.ts"] }
JSON

errors() { { node "$1" --pretty false -p "$2" || true; } | grep -c misspelt; }
for version in typescript-5 typescript-6 typescript; do
  tsc="node_modules/$version/bin/tsc"
  out="out-$version"
  node "$tsc" --outDir "$out"
  rm "$out/query.js"
  cp wrong.ts "$out"
  for folder in . "$out"; do
    sed 's/"declaration": true/"noEmit": true/; s/query.ts/wrong.ts/' tsconfig.json >"$folder/wrong.json"
  done
  inSource=$(errors "$tsc" wrong.json)
  inUse=$(errors "$tsc" "$out/wrong.json")
  echo "$version, errors in the source: $inSource, in the use of its declaration: $inUse, steps that are any: $(grep -c 'any;' "$out/query.d.ts")"
done | tee seen
diff expected seen || exit 1
