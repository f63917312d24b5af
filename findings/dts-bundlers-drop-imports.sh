#!/usr/bin/env bash
# rollup-plugin-dts 6.5.1, rolldown-plugin-dts 0.30.0, dts-bundle-generator 9.5.1 and API Extractor 7.60.1 bundle declarations without the imports that only augment a package, and change which half of a package a type is of.
#
# typescript 6.0.3. `import "other/extra"` stands in the declaration because its types need it, and `"resolution-mode": "require"` because the two halves differ; Rollup keeps such an import in JavaScript. Without them a key is
# missing or a type is another one, with an error at who installs the package only. rolldown-plugin-dts keeps the mode and drops `type`, which makes it an error (TS1454). The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "name": "bundled", "version": "1.0.0", "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript@6.0.3 rollup@4.68.8 rollup-plugin-dts@6.5.1 rolldown@1.2.19 rolldown-plugin-dts@0.30.0 dts-bundle-generator@9.5.1 @microsoft/api-extractor@7.60.1

cat >expected <<'TEXT'
tsc: no errors
rollup-plugin-dts: TS2339: Property 'extra' does not exist on type 'Options'. TS2322: Type '"esm"' is not assignable to type '"cjs"'.
rolldown-plugin-dts: TS2339: Property 'extra' does not exist on type 'Options'. TS2322: Type '"esm"' is not assignable to type '"cjs"'. TS1454: `resolution-mode` can only be set for type-only imports.
dts-bundle-generator: TS2339: Property 'extra' does not exist on type 'Options'. TS2322: Type '"esm"' is not assignable to type '"cjs"'.
api-extractor: TS2339: Property 'extra' does not exist on type 'Options'. TS2322: Type '"esm"' is not assignable to type '"cjs"'.
TEXT

mkdir src node_modules/other
cat >node_modules/other/package.json <<'JSON'
{
  "name": "other",
  "version": "1.0.0",
  "exports": {
    ".": { "import": { "types": "./index.d.mts" }, "require": { "types": "./index.d.cts" } },
    "./extra": { "types": "./extra.d.mts" }
  }
}
JSON
echo 'export interface Options { plain: 1 } export type Kind = "esm";' >node_modules/other/index.d.mts
echo 'export interface Options { plain: 1 } export type Kind = "cjs";' >node_modules/other/index.d.cts
echo 'declare module "other" { interface Options { extra: 2 } } export {};' >node_modules/other/extra.d.mts
cat >src/index.ts <<'TS'
import type { Options } from "other";
import type { Kind } from "other" with { "resolution-mode": "require" };
import "other/extra";

export declare const options: Options;
export declare const kind: Kind;
TS
cat >tsconfig.json <<'JSON'
{
  "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "types": [], "declaration": true, "emitDeclarationOnly": true, "rootDir": "src", "outDir": "tsc" },
  "include": ["src"]
}
JSON
cat >api-extractor.json <<'JSON'
{
  "mainEntryPointFilePath": "<projectFolder>/tsc/index.d.ts",
  "projectFolder": ".",
  "apiReport": { "enabled": false },
  "docModel": { "enabled": false },
  "tsdocMetadata": { "enabled": false },
  "dtsRollup": { "enabled": true, "untrimmedFilePath": "<projectFolder>/api-extractor/index.d.ts" },
  "messages": { "extractorMessageReporting": { "default": { "logLevel": "none" } } }
}
JSON
cat >bundle.mjs <<'JS'
import { rolldown } from "rolldown";
import { dts as rolldownDts } from "rolldown-plugin-dts";
import { rollup } from "rollup";
import { dts as rollupDts } from "rollup-plugin-dts";

const [input, external] = ["tsc/index.d.ts", /^other/];
const one = await rollup({ input, external, plugins: [rollupDts()] });
await one.write({ file: "rollup-plugin-dts/index.d.ts", format: "es" });
const two = await rolldown({ input: { index: input }, external, plugins: [rolldownDts({ dtsOnly: true })] });
await two.write({ dir: "rolldown-plugin-dts", format: "es" });
JS
node_modules/.bin/tsc
node bundle.mjs
node_modules/.bin/dts-bundle-generator --silent --export-referenced-types=false -o dts-bundle-generator/index.d.ts src/index.ts
node_modules/.bin/api-extractor run --local >log
for tool in tsc rollup-plugin-dts rolldown-plugin-dts dts-bundle-generator api-extractor; do
  printf '%s\n' "import { kind, options } from './$tool/index.js';" "options.extra;" "const half: 'cjs' = kind;" >use.ts
  errors=$(node_modules/.bin/tsc --ignoreConfig --noEmit --strict --target es2022 --lib es5 --skipDefaultLibCheck --module nodenext use.ts || true)
  told=$(sed -n 's/.*: error \(TS[0-9]*: .*\)/\1/p' <<<"$errors" | sort -r | tr '\n' ' ')
  echo "$tool: ${told:-no errors}" | sed 's/ $//'
done | tee seen
diff expected seen || exit 1
