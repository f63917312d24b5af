#!/usr/bin/env bash
# TypeScript 5.9.3, 6.0.3 and 7.0.2 each emit, without an error, a declaration that they refuse to read: a default value between an optional parameter and a rest with a required element loses its question mark.
#
# typescript 5.9.3, 6.0.3, 7.0.2. `f(a?: number, b = 1, ...rest: [string])` is fine as a source. In the declaration `b` becomes `b: number | undefined`, because a required
# element follows, and a required parameter may not follow an optional one. One expects a compiler to emit what it reads: the package is published, and whoever
# checks libraries (`skipLibCheck: false`, the default) has an error in a file that is not theirs. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
typescript-5 emits (ends with 0): export declare function f(a?: number, b: number | undefined, ...rest: [string]): void;
typescript-5 reads (ends with 2): error TS1016: A required parameter cannot follow an optional parameter.
typescript-6 emits (ends with 0): export declare function f(a?: number, b: number | undefined, ...rest: [string]): void;
typescript-6 reads (ends with 2): error TS1016: A required parameter cannot follow an optional parameter.
typescript emits (ends with 0): export declare function f(a?: number, b: number | undefined, ...rest: [string]): void;
typescript reads (ends with 2): error TS1016: A required parameter cannot follow an optional parameter.
TEXT

echo 'export function f(a?: number, b = 1, ...rest: [string]): void {}' >source.ts
options='"strict": true, "target": "es2022", "types": []'
echo "{ \"compilerOptions\": { $options, \"declaration\": true }, \"files\": [\"source.ts\"] }" >tsconfig.json
for version in typescript-5 typescript-6 typescript; do
  mkdir "out-$version"
  echo "{ \"compilerOptions\": { $options, \"noEmit\": true }, \"files\": [\"source.d.ts\"] }" >"out-$version/tsconfig.json"
  code=0
  node "node_modules/$version/bin/tsc" --outDir "out-$version" || code=$?
  echo "$version emits (ends with $code): $(cat "out-$version/source.d.ts")"
  code=0
  node "node_modules/$version/bin/tsc" -p "out-$version" --pretty false >problems || code=$?
  echo "$version reads (ends with $code): $(sed 's/.*: error/error/' problems)"
done | tee seen
diff expected seen || exit 1
