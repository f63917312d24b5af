/**
 * Shape: reads one shape and all that is inside it. The counterpart of what `serialize.ts` writes for a type; both follow
 * the table of kinds.
 */
import { forEachKind, isKind, type Field, type Fields as TableFields } from "../kinds.ts";
import type { Shape } from "../shape.ts";
import { doc } from "./doc.ts";
import { fail, list, oneOf, record, string, type Fields } from "./fields.ts";

/** Deeper nesting is no type anybody wrote; it would overflow the stack. */
const maxNesting = 400;

export function shape(data: unknown, at: string): Shape {
  if (at.split(".").length > maxNesting) fail(at.slice(0, 60), "less nesting");
  const value = record(data, at);
  const read = isKind(value["kind"]) ? readers[value["kind"]] : null;
  return read ? read(value, at) : fail(`${at}.kind`, "a kind of shape");
}

/** Reads one field. What has been read of the same holder decides what a literal may be. */
type Read = (data: unknown, at: string, holder: Fields) => unknown;

const readers = forEachKind(({ fields, isUnwritten }, kind) => {
  if (isUnwritten) return null;
  const read = fieldsReader(fields, { kind });
  return (value: Fields, at: string): Shape => {
    const made = read(value, at) as unknown as Shape;
    if (made.kind === "template" && made.texts.length !== made.slots.length + 1)
      fail(`${at}.texts`, "one text more than slots");
    return made;
  };
});

function fieldsReader(fields: TableFields, start: Fields): (value: Fields, at: string) => Fields {
  const readers = Object.entries(fields).map(([name, field]) => ({
    name,
    absent: field.absent,
    read: readerOf(field),
  }));
  return (value, at) => {
    const made: Record<string, unknown> = { ...start };
    for (const { name, absent, read } of readers) {
      const data = value[name];
      if (data !== undefined || absent === undefined) made[name] = read(data, `${at}.${name}`, made);
      else if (absent !== "nothing") made[name] = absent === "null" ? null : [];
    }
    return made;
  };
}

function readerOf(field: Field): Read {
  switch (field.is) {
    case "shape": {
      const { kind, words = [] } = field;
      return (data, at) => {
        if (words.some((word) => word === data)) return data;
        const part = shape(data, at);
        return kind === undefined || part.kind === kind ? part : fail(at, `a shape of kind ${kind}`);
      };
    }
    case "list": {
      const each = readerOf(field.of);
      return (data, at, holder) => list(data, at, (part, partAt) => each(part, partAt, holder));
    }
    case "record": {
      const read = fieldsReader(field.fields, {});
      return (data, at) => read(record(data, at), at);
    }
    case "choice":
      return (data, at) => oneOf(data, at, field.of);
    case "literal":
      return literal;
    case "flag":
      return (data) => data === true;
    case "name":
    case "text":
    case "type-text":
      return string;
    case "doc":
      return doc;
    case "source":
      return (_data, at) => fail(at, "left out");
  }
}

function literal(data: unknown, at: string, { type }: Fields): string | number | boolean {
  switch (type) {
    case "number": {
      const number = typeof data === "string" ? Number(data) : data;
      return typeof number === "number" && !Number.isNaN(number) ? number : fail(at, "a number");
    }
    case "boolean":
      return typeof data === "boolean" ? data : fail(at, "true or false");
    case "bigint":
      return /^-?\d+$/u.test(string(data, at)) ? string(data, at) : fail(at, "the digits of a bigint");
    default:
      return string(data, at);
  }
}
