#!/usr/bin/env bash
# With @asyncapi/modelina 5.10.1, `Order.unmarshal` makes no `Map` of what its type says is one, and leaves the objects in it and in a tuple plain: `marshal` of a tuple that it has made throws "marshal is not a function".
#
# TypeScript classes with marshalling of TS_COMMON_PRESET (typescript 6.0.3 runs them). The compiler finds no fault with the generated class. One expects what `unmarshal`
# returns to be what its type says, and to be written again. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @asyncapi/modelina@5.10.1 typescript@6.0.3

cat >expected <<'TEXT'
one?: Item, list?: Item[], map?: Map<string, Item>, tuple?: [string, Item]
one: is an Item true, written {"one":{"unit-price":2}}
list: is an Item true, written {"list":[{"unit-price":2}]}
map, a Map false: is an Item false, written {"map":{"a":{"unit-price":2}}}
tuple: is an Item false, this.tuple[1].marshal is not a function
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { TS_COMMON_PRESET, TypeScriptGenerator } from "@asyncapi/modelina";
import typescript from "typescript";

const item = { $ref: "#/definitions/Item" };
const generator = new TypeScriptGenerator({ modelType: "class", presets: [{ preset: TS_COMMON_PRESET, options: { marshalling: true } }] });
const models = await generator.generate({
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "Order",
  type: "object",
  additionalProperties: false,
  properties: {
    one: item,
    list: { type: "array", items: item },
    map: { type: "object", additionalProperties: item },
    tuple: { type: "array", items: [{ type: "string" }, item], additionalItems: false },
  },
  definitions: { Item: { $id: "Item", type: "object", additionalProperties: false, properties: { "unit-price": { type: "number" } } } },
});
const text = models.map(({ result }) => result).join("\n");
console.log([...text.matchAll(/private _(?!unit)(.*);/g)].map(([, declared]) => declared).join(", "));
writeFileSync("models.mjs", typescript.transpileModule(`${text}\nexport { Item, Order };`, { compilerOptions: { target: "es2022", module: "esnext" } }).outputText);
const { Item, Order } = await import("./models.mjs");

const value = { "unit-price": 2 };
const orders = { one: value, list: [value], map: { a: value }, tuple: ["a", value] };
const taken = { one: (one) => one, list: ([one]) => one, map: (map) => (map instanceof Map ? map.get("a") : map.a), tuple: ([, one]) => one };
for (const [key, part] of Object.entries(orders)) {
  const order = Order.unmarshal({ [key]: part });
  let written;
  try {
    written = `written ${JSON.stringify(JSON.parse(order.marshal()))}`;
  } catch (error) {
    written = error.message;
  }
  console.log(`${key}${key === "map" ? `, a Map ${order.map instanceof Map}` : ""}: is an Item ${taken[key](order[key]) instanceof Item}, ${written}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
