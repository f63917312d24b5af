#!/usr/bin/env bash
# With rolldown 1.2.19, and with Node 24.21.0 in transform mode, the second part of a namespace does not see what the first part exports, and in rolldown an exported let of a namespace keeps its first value for everybody outside.
#
# typescript 6.0.3, esbuild 0.28.2, rolldown 1.2.19, module.stripTypeScriptTypes of Node 24.21.0 with `mode: "transform"`. Who refuses a namespace says so, thus one expects
# the rest to mean what tsc makes of it, as esbuild does: a reference in `namespace A { … }` to an export of another `namespace A` is A.x. Here it stays a bare name
# and fails when it runs. Of `let` rolldown logs a warning, "tolerated transform", and the build succeeds. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@6.0.3 esbuild@0.28.2 rolldown@1.2.19
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
merged: tsc 2, esbuild 2, rolldown x is not defined, node x is not defined
dotted: tsc 2, esbuild 2, rolldown x is not defined, node x is not defined
let: tsc 2, esbuild 2, rolldown 1, node 2
assigned from outside: tsc 5, esbuild 5, rolldown 1, node 5
one part: tsc 2, esbuild 2, rolldown 2, node 2
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import vm from "node:vm";
import { transformSync } from "esbuild";
import { rolldown } from "rolldown";
import ts from "typescript";

process.removeAllListeners("warning");
const sources = {
  merged: "namespace A { export const x = 1 } namespace A { export const y = x + 1 } show(A.y);",
  dotted: "namespace A.B { export const x = 1 } namespace A.B { export const y = x + 1 } show(A.B.y);",
  let: "namespace A { export let n = 1; export function add() { n++ } } A.add(); show(A.n);",
  "assigned from outside": "namespace A { export let n = 1; export const read = () => n } A.n = 5; show(A.read());",
  "one part": "namespace A { export const x = 1; export const y = x + 1 } show(A.y);",
};
const ways = {
  tsc: (source) => ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText,
  esbuild: (source) => transformSync(source, { loader: "ts" }).code,
  rolldown: async (source) => {
    writeFileSync("source.ts", source);
    const bundle = await rolldown({ input: "source.ts", logLevel: "silent" });
    return (await bundle.generate({ format: "iife" })).output[0].code;
  },
  node: (source) => stripTypeScriptTypes(source, { mode: "transform" }),
};
for (const [name, source] of Object.entries(sources)) {
  const seen = [];
  for (const [tool, way] of Object.entries(ways)) {
    const show = (value) => seen.push(`${tool} ${value}`);
    try {
      vm.runInNewContext(await way(source), { show });
    } catch (error) {
      show(error.message);
    }
  }
  console.log(`${name}: ${seen.join(", ")}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
