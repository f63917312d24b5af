#!/usr/bin/env bash
# valibot 1.5.0 refuses 1 as a multiple of 0.01, Ajv 8.20.0 takes 1 and refuses 19.99, and zod 4.6.7 takes both, so one price passes one end of a schema and not the other.
#
# valibot 1.5.0, @valibot/to-json-schema 1.8.0, ajv 8.20.0, zod 4.6.7, @cfworker/json-schema 4.1.6, @hyperjump/json-schema 1.18.0. One expects rounding errors
# for 19.99 everywhere, or nowhere, and none for 1. The remainder operator says 1 % 0.01 is 0.00999…, a division says 1 / 0.01 is 100 and 19.99 / 0.01 is
# 1998.9999…; some libraries count digits or allow an epsilon. The schema that valibot writes for models and forms takes what it then refuses. Ajv has the option
# `multipleOfPrecision`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund valibot@1.5.0 @valibot/to-json-schema@1.8.0 ajv@8.20.0 zod@4.6.7 @cfworker/json-schema@4.1.6 @hyperjump/json-schema@1.18.0

cat >expected <<'TEXT'
all are told as {"type":"number","multipleOf":0.01}
1: zod yes, valibot no, ajv yes, cfworker yes, hyperjump yes
1.1: zod yes, valibot no, ajv yes, cfworker yes, hyperjump yes
0.29: zod yes, valibot no, ajv no, cfworker yes, hyperjump yes
19.99: zod yes, valibot no, ajv no, cfworker yes, hyperjump yes
0.005: zod no, valibot no, ajv no, cfworker no, hyperjump no
TEXT

cat >run.mjs <<'JS'
import { Validator } from "@cfworker/json-schema";
import { registerSchema, validate } from "@hyperjump/json-schema/draft-2020-12";
import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv from "ajv";
import * as v from "valibot";
import { z } from "zod";

const cents = { zod: z.number().multipleOf(0.01), valibot: v.pipe(v.number(), v.multipleOf(0.01)) };
const { $schema: _, ...told } = toJsonSchema(cents.valibot);
const { $schema, ...alsoTold } = z.toJSONSchema(cents.zod);
if (JSON.stringify(told) !== JSON.stringify(alsoTold)) throw new Error("two schemas");
console.log(`all are told as ${JSON.stringify(told)}`);

const compiled = new Ajv.default().compile(told);
registerSchema({ $schema, ...told }, "https://example.com/cents");
const takes = {
  zod: (value) => cents.zod.safeParse(value).success,
  valibot: (value) => v.is(cents.valibot, value),
  ajv: (value) => compiled(value),
  cfworker: (value) => new Validator(told).validate(value).valid,
  hyperjump: async (value) => (await validate("https://example.com/cents", value)).valid,
};
for (const value of [1, 1.1, 0.29, 19.99, 0.005]) {
  const said = [];
  for (const [name, isTaken] of Object.entries(takes)) said.push(`${name} ${(await isTaken(value)) ? "yes" : "no"}`);
  console.log(`${value}: ${said.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
