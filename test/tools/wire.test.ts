/** What of a script's value goes out as JSON, and what comes back of an answer. */
import { describe, expect, it } from "vitest";
import { bind } from "../../src/tools/bind.ts";
import { jsonSchemaSource } from "../../src/tools/json-schema.ts";
import type { SchemaNode } from "../../src/tools/schema/node.ts";
import { startConversion } from "../../src/tools/wire/convert.ts";
import { startTurning } from "../../src/tools/wire/turning.ts";
import { toolOf } from "./tools.ts";

/** A tool that takes a value of one schema and answers with one of the same. */
async function echo(schema: unknown, answer: unknown = null, document: object = {}) {
  const sent: unknown[] = [];
  const source = await jsonSchemaSource(
    [{ ...toolOf("f", schema, document), outputSchema: toolOf("f", schema, document).inputSchema }],
    (_, input) => {
      sent.push(structuredClone(input));
      return { value: answer };
    },
  );
  const { f } = bind<{ f: (input: unknown) => Promise<unknown> }>(source, undefined);
  const call = async (value: unknown): Promise<unknown> => {
    sent.length = 0;
    await f({ value });
    return (sent[0] as { value: unknown }).value;
  };
  const result = async (value: unknown = null): Promise<unknown> =>
    ((await f({ value })) as { value: unknown }).value;
  return { call, result };
}

const date = { type: "string", format: "date-time" };
const bytes = { type: "string", contentEncoding: "base64" };

describe("a Date", () => {
  const moment = new Date("2026-02-03T04:05:06.789Z");
  it.each([
    ["by itself", date, moment, "2026-02-03T04:05:06.789Z"],
    ["in a list", { type: "array", items: date }, [moment], ["2026-02-03T04:05:06.789Z"]],
    ["that may be null", { anyOf: [date, { type: "null" }] }, null, null],
    [
      "that may be null, and is not",
      { type: ["string", "null"], format: "date-time" },
      moment,
      "2026-02-03T04:05:06.789Z",
    ],
    ["beside a text: the date", { anyOf: [{ type: "string" }, date] }, moment, "2026-02-03T04:05:06.789Z"],
    ["beside a text: the text", { anyOf: [date, { type: "string" }] }, "soon", "soon"],
    [
      "of other properties",
      { type: "object", additionalProperties: date },
      { a: moment },
      { a: "2026-02-03T04:05:06.789Z" },
    ],
    [
      "of some properties",
      { type: "object", patternProperties: { "^at-": date } },
      { "at-a": moment },
      { "at-a": "2026-02-03T04:05:06.789Z" },
    ],
    [
      "at its place",
      { type: "array", prefixItems: [{ type: "number" }, date] },
      [1, moment],
      [1, "2026-02-03T04:05:06.789Z"],
    ],
  ])("%s goes out as text", async (_, schema, value, sent) => {
    expect(await (await echo(schema)).call(value)).toEqual(sent);
  });

  it.each([
    [date, "2026-02-03T04:05:06+02:00", new Date("2026-02-03T02:05:06Z")],
    [date, "2026-02-03 04:05:06z", new Date("2026-02-03T04:05:06Z")],
    [{ type: "array", items: date }, ["2026-02-03T04:05:06Z"], [new Date("2026-02-03T04:05:06Z")]],
    [{ anyOf: [date, { type: "string" }] }, "soon", "soon"],
    // Left as they are, for the registry to refuse with their place.
    [date, "2026-02-30T04:05:06Z", "2026-02-30T04:05:06Z"],
    [date, "2026-02-03", "2026-02-03"],
    [date, 7, 7],
  ])("of %j comes in from %j", async (schema, answer, value) => {
    const any = { anyOf: [schema, { type: "null" }] };
    expect(await (await echo(any, answer)).result()).toEqual(value);
  });

  it.each([new Date(NaN), new Date(8.64e15), "tomorrow", 7])("that is none is refused: %s", async (value) => {
    await expect((await echo(date)).call(value)).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
      tool: "f",
    });
  });

  it("where the schema says nothing has no JSON", async () => {
    await expect((await echo({})).call({ at: moment })).rejects.toThrow(
      "The argument `input.value.at` of f must be something that JSON has, and not a Date.",
    );
  });
});

