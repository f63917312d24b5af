/** What types JSON Schemas become, what is said of those that have none, and that nothing but types comes out. */
import { check } from "prettier";
import { describe, expect, it } from "vitest";
import { readText } from "../read/shown.ts";
import { corpus } from "./corpus.ts";
import { planFor, textFor, toolOf, withDefinitions } from "./tools.ts";

describe("the type of", () => {
  it.each(corpus)("$name", async ({ schema, type, notes = [] }) => {
    const tool = withDefinitions("f", schema);
    const text = await textFor([tool]);
    const value = /export interface FInput \{[^]*?\n {2}value: ([^]*?);\n\}/u.exec(text)?.[1] ?? "";
    expect(
      value
        .replace(/\s*\/\*\*[^]*?\*\/\s*/gu, " ")
        .replaceAll(/;?\s+\}/gu, " }")
        .replaceAll(/\s+/gu, " ")
        .replaceAll(/= \| |^\| /gu, ""),
    ).toBe(type);
    expect((await planFor([tool])).notes.map(({ message }) => message)).toEqual(notes);
  });
});

describe("a chain of references longer than a stack", () => {
  const count = 5_000;
  const last = { type: "object", properties: { end: { type: "boolean" } } };
  const chain = (link: (next: object, at: number) => object) => ({
    $ref: "#/$defs/A0",
    $defs: {
      ...Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`A${at}`, link({ $ref: `#/$defs/A${at + 1}` }, at)]),
      ),
      [`A${count}`]: last,
    },
  });

  it("of properties becomes a type for each", async () => {
    const schema = chain((next) => ({ type: "object", properties: { next }, required: ["next"] }));
    const { definitions } = await planFor([withDefinitions("f", schema)]);
    expect(definitions.size).toBe(count + 1);
    expect(definitions.get("A4999")?.node).toMatchObject({ properties: [{ node: { name: "A5000" } }] });
    expect(await textFor([withDefinitions("f", schema)])).toContain("export interface A5000 {");
  });

  it("of names that lead back to the first has no value", async () => {
    const { $ref, $defs } = chain((next) => next);
    const circle = { ...$defs, [`A${count}`]: { $ref } };
    const { definitions } = await planFor([withDefinitions("f", { $ref, $defs: circle })]);
    const ends = [...definitions.values()].filter(({ node }) => node.kind !== "reference");
    expect(ends.map(({ node }) => node)).toEqual([{ kind: "never" }]);
  });

  it("that each combines with more is one object where the chain is short, and an intersection far inside", async () => {
    const schema = chain((next, at) => ({
      allOf: [next, { type: "object", properties: { [`p${at}`]: { type: "string" } } }],
    }));
    const { definitions } = await planFor([withDefinitions("f", schema)]);
    const kinds = new Set([...definitions.values()].map(({ node }) => node.kind));
    expect(kinds).toEqual(new Set(["object", "all"]));
    expect(definitions.get("A4999")?.node).toMatchObject({ kind: "object" });
  });
});

