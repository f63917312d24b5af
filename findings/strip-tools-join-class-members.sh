#!/usr/bin/env bash
# Node 24.21.0, sucrase 3.35.1 and ts-blank-space 0.9.0 leave nothing between a field without a semicolon and a generator when they blank an abstract or optional method between them; Node and sucrase also for a declared field.
#
# Beside typescript 6.0.3, esbuild 0.28.2, @swc/core 1.16.22 and oxc-transform 0.158.0, which keep the members apart. `limit = 10` above `*lines()` becomes `limit = 10 * lines()`, a syntax error at a place that has none,
# and above `["key"] = 1` it is an element of 10, so that the field is not there and nothing is said. The tools put a semicolon in place of other types for this reason. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 typescript@6.0.3 esbuild@0.28.2 @swc/core@1.16.22 oxc-transform@0.158.0 sucrase@3.35.1 ts-blank-space@0.9.0

cat >expected <<'TEXT'
*lines() behind a declared field: there in typescript, esbuild, swc, oxc, ts-blank-space; SyntaxError in node, sucrase
["key"] behind a declared field: there in typescript, esbuild, swc, oxc, ts-blank-space; gone in node, sucrase
*lines() behind an abstract method: there in typescript, esbuild, swc, oxc; SyntaxError in node, sucrase, ts-blank-space
["key"] behind an abstract method: there in typescript, esbuild, swc, oxc; gone in node, sucrase, ts-blank-space
*lines() behind an optional method: there in typescript, esbuild, swc, oxc; SyntaxError in node, sucrase, ts-blank-space
["key"] behind an optional method: there in typescript, esbuild, swc, oxc; gone in node, sucrase, ts-blank-space
TEXT

cat >run.mjs <<'JS'
import { stripTypeScriptTypes } from "node:module";
import { runInNewContext } from "node:vm";
import swc from "@swc/core";
import { transformSync } from "esbuild";
import { transformSync as oxc } from "oxc-transform";
import sucrase from "sucrase";
import blank from "ts-blank-space";
import typescript from "typescript";

process.removeAllListeners("warning");
const tools = {
  typescript: (source) => typescript.transpileModule(source, { compilerOptions: { target: "esnext" } }).outputText,
  esbuild: (source) => transformSync(source, { loader: "ts", tsconfigRaw: { compilerOptions: { target: "esnext" } } }).code,
  swc: (source) => swc.transformSync(source, { jsc: { parser: { syntax: "typescript" }, target: "esnext" } }).code,
  oxc: (source) => oxc("a.ts", source).code,
  node: (source) => stripTypeScriptTypes(source),
  sucrase: (source) => sucrase.transform(source, { transforms: ["typescript"], disableESTransforms: true }).code,
  "ts-blank-space": (source) => blank(source),
};
const between = {
  "a declared field": ["class", "declare limits: number[]"],
  "an abstract method": ["abstract class", "abstract close(): void"],
  "an optional method": ["class", "close?(): void"],
};
const after = { "*lines()": "*lines() { yield 1 }", '["key"]': '["key"] = 1' };
for (const [name, [kind, member]] of Object.entries(between)) {
  for (const [shown, next] of Object.entries(after)) {
    const seen = {};
    for (const [tool, strip] of Object.entries(tools)) {
      const code = strip(`${kind} Reader {\n  limit = [10]\n  ${member}\n  ${next}\n}\n`);
      let said;
      try {
        const reader = runInNewContext(`${code}\nnew (class extends Reader {})()`);
        said = "lines" in reader || "key" in reader ? "there" : "gone";
      } catch (error) {
        said = error.name;
      }
      (seen[said] ??= []).push(tool);
    }
    const list = Object.entries(seen).map(([said, names]) => `${said} in ${names.join(", ")}`);
    console.log(`${shown} behind ${name}: ${list.join("; ")}`);
  }
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
