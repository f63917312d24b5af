#!/usr/bin/env bash
# @asteasolutions/zod-to-openapi 9.1.0 with zod 4.6.7: the flags of a pattern become a part of it, of `z.literal(["a", 1])` only "a" is left, of a nullable literal the null is not, and OpenAPI 3.0 makes the optional elements of a tuple required.
#
# @asteasolutions/zod-to-openapi 9.1.0, components for OpenAPI 3.1 and 3.0 of one schema each, checked by Ajv 8.20.0 with what zod takes. Whoever checks
# requests by the document refuses them, and who generates a client cannot write them. z.toJSONSchema tells all of these. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7 ajv@8.20.0

cat >expected <<'TEXT'
a pattern with a flag, "ABC": refused by {"type":"string","pattern":"^[a-z]+$/i"}
two literals, 1: refused by {"type":"string","enum":["a"]}
null or a text, "a": refused by {"type":["object","null"],"enum":[null]}
a nullable literal, null: refused by {"type":["number","null"],"enum":[5]}
a nullable enum, null: taken
a negative bigint as text, "-5": refused by {"type":"string","pattern":"^\\d+$"}
an optional element, ["a"]: refused by {"type":"array","items":{"anyOf":[{"type":"string"},{"type":"number"}]},"minItems":2,"maxItems":2}
a rest, ["a",1]: refused by {"type":"array","items":{"type":"string"},"minItems":1,"maxItems":1}
TEXT

cat >run.mjs <<'JS'
import { OpenApiGeneratorV3, OpenApiGeneratorV31, OpenAPIRegistry, extendZodWithOpenApi } from "@asteasolutions/zod-to-openapi";
import Ajv from "ajv/dist/2020.js";
import { z } from "zod";

extendZodWithOpenApi(z);
const ajv = new Ajv.default({ strict: false, coerceTypes: false });
function checked(title, schema, value, Generator = OpenApiGeneratorV31, sent = value) {
  if (!schema.safeParse(value).success) throw new Error(`zod refuses ${JSON.stringify(value)}`);
  const registry = new OpenAPIRegistry();
  registry.register("Value", schema);
  const told = new Generator(registry.definitions).generateComponents().components.schemas.Value;
  console.log(`${title}, ${JSON.stringify(sent)}: ${ajv.validate(told, sent) ? "taken" : `refused by ${JSON.stringify(told)}`}`);
}

checked("a pattern with a flag", z.string().regex(/^[a-z]+$/i), "ABC");
checked("two literals", z.literal(["a", 1]), 1);
checked("null or a text", z.literal([null, "a"]), "a");
checked("a nullable literal", z.literal(5).nullable(), null);
checked("a nullable enum", z.enum(["a"]).nullable(), null);
checked("a negative bigint as text", z.bigint(), -5n, OpenApiGeneratorV31, "-5");
checked("an optional element", z.tuple([z.string(), z.number().optional()]), ["a"], OpenApiGeneratorV3);
checked("a rest", z.tuple([z.string()], z.number()), ["a", 1], OpenApiGeneratorV3);
JS

node run.mjs | tee seen
diff expected seen || exit 1
