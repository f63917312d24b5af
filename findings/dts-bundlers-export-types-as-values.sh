#!/usr/bin/env bash
# `export type { Client }` of a class is a value in the declarations that rollup-plugin-dts 6.5.1, dts-bundle-generator 9.5.1 and API Extractor 7.60.1 bundle: `new Client()` has no error, and Client is not there at run time.
#
# typescript 6.0.3, beside rolldown-plugin-dts 0.30.0, which keeps it. Who exports a class or an enum as a type does so because the JavaScript does not export it; one expects the same error from the bundle as from
# what the compiler emits. Enums are the same. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "name": "bundled", "version": "1.0.0", "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript@6.0.3 rollup@4.68.8 rollup-plugin-dts@6.5.1 rolldown@1.2.19 rolldown-plugin-dts@0.30.0 dts-bundle-generator@9.5.1 @microsoft/api-extractor@7.60.1

cat >expected <<'TEXT'
tsc: Client refused, Level refused
rollup-plugin-dts: Client taken, Level taken
rolldown-plugin-dts: Client refused, Level refused
dts-bundle-generator: Client taken, Level taken
api-extractor: Client taken, Level taken
at run time: ["connect"]
TEXT

mkdir src
cat >src/client.ts <<'TS'
export class Client {
  close(): void {}
}
export enum Level {
  Low,
}
export const connect = (level: Level): Client => new Client();
TS
cat >src/index.ts <<'TS'
export { connect, type Client, type Level } from "./client.js";
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
mkdir use
for tool in tsc rollup-plugin-dts rolldown-plugin-dts dts-bundle-generator api-extractor; do
  echo "import { Client, Level } from '../$tool/index.js'; new Client(); Level.Low;" >"use/$tool.ts"
done
node_modules/.bin/tsc --ignoreConfig --noEmit --pretty false --strict --target es2022 --lib es5 --skipDefaultLibCheck --module nodenext use/*.ts >errors || true
for tool in tsc rollup-plugin-dts rolldown-plugin-dts dts-bundle-generator api-extractor; do
  told() { if grep -q "^use/$tool.ts.*'$1' cannot be used as a value" errors; then echo refused; else echo taken; fi; }
  echo "$tool: Client $(told Client), Level $(told Level)"
done | tee seen
cat >at-run-time.mjs <<'JS'
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import typescript from "typescript";

mkdirSync("js");
for (const name of ["client", "index"]) {
  const { outputText } = typescript.transpileModule(readFileSync(`src/${name}.ts`, "utf8"), { compilerOptions: { target: "es2022", module: "esnext" } });
  writeFileSync(`js/${name}.js`, outputText);
}
console.log(`at run time: ${JSON.stringify(Object.keys(await import("./js/index.js")))}`);
JS
node at-run-time.mjs | tee -a seen
diff expected seen || exit 1
