/**
 * Declares in which words a type of the model is described, field by field, and how whatever is so described is turned into something else. TypeScript
 * holds a description against the interface it is of: a field without an entry, or an entry of another type, does not compile.
 */
import type { Doc, Source } from "./contract.ts";
import type { Shape, ShapeKind } from "./shape.ts";

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
export const source = orNone(note({ is: "source" }));
export const choice = (of: readonly string[]) => ({ is: "choice", of }) as const;
export const name = (of: NameField["of"]) => ({ is: "name", of }) as const;

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

/** What is described by fields (a shape, a signature, a declaration), each of them turned into something. */
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
