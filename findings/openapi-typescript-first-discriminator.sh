#!/usr/bin/env bash
# A schema that is told apart under one name in one union and under another name in a second has, in openapi-typescript 7.13.0, the name of the first everywhere: the second union refuses its own documents.
#
# openapi-typescript 7.13.0, typescript 5.9.3. The value is written into the schema, in place of the enum that stands there, and not into the union: so a value that the enum allows is refused as well, where the schema is used alone.
# @hey-api/openapi-ts 0.95.0 writes it into each union. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps node@24.21.0 openapi-typescript@7.13.0 @hey-api/openapi-ts@0.95.0 typescript@5.9.3
[ -x node_modules/.bin/node ] || npm rebuild --silent node
export PATH="$work/node_modules/.bin:$PATH"

cat >expected <<'TEXT'
openapi-typescript: Order alone {"type":"draft"}: Type '"draft"' is not assignable to type '"created"'.
openapi-typescript: Incoming {"type":"created"}: fine
openapi-typescript: Outgoing {"type":"made"}: Type '"made"' is not assignable to type '"created"'.
hey-api: Order alone {"type":"draft"}: fine
hey-api: Incoming {"type":"created"}: fine
hey-api: Outgoing {"type":"made"}: fine
TEXT

cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import ts from "typescript";

const ref = (name) => `#/components/schemas/${name}`;
const union = (type) => ({ oneOf: [{ $ref: ref("Order") }], discriminator: { propertyName: "type", mapping: { [type]: ref("Order") } } });
const type = { type: "string", enum: ["created", "made", "draft"] };
const schemas = {
  Incoming: union("created"),
  Outgoing: union("made"),
  Order: { type: "object", required: ["type"], properties: { type } },
};
writeFileSync("api.json", JSON.stringify({ openapi: "3.1.0", info: { title: "api", version: "1" }, paths: {}, components: { schemas } }));
execFileSync("openapi-typescript", ["api.json", "-o", "one.ts"], { stdio: "ignore" });
execFileSync("openapi-ts", ["-i", "api.json", "-o", "other", "-p", "@hey-api/typescript", "--no-log-file"], { stdio: "ignore" });

for (const [title, begin] of [
  ["openapi-typescript", 'import type { components } from "./one"; type Order = components["schemas"]["Order"]; type Incoming = components["schemas"]["Incoming"]; type Outgoing = components["schemas"]["Outgoing"];'],
  ["hey-api", 'import type { Incoming, Order, Outgoing } from "./other/types.gen";'],
])
  for (const [words, name, value] of [
    ["Order alone", "Order", "draft"],
    ["Incoming", "Incoming", "created"],
    ["Outgoing", "Outgoing", "made"],
  ]) {
    writeFileSync("use.ts", `${begin}\nexport const value: ${name} = { type: ${JSON.stringify(value)} };\n`);
    const program = ts.createProgram(["use.ts"], { strict: true, noEmit: true, types: [], skipLibCheck: true });
    const [found] = ts.getPreEmitDiagnostics(program, program.getSourceFile("use.ts"));
    console.log(`${title}: ${words} ${JSON.stringify({ type: value })}: ${found ? ts.flattenDiagnosticMessageText(found.messageText, "\n").split("\n").at(-1).trim() : "fine"}`);
  }
JS

node run.mjs | tee seen
diff expected seen || exit 1
