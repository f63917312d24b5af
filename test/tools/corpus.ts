/**
 * Small JSON Schemas, a keyword each: the type that a definition says for it, and values around its edges. Where a schema says less than JSON Schema's own
 * meaning would (open objects), `closed` is what the type means, for the comparison with another validator.
 */
import type { Json } from "../../src/model/json.ts";

export interface Case {
  readonly name: string;
  readonly schema: object | boolean;
  /** On one line, with single spaces. */
  readonly type: string;
  /** What is said to whoever imports it. */
  readonly notes?: readonly string[];
  /** Values from which others are made; some fit and some do not. */
  readonly values: readonly Json[];
  /** No other validator is asked: it knows the keyword as a note, or takes what a type refuses. */
  readonly alone?: true;
}

const nothing = "The schema says nothing of the value, so it is `unknown`.";
const node = {
  type: "object",
  properties: { value: { type: "number" } },
  required: ["value"],
  additionalProperties: false,
};

export const corpus: readonly Case[] = [
  { name: "nothing", schema: {}, type: "unknown", notes: [nothing], values: [1, "a", null, [], {}] },
  { name: "true", schema: true, type: "unknown", notes: [nothing], values: [1, null] },
  { name: "type string", schema: { type: "string" }, type: "string", values: ["", "a", 1, null] },
  { name: "type number", schema: { type: "number" }, type: "number", values: [0, 1.5, -1, "1"] },
  { name: "type integer", schema: { type: "integer" }, type: "number", values: [0, 1.5, 2, 1e20, "1"] },
  { name: "type boolean", schema: { type: "boolean" }, type: "boolean", values: [true, false, 0, null] },
  { name: "type null", schema: { type: "null" }, type: "null", values: [null, 0, false] },
  {
    name: "several types",
    schema: { type: ["string", "null"] },
    type: "string | null",
    values: ["a", null, 1],
  },
  {
    name: "integer beside number",
    schema: { type: ["integer", "number"] },
    type: "number",
    values: [1, 1.5, "a"],
  },
  { name: "const", schema: { const: "on" }, type: '"on"', values: ["on", "off", null] },
  {
    name: "const object",
    schema: { const: { a: [1, null] } },
    type: "{ a: [1, null] }",
    values: [{ a: [1, null] }, { a: [1] }, {}],
  },
  {
    name: "enum",
    schema: { enum: ["a", 1, true, null] },
    type: '"a" | 1 | true | null',
    values: ["a", 1, true, null, "b", 2],
  },
  { name: "enum of a type", schema: { type: "string", enum: ["a", 1] }, type: '"a"', values: ["a", 1] },
  {
    name: "minimum, maximum",
    schema: { type: "number", minimum: 0, maximum: 5 },
    type: "number",
    values: [0, 5, -0.1, 5.1],
  },
  {
    name: "exclusive bounds",
    schema: { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 3 },
    type: "number",
    values: [0, 1, 2, 3],
  },
  { name: "multipleOf", schema: { type: "number", multipleOf: 2.5 }, type: "number", values: [0, 2.5, 3, 5] },
  { name: "minimum without a type", schema: { minimum: 3 }, type: "number", values: [3, 2], alone: true },
  {
    name: "lengths",
    schema: { type: "string", minLength: 2, maxLength: 3 },
    type: "string",
    values: ["a", "ab", "abcd", "👋👋"],
  },
  {
    name: "pattern",
    schema: { type: "string", pattern: "^a" },
    type: "string",
    values: ["a", "b"],
  },
  {
    name: "patterns",
    schema: {
      type: "array",
      prefixItems: [
        { type: "string", pattern: "^[A-Z]{2,3}-\\d+$" },
        { type: "string", pattern: "b|^(?:x|yy)?z$" },
      ],
      items: false,
      minItems: 2,
    },
    type: "[string, string]",
    values: [
      ["AB-1", "z"],
      ["ABC-12", "xz"],
      ["ABCD-1", "z"],
      ["AB-", "z"],
      ["AB-1", "yyz"],
      ["AB-1", "abc"],
      ["AB-1", "xyz"],
    ],
  },
  {
    name: "date-time",
    schema: { type: "string", format: "date-time" },
    type: "Date",
    values: ["2026-02-03T04:05:06Z", "tomorrow", 1],
    alone: true,
  },
  {
    name: "date",
    schema: { type: "string", format: "date" },
    type: "string",
    values: ["2026-02-03", 1],
    alone: true,
  },
  {
    name: "contentEncoding",
    schema: { type: "string", contentEncoding: "base64" },
    type: "Uint8Array",
    values: ["AAEC", "!", 1],
    alone: true,
  },
  {
    name: "byte of OpenAPI",
    schema: { type: "string", format: "byte" },
    type: "Uint8Array",
    values: ["AAEC"],
    alone: true,
  },
  {
    name: "a date or a text",
    schema: { anyOf: [{ type: "string", format: "date-time" }, { type: "string" }] },
    type: "Date | string",
    values: ["a"],
    alone: true,
  },
  {
    name: "items",
    schema: { type: "array", items: { type: "number" } },
    type: "number[]",
    values: [[], [1], ["a"], {}],
  },
  {
    name: "array of anything",
    schema: { type: "array" },
    type: "unknown[]",
    notes: [nothing],
    values: [[], [1, "a"], 1],
  },
  {
    name: "counts of items",
    schema: { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 2, uniqueItems: true },
    type: "number[]",
    values: [[], [1], [1, 2], [1, 1], [1, 2, 3]],
  },
  {
    name: "uniqueItems of objects",
    schema: {
      type: "array",
      items: { type: "object", additionalProperties: { type: "number" } },
      uniqueItems: true,
    },
    type: "{ [key: string]: number }[]",
    values: [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [{ a: 1 }, { a: 2 }],
    ],
  },
  {
    name: "prefixItems",
    schema: {
      type: "array",
      prefixItems: [{ type: "string" }, { type: "number" }],
      items: false,
      minItems: 1,
    },
    type: "[string, number?]",
    values: [["a", 1], ["a"], [], ["a", 1, 2], [1]],
  },
  {
    name: "prefixItems and items",
    schema: { type: "array", prefixItems: [{ type: "string" }], items: { type: "number" } },
    type: "[string?, ...number[]]",
    values: [["a", 1, 2], [], ["a", "b"]],
  },
  {
    name: "items of draft 7",
    schema: { type: "array", items: [{ type: "string" }], additionalItems: { type: "boolean" }, minItems: 1 },
    type: "[string, ...boolean[]]",
    values: [["a", true], ["a"]],
    alone: true,
  },
  {
    name: "properties",
    schema: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "number" } },
      required: ["a"],
      additionalProperties: false,
    },
    type: "{ a: string; b?: number }",
    values: [{ a: "x" }, { a: "x", b: 1 }, { b: 1 }, { a: "x", c: 1 }, [], null],
  },
  {
    name: "properties, and nothing said of others",
    schema: { type: "object", properties: { a: { type: "string" } } },
    type: "{ a?: string }",
    values: [{}, { a: "x" }, { b: 1 }],
    alone: true,
  },
  {
    name: "a property without a schema",
    schema: { type: "object", required: ["a"], additionalProperties: { type: "number" } },
    type: "{ [key: string]: number; a: number }",
    values: [{ a: 1 }, {}, { a: 1, b: 2 }, { a: "x" }],
  },
  {
    name: "an object",
    schema: { type: "object" },
    type: "{ [key: string]: unknown }",
    values: [{}, { a: 1 }, []],
  },
  {
    name: "additionalProperties",
    schema: {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: { type: "number" },
    },
    type: "{ [key: string]: number | string; a: string }",
    values: [{ a: "x", b: 1 }, { a: "x", b: "y" }, { b: 1 }],
  },
  {
    name: "patternProperties",
    schema: { type: "object", patternProperties: { "^x-": { type: "number" } }, additionalProperties: false },
    type: "{ [key: `x-${string}`]: number }",
    values: [{ "x-a": 1 }, { "x-a": "b" }, { y: 1 }, {}],
  },
  {
    name: "patternProperties that no type can say",
    schema: {
      type: "object",
      patternProperties: { "[a-z]$": { type: "number" } },
      additionalProperties: false,
    },
    type: "{ [key: string]: number }",
    notes: ["The pattern `[a-z]$` of property names cannot be said as a type: any name is taken."],
    values: [{ a: 1 }],
    alone: true,
  },
  {
    name: "counts of properties",
    schema: { type: "object", additionalProperties: { type: "number" }, minProperties: 1, maxProperties: 2 },
    type: "{ [key: string]: number }",
    values: [{}, { a: 1 }, { a: 1, b: 2, c: 3 }],
  },
  {
    name: "anyOf",
    schema: { anyOf: [{ type: "string" }, { type: "number", minimum: 3 }] },
    type: "string | number",
    values: ["a", 2, 3, true],
  },
  {
    name: "oneOf",
    schema: {
      oneOf: [
        { type: "number", minimum: 3 },
        { type: "number", multipleOf: 2 },
      ],
    },
    type: "number",
    values: [2, 3, 4, 1],
  },
  {
    name: "oneOf with a tag",
    schema: {
      oneOf: [
        {
          type: "object",
          properties: { kind: { const: "a" }, x: { type: "number" } },
          required: ["kind", "x"],
          additionalProperties: false,
        },
        {
          type: "object",
          properties: { kind: { const: "b" } },
          required: ["kind"],
          additionalProperties: false,
        },
      ],
    },
    type: '{ kind: "a"; x: number } | { kind: "b" }',
    values: [{ kind: "a", x: 1 }, { kind: "b" }, { kind: "a" }, { kind: "c" }],
  },
  {
    name: "allOf",
    schema: {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "number" } }, required: ["b"] },
      ],
    },
    type: "{ a: string; b: number }",
    values: [{ a: "x", b: 1 }, { a: "x" }, { b: 1 }],
    alone: true,
  },
  {
    name: "allOf of bounds",
    schema: {
      type: "integer",
      allOf: [
        { type: "number", minimum: 1 },
        { type: "number", maximum: 3 },
      ],
    },
    type: "number",
    values: [0, 1, 2.5, 3, 4],
  },
  {
    name: "anyOf beside properties",
    schema: {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
      additionalProperties: false,
    },
    type: "{ a: string; b?: string } | { a?: string; b: string }",
    values: [{}, { a: "x" }, { b: "y" }, { a: "x", b: "y" }],
  },
  {
    name: "nullable",
    schema: { type: "string", nullable: true },
    type: "string | null",
    values: ["a", null, 1],
  },
  {
    name: "exclusiveMinimum of OpenAPI 3.0",
    schema: { type: "number", minimum: 1, exclusiveMinimum: true },
    type: "number",
    values: [1, 2],
    alone: true,
  },
  {
    name: "not",
    schema: { type: "string", not: { const: "a" } },
    type: "string",
    notes: ["`not` cannot be said as a type; the far side alone checks it."],
    values: ["a", "b"],
    alone: true,
  },
  {
    name: "$defs",
    schema: { $ref: "#/$defs/Node", $defs: { Node: node } },
    type: "Node",
    values: [{ value: 1 }, {}, { value: "a" }],
  },
  {
    name: "recursive $defs",
    schema: {
      $ref: "#/$defs/List",
      $defs: {
        List: {
          type: "object",
          properties: {
            head: { type: "integer" },
            tail: { anyOf: [{ $ref: "#/$defs/List" }, { type: "null" }] },
          },
          required: ["head", "tail"],
          additionalProperties: false,
        },
      },
    },
    type: "List",
    values: [
      { head: 1, tail: null },
      { head: 1, tail: { head: 2, tail: null } },
      { head: 1.5, tail: null },
      { head: 1 },
    ],
  },
  {
    name: "a reference to nowhere",
    schema: { $ref: "#/$defs/None" },
    type: "unknown",
    notes: ["`#/$defs/None` is not in the document, so what it names is `unknown`."],
    values: [1],
    alone: true,
  },
  {
    name: "a reference to another document",
    schema: { $ref: "https://example.com/schema.json" },
    type: "unknown",
    notes: ["`https://example.com/schema.json` is not in the document, so what it names is `unknown`."],
    values: [1],
    alone: true,
  },
  {
    name: "a circle of references",
    schema: { $ref: "#/$defs/A", $defs: { A: { $ref: "#/$defs/A" } } },
    type: "A",
    values: [1],
    alone: true,
  },
];
