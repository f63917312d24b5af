/**
 * Parts: the shapes directly inside a shape, the names it mentions, and the same shape with other parts or names. All of it
 * follows from the table of kinds.
 */
import type { Source } from "./contract.ts";
import { forEachKind, type Field, type Fields, type NameField } from "./kinds.ts";
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

type Holder = Readonly<Record<string, unknown>>;

/** Reads one field into a list of what is looked for in it. */
type Gather<T> = (value: unknown, holder: Holder, at: number, into: T[]) => void;

/** The shapes directly inside a shape. A reference's declaration is not inside it; its type arguments are. */
export const partsOf = gathererOf<Part>((field) => {
  if (field.is !== "shape") return null;
  return (value, holder, at, into) => {
    // One of the words that may stand instead.
    if (typeof value === "string") return;
    const source = holder["source"] as Source | undefined;
    into.push({ shape: value as Shape, step: field.step(holder, at), source });
  };
});

/** The shapes inside a shape that are parts of its values: not the tag of a brand. */
export function valuePartsOf(shape: Shape): readonly ValuePart[] {
  return partsOf(shape).filter((part): part is ValuePart => part.step !== null);
}

export type ValuePart = Part & { readonly step: string };

/** Names of the declarations a shape itself mentions, without its parts. */
export const declarationsIn = gathererOf<string>(nameGatherer("declaration"));
const parametersIn = gathererOf<string>(nameGatherer("parameter"));

function nameGatherer(of: NameField["of"]): (field: Field) => Gather<string> | null {
  return (field) =>
    field.is === "name" && field.of === of
      ? (value, _holder, _at, into) => void into.push(value as string)
      : null;
}

/** Makes, for each kind, the function that gathers something from its fields, in their order. */
function gathererOf<T>(gatherer: (field: Field) => Gather<T> | null): (shape: Shape) => readonly T[] {
  const ofField = (field: Field): Gather<T> | null => {
    if (field.is === "list") {
      const each = ofField(field.of);
      return (
        each &&
        ((values, holder, _at, into) => {
          (values as readonly unknown[]).forEach((value, at) => each(value, holder, at, into));
        })
      );
    }
    if (field.is === "record") {
      const inner = ofFields(field.fields);
      return (
        inner &&
        ((value, _holder, at, into) => {
          if (value !== undefined) inner(value as Holder, at, into);
        })
      );
    }
    return gatherer(field);
  };
  const ofFields = (fields: Fields): ((holder: Holder, at: number, into: T[]) => void) | null => {
    const found = Object.entries(fields).flatMap(([name, field]) => {
      const gather = ofField(field);
      return gather ? [{ name, gather }] : [];
    });
    if (found.length === 0) return null;
    return (holder, at, into) => {
      for (const { name, gather } of found) gather(holder[name], holder, at, into);
    };
  };
  const byKind = forEachKind(({ fields }) => ofFields(fields));
  return (shape) => {
    const into: T[] = [];
    byKind[shape.kind]?.(shape as unknown as Holder, 0, into);
    return into;
  };
}

/** Names of the declarations a shape mentions, its parts included. */
export function referencesOf(shape: Shape): readonly string[] {
  let names = references.get(shape);
  if (names === undefined) {
    names = [...declarationsIn(shape), ...partsOf(shape).flatMap((part) => referencesOf(part.shape))];
    references.set(shape, names);
  }
  return names;
}

/** Every leaf asks it of every declaration it reaches. Shapes are never changed in place. */
const references = new WeakMap<Shape, readonly string[]>();

/** True when the values of a shape depend on what a type parameter stands for, and so on where the shape is written. */
export function isOpen(shape: Shape): boolean {
  return parametersIn(shape).length > 0 || valuePartsOf(shape).some((part) => isOpen(part.shape));
}

/** What becomes of a shape's parts and names. What is absent stays as it is. */
export interface Change {
  readonly shape: (part: Shape) => Shape;
  readonly declaration?: ((name: string) => string) | undefined;
  readonly parameter?: ((name: string) => string) | undefined;
  /** Of a type that is held as text. */
  readonly text?: ((text: string) => string) | undefined;
}

/** The same kind of shape with each part and name changed, in the order in which a reader of the contract meets them. */
export function withChange(shape: Shape, change: Change): Shape {
  return (changers[shape.kind]?.(shape, change) ?? shape) as Shape;
}

/** The same kind of shape with each part changed. */
export function mapParts(shape: Shape, map: (part: Shape) => Shape): Shape {
  return withChange(shape, { shape: map });
}

type Changer = (value: unknown, change: Change) => unknown;

const changers = forEachKind(({ fields }) => fieldsChanger(fields));

function changerOf(field: Field): Changer | null {
  switch (field.is) {
    case "shape":
      return (value, { shape }) => (typeof value === "string" ? value : shape(value as Shape));
    case "name":
      return (value, change) => change[field.of]?.(value as string) ?? value;
    case "type-text":
      return (value, { text }) => text?.(value as string) ?? value;
    case "list": {
      const each = changerOf(field.of);
      return each && ((values, change) => (values as readonly unknown[]).map((value) => each(value, change)));
    }
    case "record":
      return fieldsChanger(field.fields);
    case "flag":
    case "text":
    case "choice":
    case "literal":
    case "doc":
    case "source":
      return null;
  }
}

function fieldsChanger(fields: Fields): Changer | null {
  const found = Object.entries(fields).flatMap(([name, field]) => {
    const changer = changerOf(field);
    return changer ? [{ name, changer }] : [];
  });
  if (found.length === 0) return null;
  return (holder, change) => {
    const changed: Record<string, unknown> = { ...(holder as Holder) };
    for (const { name, changer } of found) changed[name] = changer(changed[name], change);
    return changed;
  };
}
