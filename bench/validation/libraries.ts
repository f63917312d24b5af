/**
 * The same five shapes in the words of each validation library. `null`: the library cannot say it.
 */
import { Ajv } from "ajv";
import { type } from "arktype";
import { Type, type TSchema } from "typebox";
import { Compile } from "typebox/compile";
import * as v from "valibot";
import { z } from "zod";
import type { ShapeName } from "./values.ts";

export type Check = (args: unknown[]) => boolean;
export type Checks = Record<ShapeName, Check | null>;

const geo = z.object({ lat: z.number(), lng: z.number() });
const zUser = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  role: z.enum(["admin", "editor", "viewer"]),
  address: z.object({ street: z.string(), zip: z.string(), geo }),
  tags: z.array(z.string()),
  nickname: z.string().optional(),
});
interface Node {
  value: number;
  label: string;
  children: Node[];
}
const zTree: z.ZodType<Node> = z.lazy(() =>
  z.object({ value: z.number(), label: z.string(), children: z.array(zTree) }),
);
const zFilter = z.object({
  field: z.string(),
  op: z.enum(["eq", "lt", "gt"]),
  value: z.union([z.string(), z.number()]),
});
const zod =
  (schema: z.ZodType): Check =>
  (args) =>
    schema.safeParse(args).success;

const vUser = v.object({
  id: v.number(),
  name: v.string(),
  email: v.string(),
  active: v.boolean(),
  role: v.picklist(["admin", "editor", "viewer"]),
  address: v.object({
    street: v.string(),
    zip: v.string(),
    geo: v.object({ lat: v.number(), lng: v.number() }),
  }),
  tags: v.array(v.string()),
  nickname: v.optional(v.string()),
});
const vTree: v.GenericSchema<Node> = v.object({
  value: v.number(),
  label: v.string(),
  children: v.array(v.lazy(() => vTree)),
});
const vFilter = v.object({
  field: v.string(),
  op: v.picklist(["eq", "lt", "gt"]),
  value: v.union([v.string(), v.number()]),
});
const valibot =
  (schema: v.GenericSchema): Check =>
  (args) =>
    v.safeParse(schema, args).success;

const ark = type.module({
  geo: { lat: "number", lng: "number" },
  address: { street: "string", zip: "string", geo: "geo" },
  user: {
    id: "number",
    name: "string",
    email: "string",
    active: "boolean",
    role: "'admin'|'editor'|'viewer'",
    address: "address",
    tags: "string[]",
    "nickname?": "string",
  },
  tree: { value: "number", label: "string", children: "tree[]" },
  filter: { field: "string", op: "'eq'|'lt'|'gt'", value: "string|number" },
  sql: ["string", "(string|number|boolean|null|Date)[]"],
  userArgs: ["user"],
  treeArgs: ["tree", "filter[]"],
  scalars: ["string", "number"],
});
const arktype =
  (schema: { allows(data: unknown): boolean }): Check =>
  (args) =>
    schema.allows(args);

const tUser = Type.Object({
  id: Type.Number(),
  name: Type.String(),
  email: Type.String(),
  active: Type.Boolean(),
  role: Type.Union([Type.Literal("admin"), Type.Literal("editor"), Type.Literal("viewer")]),
  address: Type.Object({
    street: Type.String(),
    zip: Type.String(),
    geo: Type.Object({ lat: Type.Number(), lng: Type.Number() }),
  }),
  tags: Type.Array(Type.String()),
  nickname: Type.Optional(Type.String()),
});
const tFilter = Type.Object({
  field: Type.String(),
  op: Type.Union([Type.Literal("eq"), Type.Literal("lt"), Type.Literal("gt")]),
  value: Type.Union([Type.String(), Type.Number()]),
});
const tree = Type.Cyclic(
  {
    Tree: Type.Object({ value: Type.Number(), label: Type.String(), children: Type.Array(Type.Ref("Tree")) }),
  },
  "Tree",
);
const typebox = (schema: TSchema): Check => {
  const compiled = Compile(schema);
  return (args) => compiled.Check(args);
};
const sqlValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

const ajvInstance = new Ajv({ strict: false });
const ajvObject = (properties: Record<string, unknown>, optional: string[] = []): unknown => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});
const ajvTuple = (...items: unknown[]): unknown => ({
  type: "array",
  items,
  minItems: items.length,
  maxItems: items.length,
});
const ajv = (schema: unknown): Check => {
  const compiled = ajvInstance.compile(schema as object);
  return (args) => compiled(args) === true;
};
const text = { type: "string" };
const number = { type: "number" };

export const libraries: Readonly<Record<string, Checks>> = {
  zod: {
    sql: zod(
      z.tuple([
        z.string(),
        z.array(z.union([z.string(), z.number(), z.boolean(), z.null(), z.date(), z.instanceof(Uint8Array)])),
      ]),
    ),
    user: zod(z.tuple([zUser])),
    tree: zod(z.tuple([zTree, z.array(zFilter)])),
    rich: zod(
      z.tuple([
        z.map(z.string(), z.array(z.object({ zip: z.string() }))),
        z.set(z.number()),
        z.bigint(),
        z.tuple([z.string(), z.number(), z.boolean().optional()]),
      ]),
    ),
    scalars: zod(z.tuple([z.string(), z.number()])),
  },
  valibot: {
    sql: valibot(
      v.tuple([
        v.string(),
        v.array(v.union([v.string(), v.number(), v.boolean(), v.null(), v.date(), v.instance(Uint8Array)])),
      ]),
    ),
    user: valibot(v.tuple([vUser])),
    tree: valibot(v.tuple([vTree, v.array(vFilter)])),
    rich: valibot(
      v.tuple([
        v.map(v.string(), v.array(v.object({ zip: v.string() }))),
        v.set(v.number()),
        v.bigint(),
        v.tuple([v.string(), v.number(), v.optional(v.boolean())]),
      ]),
    ),
    scalars: valibot(v.tuple([v.string(), v.number()])),
  },
  arktype: {
    sql: arktype(ark.sql),
    user: arktype(ark.userArgs),
    tree: arktype(ark.treeArgs),
    rich: null,
    scalars: arktype(ark.scalars),
  },
  typebox: {
    sql: typebox(Type.Tuple([Type.String(), Type.Array(sqlValue)])),
    user: typebox(Type.Tuple([tUser])),
    tree: typebox(Type.Tuple([tree, Type.Array(tFilter)])),
    rich: null,
    scalars: typebox(Type.Tuple([Type.String(), Type.Number()])),
  },
  ajv: {
    sql: ajv(ajvTuple(text, { type: "array", items: { type: ["string", "number", "boolean", "null"] } })),
    user: ajv(
      ajvTuple(
        ajvObject(
          {
            id: number,
            name: text,
            email: text,
            active: { type: "boolean" },
            role: { enum: ["admin", "editor", "viewer"] },
            address: ajvObject({ street: text, zip: text, geo: ajvObject({ lat: number, lng: number }) }),
            tags: { type: "array", items: text },
            nickname: text,
          },
          ["nickname"],
        ),
      ),
    ),
    tree: ajv({
      definitions: {
        tree: ajvObject({
          value: number,
          label: text,
          children: { type: "array", items: { $ref: "#/definitions/tree" } },
        }),
      },
      ...(ajvTuple(
        { $ref: "#/definitions/tree" },
        {
          type: "array",
          items: ajvObject({
            field: text,
            op: { enum: ["eq", "lt", "gt"] },
            value: { type: ["string", "number"] },
          }),
        },
      ) as object),
    }),
    rich: null,
    scalars: ajv(ajvTuple(text, number)),
  },
};
