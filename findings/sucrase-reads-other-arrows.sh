#!/usr/bin/env bash
# sucrase 3.35.1 makes `() => <Options>{}` a function that returns nothing, without an error, and refuses `cond ? (a) : b => c` and `import("./a", { with: … })` as a type.
#
# Beside typescript 6.0.3 and esbuild 0.28.2, which take them. The assertion is removed and what is left is a block. One expects a result or an error, as for other
# syntax that it does not know. `() => ({}) as Options` and `() => <Options>[]` are right. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript@6.0.3 esbuild@0.28.2 sucrase@3.35.1

cat >expected <<'TEXT'
const options = () => <Options>{}: typescript object, esbuild object, sucrase undefined
const options = () => <Options>{ depth: 1 }: typescript object, esbuild object, sucrase undefined
const list = () => <string[]>[]: typescript object, esbuild object, sucrase object
const id = 1, make = true ? (id) : none => 0: typescript number, esbuild number, sucrase syntax error
type Made = import("./made", { with: { "resolution-mode": "import" } }).Made: typescript fine, esbuild fine, sucrase syntax error
TEXT

cat >run.mjs <<'JS'
import { runInNewContext } from "node:vm";
import { transformSync } from "esbuild";
import sucrase from "sucrase";
import typescript from "typescript";

const tools = {
  typescript: (source) => typescript.transpileModule(source, { compilerOptions: { target: "esnext" } }).outputText,
  esbuild: (source) => transformSync(source, { loader: "ts", tsconfigRaw: { compilerOptions: { target: "esnext" } } }).code,
  sucrase: (source) => sucrase.transform(source, { transforms: ["typescript"], disableESTransforms: true }).code,
};
const sources = [
  "const options = () => <Options>{}; result = typeof options()",
  "const options = () => <Options>{ depth: 1 }; result = typeof options()",
  "const list = () => <string[]>[]; result = typeof list()",
  "const id = 1, make = true ? (id) : none => 0; result = typeof make",
  'type Made = import("./made", { with: { "resolution-mode": "import" } }).Made; result = "fine"',
];
for (const source of sources) {
  const seen = Object.entries(tools).map(([name, strip]) => {
    try {
      return `${name} ${runInNewContext(`let result;${strip(source)}\nresult`)}`;
    } catch (error) {
      return `${name} ${error.message.includes("nexpected") ? "syntax error" : error}`;
    }
  });
  console.log(`${source.slice(0, source.lastIndexOf("; result"))}: ${seen.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