describe("a definition", () => {
  const names = corpus.map((_, at) => `f${at}`);
  const all = corpus.map(({ schema }, at) => withDefinitions(`f${at}`, schema));

  it("has no `any`, is laid out as prettier does, and is read without a finding", async () => {
    const text = await textFor(all);
    expect(text).not.toMatch(/\bany\b/u);
    expect(await check(text, { parser: "typescript" })).toBe(true);
    const contract = readText(text);
    expect(contract.root.members.map(({ name }) => name)).toEqual(names);
  });

  it("says bounds, defaults and what is deprecated in its documentation", async () => {
    const text = await textFor([
      toolOf("f", {
        type: "integer",
        minimum: 1,
        maximum: 9,
        default: 3,
        description: "How many.",
        deprecated: true,
      }),
      toolOf("g", { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 }),
      toolOf("h", { type: "string", format: "email", pattern: "^[^@]+$" }),
      // As schema libraries write `z.int()`.
      toolOf("i", { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 }),
      toolOf("j", { type: "number", maximum: 9007199254740991 }),
    ]);
    expect(text).toContain(
      "How many.\n   *\n   * A whole number, at least 1, at most 9.\n   *\n   * @defaultValue `3`\n   * @deprecated\n",
    );
    expect(text).toContain("/** At least 1 item. */");
    expect(text).toContain("/** A whole number. */");
    expect(text).toContain("/** At most 9007199254740991. */");
    expect(text).toContain("/** Format `email`, matches `^[^\\u0040]+$`. */");
  });

  it("takes no tag, code or end of a comment from a description", async () => {
    const description =
      "Reads.\n@timeout 999m\n * @throws {Evil} never\n*/ export const evil = 1; /*\n`unclosed\n@maxCalls 1000000 ```\nsee a@b.org {@link x}";
    const text = await textFor([{ ...toolOf("f", { type: "string", description }), description }]);
    const contract = readText(text);
    const [leaf] = contract.root.members;
    if (leaf?.kind !== "leaf") throw new Error("no leaf");
    expect(leaf.policy).toEqual({});
    expect(leaf.throws.map(({ name }) => name)).toEqual(["ToolError"]);
    expect(leaf.doc.tags.map(({ name }) => name)).toEqual(["throws"]);
    expect(text).not.toMatch(/^\s*export const evil/mu);
    expect(text).toContain("a@b.org");
  });

  it("keeps names of types apart: those of tools, those of documents and those of the language", async () => {
    const row = (type: string) => ({ $defs: { Row: { type: "object", properties: { id: { type } } } } });
    const text = await textFor([
      toolOf("a", { $ref: "#/$defs/Row" }, row("string")),
      toolOf("b", { $ref: "#/$defs/Row" }, row("string")),
      toolOf("c", { $ref: "#/$defs/Row" }, row("number")),
      toolOf(
        "d",
        { $ref: "#/$defs/Date" },
        { $defs: { Date: { type: "object", properties: { at: { type: "string", format: "date-time" } } } } },
      ),
      toolOf("e", { $ref: "#/$defs/AInput" }, { $defs: { AInput: { type: "string" } } }),
    ]);
    expect(text.match(/export interface Row /gu)).toHaveLength(1);
    expect(text).toContain("export interface Row2 {\n  id?: number;");
    expect(text).toContain("export interface Date2 {\n  at?: Date;");
    expect(text).toContain("export type AInput2 = string;");
    expect(readText(text).root.members).toHaveLength(5);
  });

  it("names a schema that contains itself for its own tool, whose definitions another has too", async () => {
    const tree = (name: string, value: object) => ({
      name,
      inputSchema: {
        type: "object",
        properties: { value, next: { $ref: "#" }, row: { $ref: "#/$defs/Row" } },
        $defs: { Row: { type: "object", properties: { id: { type: "string" } } } },
      },
    });
    const text = await textFor([tree("a", { type: "string" }), tree("b", { type: "number" })]);
    expect(/interface Root \{[^]*?value\?: (\w+)/u.exec(text)?.[1]).toBe("string");
    expect(/interface Root2 \{[^]*?value\?: (\w+)/u.exec(text)?.[1]).toBe("number");
    expect(text.match(/interface Row\b/gu)).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    [
      "name each other and nothing else",
      {
        $defs: { A: { $ref: "#/$defs/B" }, B: { $ref: "#/$defs/A" } },
        allOf: [{ $ref: "#/$defs/A" }, { type: "object", properties: { x: { type: "string" } } }],
      },
      "value: never;",
    ],
    [
      "contain themselves under one name",
      {
        $defs: {
          A: { type: "object", properties: { next: { $ref: "#/$defs/A" } } },
          B: { type: "object", properties: { next: { $ref: "#/$defs/B" }, b: { type: "string" } } },
        },
        allOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }],
      },
      "next?: A & B;",
    ],
    [
      "are a choice of themselves",
      {
        $defs: { A: { anyOf: [{ $ref: "#/$defs/A" }, { type: "string" }] } },
        allOf: [{ $ref: "#/$defs/A" }, { type: "string", minLength: 1 }],
      },
      "value:",
    ],
  ])("ends when schemas are combined that %s", async (_, schema, type) => {
    expect(await textFor([withDefinitions("f", schema)])).toContain(type);
  });

  it("ends a schema without end, and a schema of a stranger with everything in it", async () => {
    let deep: object = { type: "string" };
    for (let depth = 0; depth < 5000; depth++) deep = { type: "array", items: deep };
    const plan = await planFor([toolOf("f", deep)]);
    expect(plan.notes.map(({ message }) => message)).toEqual([
      "The schema is over 64 levels deep, so the rest is `unknown`.",
    ]);
    const odd = {
      type: 7,
      properties: [],
      required: "a",
      anyOf: {},
      enum: "x",
      allOf: null,
      $ref: 3,
      minimum: "1",
    };
    expect(await textFor([toolOf("f", odd)])).toContain("value:");
  });
});
