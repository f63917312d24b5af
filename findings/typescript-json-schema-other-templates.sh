#!/usr/bin/env bash
# The pattern that typescript-json-schema 0.68.0 writes for `v${number}` refuses v1.5 and v-1, which TypeScript takes, and takes a bare v, which TypeScript refuses; an optional void is anyOf: [], which Ajv refuses to compile.
#
# typescript-json-schema 0.68.0, its TypeScript for what is assignable, and Ajv 8.20.0. ts-json-schema-generator 2.10.0 says `string` for all of them. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-json-schema@0.68.0 ajv@8.20.0 typescript@5.9.3

cat >expected <<'TEXT'
`v${number}` is {"type":"string","pattern":"^v[0-9]*$"}: "v1" type yes, schema yes; "v1.5" type yes, schema no; "v-1" type yes, schema no; "v1e3" type yes, schema no; "v" type no, schema yes
`${string}-${string}` is {"type":"string","pattern":"^.*-.*$"}: "a-b" type yes, schema yes; "-" type yes, schema yes; "a-\nb" type yes, schema no
`is ${boolean}` is {"enum":["is false","is true"],"type":"string"}: "is true" type yes, schema yes; "is yes" type no, schema no
`n${bigint}` is {"type":"string","pattern":"^n[0-9]*$"}: "n1" type yes, schema yes; "n-1" type yes, schema no
nothing?: void is {"anyOf":[]}: Ajv says schema is invalid: data/properties/nothing/anyOf must NOT have fewer than 1 items
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import Ajv from "ajv";
import ts from "typescript";
import { generateSchema, getProgramFromFiles } from "typescript-json-schema";

const options = { strict: true, noEmit: true, types: [], lib: ["lib.es2023.d.ts"] };
const schemaOf = (type) => {
  writeFileSync("one.ts", `export interface One { text: ${type} }`);
  return generateSchema(getProgramFromFiles(["one.ts"], { strict: true, types: [] }), "One", { required: true }).properties.text;
};
const assignable = (type, value) => {
  writeFileSync("try.ts", `export const tried: ${type} = ${JSON.stringify(value)};`);
  const program = ts.createProgram(["try.ts"], options);
  return program.getSemanticDiagnostics(program.getSourceFile("try.ts")).length === 0;
};
for (const [type, values] of [
  ["`v${number}`", ["v1", "v1.5", "v-1", "v1e3", "v"]],
  ["`${string}-${string}`", ["a-b", "-", "a-\nb"]],
  ["`is ${boolean}`", ["is true", "is yes"]],
  ["`n${bigint}`", ["n1", "n-1"]],
]) {
  const schema = schemaOf(type);
  const valid = new Ajv().compile(schema);
  const seen = values.map((value) => `${JSON.stringify(value)} type ${assignable(type, value) ? "yes" : "no"}, schema ${valid(value) ? "yes" : "no"}`);
  console.log(`${type} is ${JSON.stringify(schema)}: ${seen.join("; ")}`);
}
writeFileSync("one.ts", "export interface One { name: string; nothing?: void }");
const schema = generateSchema(getProgramFromFiles(["one.ts"], { strict: true, types: [] }), "One", { required: true });
const compiled = () => {
  try {
    new Ajv().compile(schema);
    return "compiles";
  } catch ({ message }) {
    return message;
  }
};
console.log(`nothing?: void is ${JSON.stringify(schema.properties.nothing)}: Ajv says ${compiled()}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
