/**
 * Holds the table of shape kinds: what each kind is made of, field by field. Reading, writing, identity, parts, renaming and
 * references follow from it, so a kind is described once. TypeScript holds the table against `shape.ts`: a kind without a
 * row, a field without an entry, or an entry of another type does not compile.
 *
 * The order of fields is the order of `contract.json`.
 */
import type { Doc, Source } from "./contract.ts";
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

export type Field =
  | ShapeField
  | ListField
  | RecordField
  | NameField
  | ChoiceField
  /** True or false; a file has it only when it is true. */
  | ({ readonly is: "flag" } & Marks)
  /** Any text. */
  | ({ readonly is: "text" } & Marks)
  /** A type as text, in which declarations and type parameters go by their names. */
  | ({ readonly is: "type-text" } & Marks)
  /** The value of a literal type, of the type that the field `type` names. */
  | ({ readonly is: "literal" } & Marks)
  | ({ readonly is: "doc" } & Marks)
  /** A place in the definition, which no file holds. */
  | ({ readonly is: "source" } & Marks);

interface Marks {
  /** For people: no part of what a type is, so two types that differ in it alone are the same. */
  readonly isNote?: true;
  /** What the shape has where a file has nothing: no such field, `null`, or an empty list. Without it a file must have it. */
  readonly absent?: "nothing" | "null" | "empty";
}

export interface ShapeField extends Marks {
  readonly is: "shape";
  /** The only kind it may have. */
  readonly kind?: ShapeKind;
  /** Words that may stand here instead of a shape. */
  readonly words?: readonly string[];
  /**
   * The way from a value to its part, as a script would write it: `.id`, `[]`; empty when both are the same value, `null`
   * when the part says something of the type and is no part of a value.
   */
  readonly step: (holder: object, at: number) => string | null;
}

export interface ListField extends Marks {
  readonly is: "list";
  readonly of: Field;
  /** How its identity is sorted, where the author's order means nothing. */
  readonly sorted?: "by-name" | "by-text";
}

export interface RecordField extends Marks {
  readonly is: "record";
  readonly fields: Fields;
}

/** The name of a declaration of the contract, or of a type parameter in sight. */
export interface NameField extends Marks {
  readonly is: "name";
  readonly of: "declaration" | "parameter";
}

/** One of a few words. */
export interface ChoiceField extends Marks {
  readonly is: "choice";
  readonly of: readonly string[];
}

export interface Fields {
  readonly [name: string]: Field;
}

export interface Row {
  /** What values of the kind are: a `structure` is an object with parts. `null` where other types say so, or nothing does. */
  readonly values: "primitive" | "object" | "structure" | null;
  readonly fields: Fields;
}

/** The fields that describe an interface of `shape.ts`: all of them, each of its type. */
export type FieldsOf<T> = {
  readonly [K in Exclude<keyof T, "kind">]-?: FieldOf<NonNullable<T[K]>> & AbsentOf<T[K]>;
};

type FieldOf<T> = Marks &
  ([T] extends [boolean]
    ? { readonly is: "flag" }
    : [T] extends [string]
      ? { readonly is: "text" | "type-text" | "name" | "choice"; readonly of?: unknown }
      : [T] extends [Shape | string]
        ? ShapeField
        : [T] extends [string | number | boolean]
          ? { readonly is: "literal" }
          : [T] extends [readonly (infer Part)[]]
            ? { readonly is: "list"; readonly of: FieldOf<Part>; readonly sorted?: ListField["sorted"] }
            : [T] extends [Doc]
              ? { readonly is: "doc" }
              : [T] extends [Source]
                ? { readonly is: "source" }
                : { readonly is: "record"; readonly fields: FieldsOf<T> });

type AbsentOf<T> = undefined extends T
  ? { readonly absent: "nothing" }
  : null extends T
    ? { readonly absent: "null" }
    : object;

const same = (): string => "";

/** A shape of the same value, or behind a step. */
export const shape = (step: string | ShapeField["step"] = same): ShapeField => ({
  is: "shape",
  step: typeof step === "string" ? () => step : step,
});

export const list = <const Of extends Field>(of: Of) => ({ is: "list", of }) as const;

export const orNone = <F extends Field>(field: F) => ({ ...field, absent: "nothing" }) as const;
export const orEmpty = <F extends Field>(field: F) => ({ ...field, absent: "empty" }) as const;
export const orNull = <F extends Field>(field: F) => ({ ...field, absent: "null" }) as const;
export const note = <F extends Field>(field: F) => ({ ...field, isNote: true }) as const;

export const text = { is: "text" } as const;
export const flag = { is: "flag" } as const;
export const doc = orNone(note({ is: "doc" }));
const source = orNone(note({ is: "source" }));
export const choice = (of: readonly string[]) => ({ is: "choice", of }) as const;
const name = (of: NameField["of"]) => ({ is: "name", of }) as const;

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

export type Holder = Readonly<Record<string, unknown>>;

/**
 * What becomes of the value of a field. `inside` turns the parts of a list or a record, and is the value itself for any other
 * field; `undefined` leaves the field out. `at` counts in the list around.
 */
export type Turn = (
  field: Field,
  value: unknown,
  holder: Holder,
  at: number,
  inside: () => unknown,
) => unknown;

/** The fields of a shape, each turned into something: the way from a shape to whatever is derived from it. */
export function turned(shape: Shape, turn: Turn): Record<string, unknown> {
  return turnedFields(rowOf(shape.kind).fields, shape, turn);
}

/** The same for anything else that is described by fields: a signature, a declaration. */
export function turnedFields(fields: Fields, of: object, turn: Turn, at = 0): Record<string, unknown> {
  const holder = of as Holder;
  const made: Record<string, unknown> = {};
  for (const name in fields) {
    const field = fields[name];
    const value = holder[name];
    const turned = field && value !== undefined ? turnedField(field, value, holder, at, turn) : undefined;
    if (turned !== undefined) made[name] = turned;
  }
  return made;
}

function turnedField(field: Field, value: unknown, holder: Holder, at: number, turn: Turn): unknown {
  return turn(field, value, holder, at, () => {
    if (field.is === "record") return turnedFields(field.fields, value as Holder, turn, at);
    if (field.is !== "list") return value;
    return (value as readonly unknown[]).map((part, index) =>
      turnedField(field.of, part, holder, index, turn),
    );
  });
}
