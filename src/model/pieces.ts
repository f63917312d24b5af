/**
 * Holds the table of the pieces of a contract that hold shapes: what a signature, a declared error and a declaration are made of,
 * field by field. Reading, writing and identity follow from it, as those of shapes follow from the table of kinds.
 *
 * The order of fields is the order of `contract.json`.
 */
import type { Declaration, Mode, Parameter, Signature, ThrownError, TypeParameter } from "./contract.ts";
import {
  choice,
  doc,
  flag,
  list,
  note,
  orEmpty,
  orNone,
  orNull,
  shape,
  text,
  type FieldsOf,
} from "./fields.ts";
import { quantities } from "./shape.ts";

export const modes: readonly Mode[] = ["sync", "async", "maybe"];

/** Every piece has a place; one that was read from a file is `nowhere`. */
const source = note({ is: "source" } as const);

const typeParameter = {
  is: "record",
  fields: {
    name: text,
    const: orNone(flag),
    constraint: orNull(shape()),
    default: orNull(shape()),
  } satisfies FieldsOf<TypeParameter>,
} as const;

const parameter = {
  is: "record",
  fields: {
    name: note(text),
    quantity: choice(quantities),
    whole: orNone(shape()),
    shape: shape(),
    source,
  } satisfies FieldsOf<Parameter>,
} as const;

export const signatureFields = {
  mode: choice(modes),
  doc,
  typeParameters: orEmpty(list(typeParameter)),
  parameters: list(parameter),
  result: shape(),
  source,
} satisfies FieldsOf<Signature>;

export const thrownFields = {
  name: text,
  shape: shape(),
  description: note(text),
} satisfies FieldsOf<ThrownError>;

export const declarationFields = {
  name: text,
  // An alias of an object and an interface have the same values.
  kind: note(choice(["interface", "alias"])),
  typeParameters: orEmpty(list(typeParameter)),
  doc: note({ is: "doc" } as const),
  shape: shape(),
  source,
} satisfies FieldsOf<Declaration> & { readonly kind: object };
