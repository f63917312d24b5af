#!/usr/bin/env bash
# ts-json-schema-generator 2.10.0 writes [...string[], number] as a tuple that begins with the number, and requires methods kept as properties, so that no JSON of the type fits its schema.
#
# ts-json-schema-generator 2.10.0, ajv 8.20.0. One expects a type that JSON Schema cannot say to be refused, as other types are, or to be written wider. A rest that
# does not stand last is moved behind the rest of the elements. `close: () => void` is required, without a type, while a method `close(): void` is left out; an
# optional function gets the arguments of its call as a property `namedArgs`. A private `#secret` of a class is required, too. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ts-json-schema-generator@2.10.0 ajv@8.20.0

cat >expected <<'TEXT'
RestFirst: {"type":"array","minItems":1,"items":[{"type":"number"}],"additionalItems":{"type":"string"}}
  fits its type ["a","b",1]: no
  is of another type [1,"a","b"]: yes
Handle: required id, close
  fits its type {"id":"a"}: no
Optional: properties id, close; close has namedArgs
Account: required name, #secret
  fits its type {"name":"a"}: no
Iterable: a property named __@iterator@…
TEXT

cat >types.ts <<'TS'
export type RestFirst = [...string[], number];
export interface Handle { id: string; close: () => void; reopen(): void }
export interface Optional { id: string; close?: (force: boolean) => void }
export class Account { name = ""; #secret = 1; private other = 2 }
export interface Iterable { [Symbol.iterator]: string }
TS

cat >run.mjs <<'JS'
import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";

const generator = createGenerator({ path: "types.ts", skipTypeCheck: true });
const schemaOf = (name) => generator.createSchema(name).definitions[name];
const says = (words, schema, value) => {
  const isAllowed = new Ajv.default({ strict: false }).compile(schema);
  console.log(`  ${words} ${JSON.stringify(value)}: ${isAllowed(value) ? "yes" : "no"}`);
};
const restFirst = schemaOf("RestFirst");
console.log(`RestFirst: ${JSON.stringify(restFirst)}`);
says("fits its type", restFirst, ["a", "b", 1]);
says("is of another type", restFirst, [1, "a", "b"]);
const handle = schemaOf("Handle");
console.log(`Handle: required ${handle.required.join(", ")}`);
says("fits its type", handle, JSON.parse(JSON.stringify({ id: "a", close: () => {} })));
const { properties } = schemaOf("Optional");
console.log(`Optional: properties ${Object.keys(properties).join(", ")}; close has ${Object.keys(properties.close.properties).join(", ")}`);
const account = schemaOf("Account");
console.log(`Account: required ${account.required.join(", ")}`);
says("fits its type", account, { name: "a" });
console.log(`Iterable: a property named ${schemaOf("Iterable").required[0].replace(/\d+$/, "…")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
