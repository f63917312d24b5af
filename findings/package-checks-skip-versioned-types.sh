#!/usr/bin/env bash
# @arethetypeswrong/cli 0.18.5 and publint 0.3.25 look at no declaration behind a condition types@>=6: one that is broken, or not there, passes both, where the same behind types fails.
#
# publint 0.3.25, @arethetypeswrong/cli 0.18.5, typescript 5.9.3, 6.0.3, 7.0.2. Conditions with a version are how one package serves declarations to old and new compilers. The one tool
# skips them, the other resolves as the TypeScript 5 that it brings, and says nothing of the branch it does not take, so that two green checks say nothing of what users
# of 6 and 7 get. When the file is missing, TypeScript takes the next condition, as Node would not. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund publint@0.3.25 @arethetypeswrong/cli@0.18.5 typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
broken behind types: publint ends with 0, attw with 1
broken behind types@>=6: publint ends with 0, attw with 0
missing behind types: publint ends with 1, attw with 1
missing behind types@>=6: publint ends with 0, attw with 0
typescript-5: broken behind types@>=6 no error, missing no error
typescript-6: broken behind types@>=6 TS2305 TS2307, missing no error
typescript: broken behind types@>=6 TS2305 TS2307, missing no error
TEXT

make() {
  mkdir -p "node_modules/$1"
  cat >"node_modules/$1/package.json" <<JSON
{ "name": "$1", "version": "1.0.0", "type": "module", "license": "MIT", "exports": { ".": { $2, "default": "./index.js" } } }
JSON
  echo 'export const answer = 42;' >"node_modules/$1/index.js"
  echo 'export declare const answer: number;' >"node_modules/$1/index.d.ts"
  echo 'export * from "./gone.js";' >"node_modules/$1/broken.d.ts"
}
ending() {
  local code=0
  "$@" >/dev/null 2>&1 || code=$?
  echo "$code"
}
make broken-types '"types": "./broken.d.ts"'
make broken-versioned '"types@>=6": "./broken.d.ts", "types": "./index.d.ts"'
make missing-types '"types": "./missing.d.ts"'
make missing-versioned '"types@>=6": "./missing.d.ts", "types": "./index.d.ts"'
for package in broken missing; do
  echo "import { answer } from \"$package-versioned\"; answer.toFixed();" >"$package.ts"
  cat >"$package.json" <<JSON
{ "compilerOptions": { "strict": true, "noEmit": true, "module": "nodenext", "target": "es2022", "types": [] }, "files": ["$package.ts"] }
JSON
done
echo '{ "private": true, "type": "module" }' >package.json

{
  for package in broken missing; do
    for behind in types versioned; do
      lint=$(ending node_modules/.bin/publint run "node_modules/$package-$behind" --strict)
      types=$(ending node_modules/.bin/attw --pack "node_modules/$package-$behind" --profile esm-only)
      echo "$package behind ${behind/versioned/types@>=6}: publint ends with $lint, attw with $types"
    done
  done
  for version in typescript-5 typescript-6 typescript; do
    errors() { { node "node_modules/$version/bin/tsc" --pretty false -p "$1.json" || true; } | { grep -o 'TS[0-9]*' || echo no error; } | xargs; }
    echo "$version: broken behind types@>=6 $(errors broken), missing $(errors missing)"
  done
} | tee seen
diff expected seen || exit 1