describe("a Date in a schema that contains itself", () => {
  const moment = new Date("2026-02-03T04:05:06.789Z");
  const text = moment.toJSON();

  it("goes out from below a schema that leads back to the one it was met in", async () => {
    const $defs = {
      A: { type: "object", properties: { b: { $ref: "#/$defs/B" }, at: date } },
      B: { type: "object", properties: { a: { $ref: "#/$defs/A" } } },
    };
    const { call } = await echo({ $ref: "#/$defs/A" }, null, { $defs });
    expect(await call({ b: { a: { at: moment } }, at: moment })).toEqual({
      b: { a: { at: text } },
      at: text,
    });
  });

  it("goes out from below a choice at each level, and no level is looked at once more for those above it", () => {
    let reads = 0;
    const counted = new Proxy(
      {},
      {
        ownKeys: () => {
          reads++;
          return [];
        },
      },
    );
    const member = (op: string): SchemaNode => ({
      kind: "object",
      properties: [
        { name: "op", node: { kind: "literal", value: op }, required: true },
        { name: "at", node: { kind: "string", as: "date" }, required: false },
        { name: "next", node: { kind: "reference", name: "T" }, required: false },
        { name: "left", node: { kind: "any" }, required: false },
      ],
      patterns: [],
      additional: null,
    });
    const node: SchemaNode = { kind: "union", members: ["and", "or", "not"].map(member) };
    const look = (): SchemaNode => node;
    let [value, sent]: unknown[] = [
      { op: "not", at: moment, left: counted },
      { op: "not", at: text, left: counted },
    ];
    for (let level = 0; level < 150; level++) {
      value = { op: "or", at: moment, next: value };
      sent = { op: "or", at: text, next: sent };
    }
    const converted = startConversion("out", look, startTurning(look))(node, value);
    const looked = reads;
    expect(converted).toEqual(sent);
    expect(looked).toBeLessThan(10);
  });

  it("comes in from no deeper than anything could go on to a script", async () => {
    const $defs = { T: { type: "object", properties: { at: date, next: { $ref: "#/$defs/T" } } } };
    const nested = (levels: number, end: unknown): unknown => {
      let value = end;
      for (let level = 0; level < levels; level++) value = { next: value };
      return value;
    };
    const near = await echo({ $ref: "#/$defs/T" }, nested(490, { at: text }), { $defs });
    expect(await near.result({})).toEqual(nested(490, { at: moment }));
    const deep = await echo({ $ref: "#/$defs/T" }, nested(50_000, {}), { $defs });
    await expect(deep.result({})).rejects.toMatchObject({ code: "ERR_TOOL_RESULT", tool: "f" });
  });

  it("goes out from behind more references than a stack has room for", async () => {
    const count = 20_000;
    const refs = Array.from(
      { length: count },
      (_, at) => [`A${at}`, { $ref: `#/$defs/A${at + 1}` }] as const,
    );
    const $defs = {
      ...Object.fromEntries(refs),
      [`A${count}`]: { type: "object", properties: { at: date } },
    };
    const { call } = await echo({ $ref: "#/$defs/A0" }, null, { $defs });
    expect(await call({ at: moment })).toEqual({ at: text });
  });
});

describe("bytes", () => {
  it("go out and come in as base64", async () => {
    const value = Uint8Array.of(0, 1, 254, 255);
    const { call, result } = await echo(bytes, "AAH+/w==");
    expect(await call(value)).toBe("AAH+/w==");
    expect(await result(value)).toEqual(value);
    expect(await call(new Uint8Array(Uint8Array.of(9, 0, 1, 9).buffer, 1, 2))).toBe("AAE=");
  });

  it("that are no base64 stay what they are", async () => {
    expect(await (await echo({ anyOf: [bytes, { type: "null" }] }, "not base64!")).result()).toBe(
      "not base64!",
    );
  });
});

describe("JSON has no word for", () => {
  it.each([[NaN], [Infinity], [1n], [new Map()], [[undefined]], [Symbol("s")]])("%s", async (value) => {
    await expect((await echo({})).call({ deep: [value] })).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
      message: expect.stringContaining("`input.value.deep[0]") as string,
    });
  });

  it("a property that is undefined, which is left out", async () => {
    expect(await (await echo({ type: "object" })).call({ a: undefined, b: 1 })).toEqual({ b: 1 });
  });

  it("a name that would be a prototype", async () => {
    const value: unknown = JSON.parse('{ "__proto__": { "a": 1 } }');
    await expect((await echo({})).call(value)).rejects.toThrow(
      "`input.value.__proto__` of f must be left out",
    );
  });
});

describe("a hostile value ends soon", () => {
  const tree = {
    $defs: {
      T: {
        oneOf: ["and", "or", "not"].map((op) => ({
          type: "object",
          properties: {
            left: { $ref: "#/$defs/T" },
            right: { $ref: "#/$defs/T" },
            at: date,
            op: { const: op },
          },
          required: ["op"],
        })),
      },
    },
  };

  it("that contains itself", async () => {
    const value: Record<string, unknown> = {};
    value["self"] = value;
    await expect((await echo({})).call(value)).rejects.toThrow("smaller as JSON");
  });

  it("that shares its parts so often that its JSON has no end", async () => {
    let value: object = { op: "and" };
    for (let level = 0; level < 60; level++) value = { op: "and", left: value, right: value };
    await expect((await echo({ $ref: "#/$defs/T" }, null, tree)).call(value)).rejects.toThrow(
      "smaller as JSON",
    );
  });

  it("of a schema that tries three members at each of its levels", async () => {
    let value: object = { op: "none" };
    for (let level = 0; level < 90; level++) value = { left: value, op: "not" };
    await expect((await echo({ $ref: "#/$defs/T" }, null, tree)).call(value)).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
    });
  });

  it("of a pattern whose author did not think of it", async () => {
    const { call } = await echo({ type: "string", pattern: "^(a+)+$" });
    expect(await call(`${"a".repeat(64)}!`)).toBe(`${"a".repeat(64)}!`);
  });
});
