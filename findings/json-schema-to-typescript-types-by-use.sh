#!/usr/bin/env bash
# A type with an id that zod 4.6.7 writes once becomes one TypeScript interface for each description of a use in json-schema-to-typescript 16.0.0, named Address, Address1 and Address2, each described by its use.
#
# zod 4.6.7, json-schema-to-typescript 16.0.0. In draft 2020-12 a `$ref` may stand beside other keywords, and zod puts the description of a property there. The reader
# makes a new type of the two together and says nothing. The types still fit each other; what changes is every name a program imports, with the order and
# the words of the properties. From draft 7, where zod wraps the `$ref` in an `allOf`, there is one. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 json-schema-to-typescript@16.0.0

cat >expected <<'TEXT'
draft-2020-12: home: Address; work: Address1; other: Address2; export interface Address; export interface Address1; export interface Address2;
draft-2020-12 describes Address as "home address", Address1 as "work address", Address2 as "where somebody lives"
draft-7: home: Address; work: Address; other: Address; export interface Address;
draft-7 describes Address as "where somebody lives"
TEXT

cat >run.mjs <<'JS'
import { compile } from "json-schema-to-typescript";
import { z } from "zod";

const Address = z.object({ street: z.string() }).meta({ id: "Address", description: "where somebody lives" });
const Person = z.object({ home: Address.describe("home address"), work: Address.describe("work address"), other: Address });
for (const target of ["draft-2020-12", "draft-7"]) {
  const made = await compile(z.toJSONSchema(Person, { target }), "Person", { bannerComment: "" });
  const uses = made.match(/(home|work|other): \w+/g);
  const declared = made.match(/export interface Address\d?/g);
  console.log(`${target}: ${[...uses, ...declared].join("; ")};`);
  const described = [...made.matchAll(/\* ([\w ]+)\n \*\/\nexport interface (Address\d?)/g)].map(([, words, name]) => `${name} as "${words}"`);
  console.log(`${target} describes ${described.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
