#!/usr/bin/env bash
# TypeScript 7.0.2 declares a @callback that has a @this as `(@this {Date} : Date, text: string) => void`, which is no TypeScript; and @overload above an arrow function has no effect, in its checks and in its declaration.
#
# Beside typescript 6.0.3, which writes `(this: Date, text: string) => void` and both overloads. No error is reported while 7.0.2 writes the file; who uses the package has syntax errors, and `skipLibCheck` does not hide them.
# A @this of a function itself is right. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
typescript-6, errors as it writes: none
function read(key: string): string;
function read(key: number): number;
type Listener = (this: Date, text: string) => void;
typescript-6, errors as it is used: none
typescript, errors as it writes: none
type Listener = (@this {Date} : Date, text: string) => void;
const read: (key: string | number) => string | number;
typescript, errors as it is used: 1 TS1005,3 TS1109,1 TS1110,2 TS1128,1 TS1146,1 TS1434
TEXT

cat >api.js <<'JS'
/**
 * @callback Listener
 * @this {Date}
 * @param {string} text
 * @returns {void}
 */
/** @param {Listener} listener */
export function listen(listener) {
  listener.call(new Date(), "text");
}
/**
 * @overload
 * @param {string} key
 * @returns {string}
 */
/**
 * @overload
 * @param {number} key
 * @returns {number}
 */
/**
 * @param {string | number} key
 * @returns {string | number}
 */
export const read = (key) => key;
JS
cat >use.ts <<'TS'
import { listen, read } from "./api.js";
listen(function (text) { this.getTime(); text.trim(); });
export const text: string = read("a");
TS
for version in typescript-6 typescript; do
  tsc() { { node "node_modules/$version/bin/tsc" --ignoreConfig --strict --target es2022 --module nodenext --pretty false "$@" || true; } | sed -n 's/.*error \(TS[0-9]*\).*/\1/p' | sort | uniq -c | sed 's/^ *//' | paste -sd, -; }
  emitted=$(tsc --allowJs --checkJs --declaration --emitDeclarationOnly --outDir "$version" api.js)
  echo "$version, errors as it writes: ${emitted:-none}"
  tr -s '\n *' ' ' <"$version/api.d.ts" | grep -oE 'type Listener = [^;]*;|(function|const) read[^;]*;'
  cp use.ts "$version"
  used=$(tsc --noEmit --skipLibCheck "$version/use.ts")
  echo "$version, errors as it is used: ${used:-none}"
done | tee seen
diff expected seen || exit 1
