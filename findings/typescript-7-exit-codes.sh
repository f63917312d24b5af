#!/usr/bin/env bash
# The exit codes of tsc for a project with type errors have changed places: with noEmit TypeScript 6.0.3 ends with 2 and 7.0.2 with 1, and with --build 6.0.3 ends with 1 and 7.0.2 with 2.
#
# typescript 5.9.3, 6.0.3, 7.0.2. 1 stands for outputs that were skipped, 2 for outputs that were written in spite of errors; the compilers differ in what
# counts as skipped. A mistake in the command line is 1 in all of them, so a script that tells type errors from a broken setup by the code
# is wrong in one of the two. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ts5@npm:typescript@5.9.3 ts6@npm:typescript@6.0.3 ts7@npm:typescript@7.0.2

cat >expected <<'TEXT'
noEmit: ts5 2, ts6 2, ts7 1
emit: ts5 2, ts6 2, ts7 2
noEmitOnError: ts5 1, ts6 1, ts7 1
build: ts5 1, ts6 1, ts7 2
unknown option: ts5 1, ts6 1, ts7 1
TEXT

echo 'export const count: number = "three";' >source.ts
project() {
  echo "{ \"compilerOptions\": { \"target\": \"es2022\", \"types\": [], \"rootDir\": \".\", $1 }, \"files\": [\"source.ts\"] }" >tsconfig.json
}
# Exit codes of each compiler for the arguments behind the title.
codes() {
  local title=$1 line="" code
  shift
  for compiler in ts5 ts6 ts7; do
    rm -rf out
    code=0
    node "node_modules/$compiler/bin/tsc" "$@" >/dev/null || code=$?
    line="$line, $compiler $code"
  done
  echo "$title: ${line:2}"
}

{
  project '"noEmit": true'
  codes noEmit -p .
  project '"outDir": "out"'
  codes emit -p .
  project '"outDir": "out", "noEmitOnError": true'
  codes noEmitOnError -p .
  project '"outDir": "out", "composite": true'
  codes build --build .
  codes "unknown option" -p . --nothing
} | tee seen
diff expected seen || exit 1
