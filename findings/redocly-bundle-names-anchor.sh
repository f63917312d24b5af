#!/usr/bin/env bash
# @redocly/cli 2.77.0 bundles a reference to an $anchor into a component named "#owner", a name that OpenAPI does not allow: the documents are valid to its lint, and the bundle is not.
#
# @redocly/cli 2.77.0 on Node 24.21.0; OpenAPI 3.1, a schema in a file of its own that refers to an anchor in itself. A reference to the same schema by its pointer gets a second component, with a name that is allowed. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund @redocly/cli@2.77.0
export PATH="$work/node_modules/.bin:$PATH" REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_TELEMETRY=off

cat >expected <<'TEXT'
lint of the documents: valid
components of the bundle: #owner, Owner, pet
owner: #/components/schemas/#owner, former: #/components/schemas/Owner
lint of the bundle: The map key in schemas "#owner" does not match the regular expression "^[a-zA-Z0-9\.\-_]+$"
TEXT

cat >pet.json <<'JSON'
{
  "type": "object",
  "properties": { "owner": { "$ref": "#owner" }, "former": { "$ref": "#/$defs/Owner" } },
  "$defs": { "Owner": { "$anchor": "owner", "type": "string" } }
}
JSON
cat >api.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "pets", "version": "1" },
  "paths": { "/pet": { "get": { "responses": { "200": { "description": "one", "content": { "application/json": { "schema": { "$ref": "pet.json" } } } } } } } }
}
JSON

cat >run.mjs <<'JS'
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const lint = (file) => {
  const { status, stdout, stderr } = spawnSync("redocly", ["lint", file, "--extends=spec", "--format=json"], { encoding: "utf8" });
  const { problems } = JSON.parse(stdout);
  return status === 0 ? "valid" : problems.map(({ message }) => message).join("; ");
};
console.log(`lint of the documents: ${lint("api.json")}`);
execFileSync("redocly", ["bundle", "api.json", "-o", "bundle.json"], { stdio: "ignore" });
const { schemas } = JSON.parse(readFileSync("bundle.json", "utf8")).components;
console.log(`components of the bundle: ${Object.keys(schemas).join(", ")}`);
console.log(`owner: ${schemas.pet.properties.owner.$ref}, former: ${schemas.pet.properties.former.$ref}`);
console.log(`lint of the bundle: ${lint("bundle.json")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
