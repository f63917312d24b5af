/**
 * Holds the table of shape kinds: what each kind is made of, field by field. Reading, writing, identity, parts, renaming and
 * references follow from it, so a kind is described once. TypeScript holds the table against `shape.ts`: a kind without a
 * row does not compile.
 *
 * The order of fields is the order of `contract.json`.
 */
import {
  choice,
  doc,
  flag,
  list,
  name,
  note,
  orEmpty,
  orNone,
  orNull,
  shape,
  source,
  text,
  turnedFields,
  type Fields,
  type FieldsOf,
  type Turn,
} from "./fields.ts";
import { isIdentifier } from "./names.ts";
import {
  builtinNames,
  casings,
  errorNames,
  quantities,
  type IndexSignature,
  type KeywordShape,
  type Property,
  type Shape,
  type ShapeKind,
  type ShapeOf,
  type TupleElement,
} from "./shape.ts";

export interface Row {
  /** What values of the kind are: a `structure` is an object with parts. `null` where other types say so, or nothing does. */
  readonly values: "primitive" | "object" | "structure" | null;
  readonly fields: Fields;
}

const lossy = orNone(note({ is: "record", fields: { from: text, loses: text } }));

const properties = list({
  is: "record",
  fields: {
    name: text,
    optional: flag,
    readonly: flag,
    doc,
    shape: shape((holder) => {
      const { name } = holder as Property;
      return isIdentifier(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    }),
    source,
  } satisfies FieldsOf<Property>,
});

const index = list({
  is: "record",
  fields: {
    key: { ...shape("[key]"), kind: "template", words: ["string", "number"] },
    readonly: flag,
    value: shape("[key]"),
  } satisfies FieldsOf<IndexSignature>,
});

const elements = list({
  is: "record",
  fields: {
    label: orNull(note(text)),
    quantity: choice(quantities),
    shape: shape((holder, at) => ((holder as TupleElement).quantity === "rest" ? "[]" : `[${at}]`)),
  } satisfies FieldsOf<TupleElement>,
});

const primitive = { values: "primitive", fields: {} } as const;
const unlimited = { values: null, fields: {} } as const;
const members = list(shape());

const kinds = {
  any: unlimited,
  unknown: unlimited,
  never: unlimited,
  void: primitive,
  undefined: primitive,
  null: primitive,
  boolean: primitive,
  number: primitive,
  string: primitive,
  bigint: primitive,
  nonprimitive: { values: "object", fields: {} },
  literal: {
    values: "primitive",
    fields: { type: choice(["string", "number", "boolean", "bigint"]), value: { is: "literal" } },
  },
  template: { values: "primitive", fields: { texts: list(text), slots: list(shape()) } },
  cased: { values: "primitive", fields: { casings: list(choice(casings)), base: shape() } },
  array: { values: "structure", fields: { readonly: flag, lossy, element: shape("[]") } },
  tuple: { values: "structure", fields: { readonly: flag, elements } },
  object: {
    values: "structure",
    fields: {
      lossy,
      properties: { ...properties, sorted: "by-name" },
      index: { ...orEmpty(index), sorted: "by-text" },
    },
  },
  map: {
    values: "structure",
    fields: { readonly: flag, lossy, key: shape(".keys()"), value: shape(".values()") },
  },
  set: { values: "structure", fields: { readonly: flag, lossy, element: shape(".values()") } },
  builtin: { values: "object", fields: { name: choice(builtinNames), lossy } },
  error: {
    values: "structure",
    fields: {
      name: choice(errorNames),
      lossy,
      properties: { ...orEmpty(properties), sorted: "by-name" },
    },
  },
  union: { values: null, fields: { members: { ...members, sorted: "by-text" } } },
  // In a merged object the first member's properties come first, and what a script reads is printed in that order.
  intersection: { values: null, fields: { members } },
  // The tag tells types apart and is no part of a value: nothing crosses for it.
  brand: { values: null, fields: { base: shape(), tag: { ...shape(() => null), kind: "object" } } },
  reference: {
    values: null,
    fields: { name: name("declaration"), typeArguments: orEmpty(list(shape((_, at) => `<${at}>`))) },
  },
  parameter: { values: null, fields: { name: name("parameter") } },
  deferred: {
    values: null,
    fields: {
      text: { is: "type-text" },
      // The text mentions them already.
      references: note(orEmpty(list(name("declaration")))),
      constraint: shape(),
    },
  },
  unsupported: {
    values: null,
    fields: {
      code: choice(["type-not-clonable", "type-unresolved", "type-too-large"]),
      type: text,
      reason: note(text),
      help: note(text),
      source,
    },
  },
} satisfies {
  readonly [K in ShapeKind]: Pick<Row, "values"> & { readonly fields: FieldsOf<ShapeOf<K>> };
};

/** What a kind is made of. */
export function rowOf(kind: ShapeKind): Row {
  return kinds[kind];
}

const keywords: ReadonlySet<string> = new Set(
  Object.entries(kinds).flatMap(([kind, { fields }]) => (Object.keys(fields).length === 0 ? [kind] : [])),
);

/** True for the shapes that are no more than their kind: without fields. */
export function isKeyword(shape: Shape): shape is KeywordShape {
  return keywords.has(shape.kind);
}

/** True when every value of the shape is an object, whatever other types say. */
export function isObject({ kind }: Shape): boolean {
  const { values } = rowOf(kind);
  return values === "object" || values === "structure";
}

export function isKind(kind: unknown): kind is ShapeKind {
  return typeof kind === "string" && Object.hasOwn(kinds, kind);
}

/** The fields of a shape, each turned into something: the way from a shape to whatever is derived from it. */
export function turned(shape: Shape, turn: Turn): Record<string, unknown> {
  return turnedFields(rowOf(shape.kind).fields, shape, turn);
}
