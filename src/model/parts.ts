/**
 * Finds the shapes directly inside a shape and the names it mentions, and gives the same shape with other parts or names.
 * All of it follows from the table of kinds.
 */
import type { Source } from "./contract.ts";
import type { Field, Fields, Holder, NameField } from "./fields.ts";
import { isKeyword, rowOf, turned } from "./kinds.ts";
import { remembered } from "./remembered.ts";
import type { Shape } from "./shape.ts";

export interface Part {
  readonly shape: Shape;
  /**
   * From the whole to this part: `.id`, `[]`, `[0]`; empty when both are the same value, `null` when the part says something
   * of the type and is no part of a value.
   */
  readonly step: string | null;
  readonly source?: Source | undefined;
}

/** The shapes directly inside a shape. A reference's declaration is not inside it; its type arguments are. */
export function partsOf(shape: Shape): readonly Part[] {
  const reader = readerOf(rowOf(shape.kind).fields);
  if (reader === null) return none;
  const known = partsKnown.get(shape);
  if (known) return known;
  const parts: Part[] = [];
  partsKnown.set(shape, parts);
  reader(shape, 0, parts);
  return parts;
}

/** Adds the parts in a holder of fields. `at` counts in the list around it. */
type Reader = (holder: object, at: number, parts: Part[]) => void;

/**
 * What reads the parts out of some fields; `null` where they hold none. Made once for each row of the table: every shape of a contract is
 * asked, and to look at each field of each anew takes longer than all that is done with the parts.
 */
function readerOf(fields: Fields): Reader | null {
  const known = readers.get(fields);
  if (known !== undefined) return known;
  const inner = Object.entries(fields).flatMap(([name, field]) => {
    const read = fieldReader(field);
    return read === null ? [] : [{ name, read }];
  });
  const reader: Reader = (holder, at, parts) => {
    for (const { name, read } of inner) {
      const value = (holder as Holder)[name];
      if (value !== undefined) read(value, holder, at, parts);
    }
  };
  const made = inner.length === 0 ? null : reader;
  readers.set(fields, made);
  return made;
}

const readers = new Map<Fields, Reader | null>();

type FieldReader = (value: unknown, holder: object, at: number, parts: Part[]) => void;

function fieldReader(field: Field): FieldReader | null {
  if (field.is === "shape") {
    return (value, holder, at, parts) => {
      // One of the words that may stand instead.
      if (typeof value === "string") return;
      const { source } = holder as { readonly source?: Source };
      parts.push({ shape: value as Shape, step: field.step(holder, at), source });
    };
  }
  if (field.is === "record") {
    const read = readerOf(field.fields);
    return read && ((value, _holder, at, parts) => read(value as object, at, parts));
  }
  if (field.is !== "list") return null;
  const read = fieldReader(field.of);
  return (
    read &&
    ((value, holder, _at, parts) =>
      (value as readonly unknown[]).forEach((part, index) => read(part, holder, index, parts)))
  );
}

/** Every walk asks again. Shapes are never changed in place. */
const partsKnown = new WeakMap<Shape, readonly Part[]>();
const none: readonly Part[] = [];

/** The shapes inside a shape that are parts of its values: not the tag of a brand. */
export function valuePartsOf(shape: Shape): readonly ValuePart[] {
  return partsOf(shape).filter((part): part is ValuePart => part.step !== null);
}

export type ValuePart = Part & { readonly step: string };

/** Names of declarations or type parameters that a shape itself mentions, without its parts. */
export function namesIn(shape: Shape, of: NameField["of"]): readonly string[] {
  if (!mayName(rowOf(shape.kind).fields, of)) return [];
  const names: string[] = [];
  turned(shape, (field, value, _holder, _at, inside) =>
    field.is === "name" && field.of === of ? names.push(value as string) : inside(),
  );
  return names;
}

/** Whether something of these fields is such a name, its parts aside: of most kinds nothing is. */
function mayName(fields: Fields, of: NameField["of"]): boolean {
  const mayBe = (field: Field): boolean => {
    if (field.is === "name") return field.of === of;
    if (field.is === "list") return mayBe(field.of);
    return field.is === "record" && mayName(field.fields, of);
  };
  return remembered(
    remembered(naming, of, () => new Map()),
    fields,
    () => Object.values(fields).some(mayBe),
  );
}

const naming = new Map<NameField["of"], Map<Fields, boolean>>();

/** Names of the declarations a shape mentions, its parts included. */
export function referencesOf(shape: Shape): readonly string[] {
  return remembered(references, shape, () => [
    ...namesIn(shape, "declaration"),
    ...partsOf(shape).flatMap((part) => referencesOf(part.shape)),
  ]);
}

/** Every leaf asks it of every declaration it reaches. Shapes are never changed in place. */
const references = new WeakMap<Shape, readonly string[]>();

/** True when the values of a shape depend on what a type parameter stands for, and so on where the shape is written. */
export function isOpen(shape: Shape): boolean {
  return namesIn(shape, "parameter").length > 0 || valuePartsOf(shape).some((part) => isOpen(part.shape));
}

/** What becomes of a shape's parts and names. What is absent stays as it is. */
export interface Change {
  readonly shape: (part: Shape) => Shape;
  readonly declaration?: ((name: string) => string) | undefined;
  readonly parameter?: ((name: string) => string) | undefined;
  /** Of a type that is held as text. */
  readonly text?: ((text: string) => string) | undefined;
}

/**
 * The same kind of shape with each part and name changed, in the order in which a reader of the contract meets them; the very shape where
 * nothing becomes another, so that what is known of it still is.
 */
export function withChange(shape: Shape, change: Change): Shape {
  if (isKeyword(shape)) return shape;
  let isSame = true;
  const noted = <T>(before: unknown, now: T): T => {
    isSame &&= now === before;
    return now;
  };
  const changed = turned(shape, (field, value, _holder, _at, inside) => {
    switch (field.is) {
      case "shape":
        return typeof value === "string" ? value : noted(value, change.shape(value as Shape));
      case "name":
        return noted(value, change[field.of]?.(value as string) ?? value);
      case "type-text":
        return noted(value, change.text?.(value as string) ?? value);
      default:
        return inside();
    }
  });
  return isSame ? shape : ({ kind: shape.kind, ...changed } as Shape);
}

/** The same kind of shape with each part changed. */
export function mapParts(shape: Shape, map: (part: Shape) => Shape): Shape {
  return withChange(shape, { shape: map });
}
