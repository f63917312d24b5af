#!/usr/bin/env bash
# @openai/agents 0.20.0 with zod 4.6.7: one optional key, at any depth, takes the limits of all keys from what the model is told of a tool: an integer from 1 to 7 becomes a number, a format, a pattern and a default are gone.
#
# @openai/agents 0.20.0, tool() with zod 4.6.7. Two converters: the first gives the JSON Schema that z.toJSONSchema gives and refuses what strict mode
# of OpenAI does not have, such as a key that may be missing. Then a second one of its own takes the whole schema, and knows no limits. There is no
# warning, and the call of a model that keeps to what it was told is refused by zod. `nullable` in place of `optional` keeps everything. So it goes
# for a record, a tuple and a loose object as well. An `outputType` with such a key is sent with `strict: false` besides. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @openai/agents@0.20.0 zod@4.6.7

cat >expected <<'TEXT'
all required: {"days":{"type":"integer","minimum":1,"maximum":7},"zone":{"type":"string","pattern":"^[A-Z]{3}$"},"unit":{"default":"c","type":"string"},"tags":{"maxItems":2,"type":"array","items":{"type":"string","minLength":1}}}
beside a nullable key: {"days":{"type":"integer","minimum":1,"maximum":7},"zone":{"type":"string","pattern":"^[A-Z]{3}$"},"unit":{"default":"c","type":"string"},"tags":{"maxItems":2,"type":"array","items":{"type":"string","minLength":1}}}
beside an optional key: {"days":{"type":"number"},"zone":{"type":"string"},"unit":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}}}
beside an optional key two levels down: {"days":{"type":"number"},"zone":{"type":"string"},"unit":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}}}
beside a record: {"days":{"type":"number"},"zone":{"type":"string"},"unit":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}}}
an output with a nullable key: strict true, {"days":{"type":"integer","minimum":1,"maximum":7}}
an output with an optional key: strict false, {"days":{"type":"number"}}
a call with 1.5 days: An error occurred while running the tool. Please try again.
TEXT

cat >run.mjs <<'JS'
import { Agent, RunContext, Runner, tool } from "@openai/agents";
import { z } from "zod";

const keys = {
  days: z.int().min(1).max(7),
  zone: z.string().regex(/^[A-Z]{3}$/),
  unit: z.string().default("c"),
  tags: z.array(z.string().min(1)).max(2),
};
const forecast = (more) =>
  tool({
    name: "forecast",
    description: "The forecast.",
    parameters: z.object({ ...keys, ...more }),
    execute: () => "sunny",
  });
const told = (more) => {
  const { properties } = forecast(more).parameters;
  return JSON.stringify(Object.fromEntries(Object.keys(keys).map((key) => [key, properties[key]])));
};

console.log(`all required: ${told({})}`);
console.log(`beside a nullable key: ${told({ note: z.string().nullable() })}`);
console.log(`beside an optional key: ${told({ note: z.string().optional() })}`);
const deep = z.object({ of: z.array(z.object({ note: z.string().optional() })) });
console.log(`beside an optional key two levels down: ${told({ deep })}`);
console.log(`beside a record: ${told({ labels: z.record(z.string(), z.string()) })}`);

// What a model is told of the final output of a run.
async function toldOfOutput(more) {
  let seen;
  const getResponse = async ({ outputType }) => {
    seen = outputType;
    throw new Error("no model");
  };
  const agent = new Agent({ name: "agent", instructions: "", model: { getResponse }, outputType: z.object({ ...keys, ...more }) });
  await new Runner({ tracingDisabled: true }).run(agent, "Days?").catch(() => {});
  return `strict ${seen.strict}, ${JSON.stringify({ days: seen.schema.properties.days })}`;
}
console.log(`an output with a nullable key: ${await toldOfOutput({ note: z.string().nullable() })}`);
console.log(`an output with an optional key: ${await toldOfOutput({ note: z.string().optional() })}`);

const call = { days: 1.5, zone: "UTC", unit: "c", tags: [], note: null };
const answer = await forecast({ note: z.string().optional() }).invoke(new RunContext({}), JSON.stringify(call));
console.log(`a call with 1.5 days: ${answer}`);
JS

node run.mjs 2>/dev/null | tee seen
diff expected seen || exit 1
