#!/usr/bin/env bash
# The zod helpers of openai 7.59.0 and @anthropic-ai/sdk 1.14.0 tell a model the output side of a schema and check its answer against the input side: z.stringbool() is told as a boolean, and every boolean is refused.
#
# openai 7.59.0, @anthropic-ai/sdk 1.14.0, zod 4.6.7, beside ai 7.0.173, which tells the input side. z.toJSONSchema describes what parsing gives, unless it is asked
# for `io: "input"`; what a model sends is what parsing takes. With a codec, `z.stringbool()` or a pipe into `z.coerce`, an answer that obeys the schema fails, and one
# that breaks it passes. A key with a default is told to be required, for the same reason. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund openai@7.59.0 @anthropic-ai/sdk@1.14.0 ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
stringbool
  openai, response: told boolean; true is refused, "true" is taken
  anthropic, output: told boolean; true is refused, "true" is taken
  anthropic, tool: told boolean; true is refused, "true" is taken
  ai: told string; true is refused, "true" is taken
codec of text and number
  openai, response: told number; 7 is refused, "7" is taken
  anthropic, output: told number; 7 is refused, "7" is taken
  anthropic, tool: told number; 7 is refused, "7" is taken
  ai: told string; 7 is refused, "7" is taken
required with a default: openai, response; anthropic, output; anthropic, tool
TEXT

cat >run.mjs <<'JS'
import { betaZodTool } from "@anthropic-ai/sdk/helpers/beta/zod";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { asSchema } from "ai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const json = JSON.stringify;
/** Of each SDK: what the model is told, and what the SDK does with what the model says. */
const ways = {
  "openai, response": (schema) => {
    const format = zodResponseFormat(schema, "answer");
    return [format.json_schema.schema, (value) => format.$parseRaw(json(value))];
  },
  "anthropic, output": (schema) => {
    const format = zodOutputFormat(schema);
    return [format.schema, (value) => format.parse(json(value))];
  },
  "anthropic, tool": (inputSchema) => {
    const tool = betaZodTool({ name: "tool", description: "", inputSchema, run: () => "" });
    return [tool.input_schema, (value) => tool.parse(value)];
  },
  ai: (schema) => {
    const { jsonSchema, validate } = asSchema(schema);
    return [jsonSchema, async (value) => {
      const result = await validate(value);
      if (!result.success) throw result.error;
    }];
  },
};
const attempt = async (parse, value) => {
  try {
    await parse({ value });
    return "taken";
  } catch {
    return "refused";
  }
};
const word = async (parse, value) => `${json(value)} is ${await attempt(parse, value)}`;
const number = z.codec(z.string(), z.number(), { decode: Number, encode: String });
for (const [name, value, told, said] of [
  ["stringbool", z.stringbool(), true, "true"],
  ["codec of text and number", number, 7, "7"],
]) {
  console.log(name);
  for (const [sdk, way] of Object.entries(ways)) {
    const [schema, parse] = way(z.object({ value }));
    console.log(`  ${sdk}: told ${schema.properties.value.type}; ${await word(parse, told)}, ${await word(parse, said)}`);
  }
}
const withDefault = z.object({ limit: z.number().default(10) });
const required = Object.entries(ways).filter(([, way]) => way(withDefault)[0].required?.includes("limit"));
console.log(`required with a default: ${required.map(([sdk]) => sdk).join("; ")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
