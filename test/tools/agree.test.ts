/**
 * Law: what a generated registry and the check of a call take together is what ajv takes by the schema itself. Of what ajv knows as a note only (dates,
 * bytes), and of what a type refuses and a schema does not (patterns, open objects), other tests speak.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { definitionText } from "../../src/tools/definition/definition.ts";
import { jsonSchemaSource } from "../../src/tools/json-schema.ts";
import { bind } from "../../src/tools/bind.ts";
import { place } from "../../src/tools/names.ts";
import { pinsOf, planOf } from "../../src/tools/plan.ts";
import { load } from "../emit/load.ts";
import { readText } from "../read/shown.ts";
import { corpus } from "./corpus.ts";
import type { ImportedTools } from "../../src/tools/index.ts";
import { withDefinitions } from "./tools.ts";

const cases = corpus.filter(({ alone }) => !alone);
const tools = cases.map(({ schema }, at) => withDefinitions(`f${at}`, schema));
const sent: (Json | undefined)[] = [];
const source = await jsonSchemaSource({ tools }, (_, input) => {
  sent.push(input);
  return null;
});
const plan = planOf(source, place(source.tools, {}));
const { registry } = load(readText(definitionText(plan)));
type Calls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
const calls = bind(source, pinsOf(plan) as ImportedTools<Calls>);

/** A value of the case, or one with a part of it replaced, added or removed. */
function near(values: readonly Json[]): fc.Arbitrary<Json> {
  const any = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  const part = fc.oneof(any, fc.constantFrom(...values));
  const changed = fc
    .tuple(
      fc.constantFrom(...values),
      part,
      fc.nat(4),
      fc.constantFrom("a", "b", "x-a", "kind", "value", "tail", "z"),
    )
    .map(([value, other, at, key]): Json => {
      if (Array.isArray(value))
        return at === 4 ? [...value, other] : value.map((one: Json, index) => (index === at ? other : one));
      if (typeof value !== "object" || value === null) return other;
      const { [key]: _, ...rest } = value as { readonly [name: string]: Json };
      return at === 0 ? rest : { ...value, [key]: other };
    });
  return fc.oneof(fc.constantFrom(...values), changed, any);
}

async function takes(name: string, value: Json): Promise<boolean> {
  const leaf = registry.leaves.find((one) => one.name === name);
  if (!leaf?.contract?.accepts([{ value }])) return false;
  sent.length = 0;
  const call = calls[name];
  if (call === undefined) throw new Error(`no ${name}`);
  try {
    await call({ value });
  } catch (error) {
    expect(error).toMatchObject({ code: "ERR_TOOL_ARGUMENT", tool: name });
    expect(sent).toEqual([]);
    return false;
  }
  // What goes out is what came in.
  expect(sent).toEqual([{ value }]);
  return true;
}

describe("ajv agrees about", () => {
  it.each(cases.map((one, at) => ({ ...one, at })))("$name", async ({ schema, values, at }) => {
    const ajv = new Ajv2020({ strict: false });
    const valid = ajv.compile(schema);
    for (const value of values) expect([value, await takes(`f${at}`, value)]).toEqual([value, valid(value)]);
    await fc.assert(
      fc.asyncProperty(near(values), async (value) => {
        // As it would arrive: JSON has no -0, and no other prototype.
        const json = JSON.parse(JSON.stringify(value)) as Json;
        // ajv divides, and reads the first letters of `1e+21` as 1; it compares constants by calling what they hold as `toString` and `valueOf`.
        fc.pre(!/__proto__|"toString"|"valueOf"|"constructor"|e\+/u.test(JSON.stringify(json)));
        expect(await takes(`f${at}`, json)).toBe(valid(json));
      }),
      { numRuns: 150 },
    );
  });
});
