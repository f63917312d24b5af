#!/usr/bin/env bash
# With esbuild 0.28.2, and with Node 24.21.0 in transform mode, the member B of `const x = 5; enum E { A = x, B }` is undefined without a word, and it is 6 with tsc, swc, oxc and sucrase.
#
# typescript 6.0.3, esbuild 0.28.2, @swc/core 1.16.22, oxc-transform 0.151.0, sucrase 3.35.1, module.stripTypeScriptTypes of Node 24.21.0 with `mode: "transform"`. tsc takes such an enum without
# `isolatedModules`; one expects whoever reads files one by one to refuse it, or to add one when it runs, as oxc does. More that differs: a member that is a text by a
# constant has a way back (its text is a key as well) in four of six, and in sucrase any text that is put together; tsc alone makes 0 of -0; and esbuild, swc and Node
# write values in place of members, so that a member may be used above its enum, where the others throw.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@6.0.3 esbuild@0.28.2 @swc/core@1.16.22 oxc-transform@0.151.0 sucrase@3.35.1
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
next after a constant: tsc 6, esbuild undefined, swc 6, oxc 6, sucrase 6, node undefined
keys of a constant text: tsc A, esbuild A and s, swc A, oxc A and s, sucrase A and s, node A and s
keys of a joined text: tsc A, esbuild A, swc A, oxc A, sucrase A and ab, node A
minus zero: tsc 0, esbuild -0, swc -0, oxc -0, sucrase -0, node -0
above its enum: tsc throws, esbuild 1, swc 1, oxc throws, sucrase throws, node 1
TEXT

cat >run.mjs <<'JS'
import { stripTypeScriptTypes } from "node:module";
import vm from "node:vm";
import swc from "@swc/core";
import { transformSync } from "esbuild";
import { transformSync as oxc } from "oxc-transform";
import { transform } from "sucrase";
import ts from "typescript";

process.removeAllListeners("warning");
const sources = {
  "next after a constant": "const x = 5; enum E { A = x, B } show(E.B);",
  "keys of a constant text": 'const x = "s"; enum E { A = x } show(Object.keys(E).join(" and "));',
  "keys of a joined text": 'enum E { A = "a" + "b" } show(Object.keys(E).join(" and "));',
  "minus zero": "enum E { A = -0 } show(Object.is(E.A, -0) ? '-0' : E.A);",
  "above its enum": "try { show(E.A); } catch { show('throws'); } enum E { A = 1 }",
};
const ways = {
  tsc: (source) => ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText,
  esbuild: (source) => transformSync(source, { loader: "ts" }).code,
  swc: (source) => swc.transformSync(source, { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, isModule: false }).code,
  oxc: (source) => {
    const { code, errors } = oxc("source.ts", source);
    if (errors.length > 0) throw new Error(errors[0].message);
    return code;
  },
  sucrase: (source) => transform(source, { transforms: ["typescript"] }).code,
  node: (source) => stripTypeScriptTypes(source, { mode: "transform" }),
};
for (const [name, source] of Object.entries(sources)) {
  const seen = Object.entries(ways).map(([tool, way]) => {
    let shown;
    vm.runInNewContext(way(source), { show: (value) => (shown = value) });
    return `${tool} ${shown}`;
  });
  console.log(`${name}: ${seen.join(", ")}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
