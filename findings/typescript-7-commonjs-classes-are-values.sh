#!/usr/bin/env bash
# In TypeScript 7.0.2 a class that a .js file exports by `module.exports = { Client }` is a value and no type to who imports it, from the file and from its declaration alike; with `exports.Client = Client` it is both. In 6.0.3 it is both in either way.
#
# typescript 7.0.2 and 6.0.3, the same files. One expects an exported class to be its own type, whatever form the export has. `let client: Client` is an error (TS2749) in packages written in JavaScript and in what uses them, and the
# declaration that 7.0.2 writes, `{ Client: typeof Client }`, has the same error for users of 6.0.3. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
source, object, read by typescript-6: no error
source, object, read by typescript: TS2749 in line 3
source, key, read by typescript-6: no error
source, key, read by typescript: no error
made-by-6, object, read by typescript-6: no error
made-by-6, object, read by typescript: no error
made-by-6, key, read by typescript-6: no error
made-by-6, key, read by typescript: no error
made-by-7, object, read by typescript-6: TS2749 in line 3
made-by-7, object, read by typescript: TS2749 in line 3
made-by-7, key, read by typescript-6: no error
made-by-7, key, read by typescript: no error
TEXT

cat >object.cjs <<'JS'
class Client {
  id = 1;
}
module.exports = { Client };
JS
cat >key.cjs <<'JS'
class Client {
  id = 1;
}
exports.Client = Client;
JS
mkdir made-by-6 made-by-7
node node_modules/typescript-6/bin/tsc --ignoreConfig --allowJs --declaration --emitDeclarationOnly --module nodenext --target es2022 --outDir made-by-6 object.cjs key.cjs
node node_modules/typescript/bin/tsc --ignoreConfig --allowJs --declaration --emitDeclarationOnly --module nodenext --target es2022 --outDir made-by-7 object.cjs key.cjs
mkdir source
cp object.cjs key.cjs source
for folder in source made-by-6 made-by-7; do
  for way in object key; do
    for reader in typescript-6 typescript; do
      cat >"$folder/use-$way.mts" <<TS
import { Client } from "./$way.cjs";
export const value = new Client();
export const instance: Client = value;
TS
      errors=$({ node "node_modules/$reader/bin/tsc" --ignoreConfig --strict --noEmit --pretty false --allowJs --checkJs --module nodenext --target es2022 "$folder/use-$way.mts" || true; } | sed 's/^[^(]*(\([0-9]*\),[0-9]*): error \(TS[0-9]*\).*/\2 in line \1/')
      echo "$folder, $way, read by $reader: ${errors:-no error}"
    done
  done
done | tee seen
diff expected seen || exit 1
