#!/usr/bin/env bash
# Node 24.21.0 strips a `;` that begins a line when a type alias is above it, so `;[first, second] = [second, first]` belongs to the line above the type and swaps nothing, without an error.
#
# Beside typescript 6.0.3 and esbuild 0.28.2, which run it as it is written. Code without semicolons, as Prettier's `semi: false` and StandardJS leave it, has a `;` where a line begins with a bracket, and one expects it to stay.
# After a type of any kind, a `declare` of a variable or a function, or a `type` import it is gone, and the line becomes part of the one before the type; after an interface it stays. A call
# throws mostly; the swap here is `before = [1, 2][2] = [2, 1]`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 typescript@6.0.3 esbuild@0.28.2

cat >expected <<'TEXT'
after a type: typescript "before 1,2, after 2,1", esbuild "before 1,2, after 2,1", node "before 2,1, after 1,2"
after an interface: typescript "before 1,2, after 2,1", esbuild "before 1,2, after 2,1", node "before 1,2, after 2,1"
after a declared constant: typescript "before 1,2, after 2,1", esbuild "before 1,2, after 2,1", node "before 2,1, after 1,2"
after a type import: typescript "before 1,2, after 2,1", esbuild "before 1,2, after 2,1", node "before 2,1, after 1,2"
the same file, started by Node: before 2,1, after 1,2
TEXT

cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { stripTypeScriptTypes } from "node:module";
import { writeFileSync } from "node:fs";
import { transformSync } from "esbuild";
import typescript from "typescript";

process.removeAllListeners("warning");
const compilerOptions = { target: "esnext", module: "esnext", verbatimModuleSyntax: true };
const tools = {
  typescript: (source) => typescript.transpileModule(source, { compilerOptions }).outputText,
  esbuild: (source) => transformSync(source, { loader: "ts" }).code,
  node: (source) => stripTypeScriptTypes(source),
};
const types = {
  "a type": "type Pair = number[]",
  "an interface": "interface Pair extends Array<number> {}",
  "a declared constant": "declare const pair: number[]",
  "a type import": 'import type { Pair } from "./pair.ts"',
};
const source = (type) => `
let first = 1
let second = 2
const before = [first, second]
${type}
;[first, second] = [second, first]
console.log(\`before \${before}, after \${[first, second]}\`)
`;
const run = (file) => execFileSync(process.execPath, ["--no-warnings", file], { encoding: "utf8" }).trimEnd();
for (const [name, type] of Object.entries(types)) {
  const seen = Object.entries(tools).map(([tool, strip]) => {
    writeFileSync("stripped.js", strip(source(type)));
    return `${tool} ${JSON.stringify(run("stripped.js"))}`;
  });
  console.log(`after ${name}: ${seen.join(", ")}`);
}
writeFileSync("file.ts", source(types["a type"]));
console.log(`the same file, started by Node: ${run("file.ts")}`);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
