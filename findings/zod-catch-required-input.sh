#!/usr/bin/env bash
# In zod 4.6.7 a key with .catch() or z.preprocess() may be left out when a value is parsed, and is required in the JSON Schema of the input, where .default() and .prefault() are optional in both.
#
# zod 4.6.7, ajv 8.17.1, z.toJSONSchema(schema, { io: "input" }). Forms, model SDKs and gateways check by that schema first, so what the program would
# have mended never arrives. For `.catch()` the schema also holds the fallback as `default`, beside `required`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 ajv@8.17.1

cat >expected <<'TEXT'
default: zod takes {}, its input schema takes {}
prefault: zod takes {}, its input schema takes {}
optional, transform: zod takes {}, its input schema takes {}
catch: zod takes {}, its input schema refuses {} and has the default "x"
preprocess: zod takes {}, its input schema refuses {}
TEXT

cat >run.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import { z } from "zod";

for (const [name, a] of Object.entries({
  default: z.string().default("x"),
  prefault: z.string().prefault("x"),
  "optional, transform": z.string().optional().transform((text) => text ?? "x"),
  catch: z.string().catch("x"),
  preprocess: z.preprocess((text) => text ?? "x", z.string()),
})) {
  const schema = z.object({ a });
  const json = z.toJSONSchema(schema, { io: "input" });
  const byZod = schema.safeParse({}).success ? "takes" : "refuses";
  const bySchema = new Ajv.default().compile(json)({}) ? "takes" : "refuses";
  const beside = bySchema === "refuses" && "default" in json.properties.a ? ` and has the default ${JSON.stringify(json.properties.a.default)}` : "";
  console.log(`${name}: zod ${byZod} {}, its input schema ${bySchema} {}${beside}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
