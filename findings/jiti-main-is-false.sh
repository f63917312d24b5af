#!/usr/bin/env bash
# `import.meta.main` is false in the script that jiti 2.7.0 runs, so `if (import.meta.main) await main()` does nothing and ends with 0; `require.main === module` is false as well, and a dynamic import is another namespace than the static one.
#
# Beside Node 24.21.0 and tsx 4.23.15, in which it is true. The key is there, so that nothing tells a script that it is not known. One expects the file that is named on the command line to be the main one.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 tsx@4.23.15 jiti@2.7.0

cat >expected <<'TEXT'
node main.ts: "main" in import.meta true, main true, one namespace true,does its work
node main.cts: does its work, as CommonJS
tsx main.ts: "main" in import.meta true, main true, one namespace true,does its work
tsx main.cts: does its work, as CommonJS
jiti main.ts: "main" in import.meta true, main false, one namespace false
jiti main.cts: 
TEXT

echo 'export let count = 0; export const inc = () => void count++;' >counter.ts
cat >main.ts <<'TS'
import * as counter from "./counter.ts";
const later = await import("./counter.ts");
console.log(`"main" in import.meta ${"main" in import.meta}, main ${import.meta.main}, one namespace ${later === counter}`);
if (import.meta.main) console.log("does its work");
TS
cat >main.cts <<'TS'
if (require.main === module) console.log("does its work, as CommonJS");
TS
export PATH="$PWD/node_modules/.bin:$PATH"
for runner in node tsx jiti; do
  for file in main.ts main.cts; do
    echo "$runner $file: $("$runner" "$file" 2>/dev/null | paste -sd, -)"
  done
done | tee seen
diff expected seen || exit 1
