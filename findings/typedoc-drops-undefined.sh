#!/usr/bin/env bash
# Under exactOptionalPropertyTypes the JSON of TypeDoc 0.28.20 says the same of `a?: string` and of `b?: string | undefined`, which are different types there, while in a tuple it keeps the undefined that was written.
#
# typedoc 0.28.20 with typescript 6.0.3, on Node 24.21.0. What is generated from the JSON refuses an undefined that the type allows, or allows one that it refuses. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund typedoc@0.28.20 typescript@6.0.3
export PATH="$work/node_modules/.bin:$PATH"

cat >expected <<'TEXT'
compiler: { a: undefined } refused
compiler: { b: undefined } taken
TypeDoc: a optional, string
TypeDoc: b optional, string
TypeDoc: c optional, string | null
TypeDoc: d required, string | undefined
TypeDoc: first of the tuple optional, string
TypeDoc: second of the tuple optional, string | undefined
TEXT

cat >api.ts <<'TS'
export interface Options {
  a?: string;
  b?: string | undefined;
  c?: string | null | undefined;
  d: string | undefined;
}
export type Pair = [first?: string, second?: string | undefined];
TS
echo '{ "compilerOptions": { "strict": true, "exactOptionalPropertyTypes": true, "types": [] }, "files": ["api.ts"] }' >tsconfig.json

cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";

for (const name of ["a", "b"]) {
  writeFileSync("use.ts", `import type { Options } from "./api";\nexport const given: Options = { ${name}: undefined, d: "" };\n`);
  const program = ts.createProgram(["use.ts"], { strict: true, exactOptionalPropertyTypes: true, types: [], noEmit: true });
  console.log(`compiler: { ${name}: undefined } ${ts.getPreEmitDiagnostics(program).length ? "refused" : "taken"}`);
}
execFileSync("typedoc", ["--json", "api.json", "api.ts", "--logLevel", "Error"], { stdio: "inherit" });
const { children } = JSON.parse(readFileSync("api.json", "utf8"));
const words = ({ type, types, name, value }) => (type === "union" ? types.map(words).join(" | ") : (name ?? String(value)));
const [options, pair] = ["Options", "Pair"].map((name) => children.find((child) => child.name === name));
for (const { name, flags, type } of options.children) console.log(`TypeDoc: ${name} ${flags.isOptional ? "optional" : "required"}, ${words(type)}`);
for (const { name, isOptional, element } of pair.type.elements) console.log(`TypeDoc: ${name} of the tuple ${isOptional ? "optional" : "required"}, ${words(element)}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
