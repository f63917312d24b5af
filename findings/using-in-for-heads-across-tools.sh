#!/usr/bin/env bash
# `for (using file = open(); …; …)` for es2022 is left as it is by esbuild 0.28.2, so Node 22 cannot read it, and is a syntax error to @swc/core 1.16.22; in a `for … of` and in a block both of them lower it.
#
# typescript 6.0.3 and oxc-transform 0.158.0 lower all three. One expects every place of `using` to be lowered for a target without it, or refused with the name of the feature: the transform
# of esbuild succeeds without a warning, and the first Node that reads the file fails. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund esbuild@0.28.2 @swc/core@1.16.22 oxc-transform@0.158.0 typescript@6.0.3

cat >expected <<'TEXT'
typescript: block lowered, of lowered, head lowered
esbuild: block lowered, of lowered, head left as it is
swc: block lowered, of lowered, head refused: Expected ';', got 'ident'
oxc: block lowered, of lowered, head lowered
TEXT

cat >run.mjs <<'JS'
import swc from "@swc/core";
import * as esbuild from "esbuild";
import { transformSync } from "oxc-transform";
import typescript from "typescript";

const sources = {
  block: "{ using file = open(); read(file); }",
  of: "for (using file of files()) read(file);",
  head: "for (using file = open(); more(); ) read(file);",
};
const tools = {
  typescript: (text) => typescript.transpileModule(text, { compilerOptions: { target: "es2022", module: "esnext" } }).outputText,
  esbuild: (text) => esbuild.transformSync(text, { loader: "ts", target: "es2022" }).code,
  swc: (text) => swc.transformSync(text, { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }).code,
  oxc(text) {
    const { code, errors } = transformSync("one.ts", text, { target: "es2022" });
    if (errors.length > 0) throw new Error(errors[0].message);
    return code;
  },
};
for (const [name, lower] of Object.entries(tools)) {
  const seen = Object.entries(sources).map(([place, text]) => {
    try {
      return `${place} ${/\busing file\b/.test(lower(text)) ? "left as it is" : "lowered"}`;
    } catch (error) {
      return `${place} refused: ${/Expected [^\n]*/.exec(error.message)?.[0] ?? error.message}`;
    }
  });
  console.log(`${name}: ${seen.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
