#!/usr/bin/env bash
# isolated-vm 7.0.1 asks its resolver once for each pair of specifier and attributes, does not say which attributes, and gives what the resolver said last to all imports of that specifier.
#
# node 24.21.0, isolated-vm 7.0.1. `import a from "x"` and `import b from "x" with { type: "json" }` are two requests of two modules; the resolver
# gets ("x", referrer) for both. Even one that can tell them by their order hands out a module that is then used for none of them. A single import with an unknown attribute
# is taken without complaint. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
one specifier twice: asked (x, Module), imported answer 1 answer 1
with and without an attribute: asked (x, Module) (x, Module), imported answer 2 answer 2
two attributes: asked (x, Module) (x, Module), imported answer 2 answer 2
an attribute nobody knows: asked (x, Module), imported answer 1
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const isolate = new ivm.Isolate();
const context = isolate.createContextSync();

const seen = (title, imports) => {
  const source = `${imports.map((one, at) => `import v${at} from ${one};`).join("\n")}\nexport const seen = [${imports.map((_, at) => `v${at}`)}].join(" ");`;
  const made = isolate.compileModuleSync(source);
  const asked = [];
  made.instantiateSync(context, (...parts) => {
    asked.push(parts.map((part) => (typeof part === "string" ? part : part?.constructor?.name)).join(", "));
    return isolate.compileModuleSync(`export default "answer ${asked.length}"`);
  });
  made.evaluateSync();
  console.log(`${title}: asked ${asked.map((one) => `(${one})`).join(" ")}, imported ${made.namespace.getSync("seen")}`);
};

seen("one specifier twice", ['"x"', '"x"']);
seen("with and without an attribute", ['"x"', '"x" with { type: "json" }']);
seen("two attributes", ['"x" with { type: "text" }', '"x" with { type: "json" }']);
seen("an attribute nobody knows", ['"x" with { colour: "blue" }']);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
