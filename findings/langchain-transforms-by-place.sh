#!/usr/bin/env bash
# In @langchain/core 1.4.0 with zod 4.6.7 a key with a transform makes a tool as it stands, in an array or optional, and throws in a union, in a record, before a default or as z.preprocess.
#
# zod writes each of them as a JSON Schema of the input, and the tool parses each. One expects the library to ask zod for that; it removes
# the transforms itself, looks into some kinds of schema only, and asks for the output of what is left. So a key with a default is required of the model, which was meant to
# leave it out, and z.looseObject() is closed. The tool is made and invoked without complaint: it fails when it is first shown to a model.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @langchain/core@1.4.0 zod@4.6.7

cat >expected <<'TEXT'
transform: langchain {"type":"string"} required, zod {"type":"string"} required
array: langchain {"type":"array","items":{"type":"string"}} required, zod {"type":"array","items":{"type":"string"}} required
optional: langchain {"type":"string"} optional, zod {"type":"string"} optional
union: langchain throws, zod {"type":["string","number"]} required
record: langchain throws, zod {"type":"object","propertyNames":{"type":"string"},"additionalProperties":{"type":"string"}} required
before a default: langchain throws, zod {"type":"string"} optional
preprocess: langchain throws, zod {"type":"number"} required
a default: langchain {"default":"a","type":"string"} required, zod {"default":"a","type":"string"} optional
loose: langchain {"type":"object","properties":{},"additionalProperties":false} required, zod {"type":"object","properties":{},"additionalProperties":{}} required
TEXT

cat >run.mjs <<'JS'
import { tool } from "@langchain/core/tools";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import * as z from "zod";

const parsed = z.string().transform(Number);
const keys = {
  transform: parsed,
  array: z.array(parsed),
  optional: parsed.optional(),
  union: z.union([parsed, z.number()]),
  record: z.record(z.string(), parsed),
  "before a default": parsed.default(5),
  preprocess: z.preprocess(Number, z.number()),
  "a default": z.string().default("a"),
  loose: z.looseObject({}),
};
const shown = (parameters) => {
  try {
    const { properties, required = [] } = parameters();
    return `${JSON.stringify(properties.key)} ${required.includes("key") ? "required" : "optional"}`;
  } catch {
    return "throws";
  }
};
for (const [name, key] of Object.entries(keys)) {
  const schema = z.object({ key });
  const made = tool(() => "done", { name: "made", description: "Does it.", schema });
  const langchain = shown(() => convertToOpenAITool(made).function.parameters);
  const zod = shown(() => z.toJSONSchema(schema, { io: "input" }));
  console.log(`${name}: langchain ${langchain}, zod ${zod}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
