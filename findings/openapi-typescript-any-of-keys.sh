#!/usr/bin/env bash
# A list of alternatives that only require keys (anyOf: [{ required: ["email"] }, …]) makes openapi-typescript 7.13.0 type the whole object as unknown, and oneOf with the same list does not.
#
# openapi-typescript 7.13.0 on typescript 5.9.3. A schema without a `type` becomes `unknown`, and where an object is intersected with the branches of `oneOf`
# and `allOf`, it is put in one union with those of `anyOf`: `{ … } | unknown` is `unknown`. "At least one of these keys" is what people write `anyOf` for, and
# what they get is code in which every access is an error and every assignment is none. A text with two patterns fares the same.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund openapi-typescript@7.13.0 typescript@5.9.3

cat >expected <<'TEXT'
AnyOf: { email?: string; phone?: string; } | unknown | unknown (takes 1: yes)
OneOf: { email?: string; phone?: string; } & (unknown | unknown) (takes 1: no)
AllOf: { email?: string; phone?: string; } & (unknown & unknown) (takes 1: no)
Text: string | unknown | unknown (takes 1: yes)
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";
import ts from "typescript";

const contact = { type: "object", properties: { email: { type: "string" }, phone: { type: "string" } } };
const either = [{ required: ["email"] }, { required: ["phone"] }];
const schemas = {
  AnyOf: { ...contact, anyOf: either },
  OneOf: { ...contact, oneOf: either },
  AllOf: { ...contact, allOf: either },
  Text: { type: "string", anyOf: [{ pattern: "^a" }, { pattern: "z$" }] },
};
const info = { title: "contacts", version: "1" };
const made = astToString(await openapi({ openapi: "3.1.0", info, paths: {}, components: { schemas } }, { silent: true }));
const uses = Object.keys(schemas).map((name) => `const ${name}: components["schemas"]["${name}"] = 1;`);
writeFileSync("made.ts", `${made}\n${uses.join("\n")}`);

const program = ts.createProgram(["made.ts"], { strict: true, types: [] });
const file = program.getSourceFile("made.ts");
const errors = program.getSemanticDiagnostics(file).map(({ start }) => file.text.slice(start).split(":")[0]);
const visit = (node) => {
  const name = node.name?.text;
  if (ts.isPropertySignature(node) && name in schemas)
    console.log(`${name}: ${node.type.getText().replaceAll(/\s+/g, " ")} (takes 1: ${errors.includes(name) ? "no" : "yes"})`);
  ts.forEachChild(node, visit);
};
visit(file);
JS

node run.mjs | tee seen
diff expected seen || exit 1
