/**
 * Reads one shape and all that is inside it. The counterpart of what `serialize.ts` writes for a type; both follow the table
 * of kinds.
 */
import { nowhere } from "../contract.ts";
import type { Field, Fields as TableFields } from "../fields.ts";
import { isKind, rowOf } from "../kinds.ts";
import type { Shape } from "../shape.ts";
import { doc } from "./doc.ts";
import { fail, list, oneOf, record, string, type Fields } from "./fields.ts";

/** Deeper nesting is no type anybody wrote; it would overflow the stack. */
const maxNesting = 400;

export function shape(data: unknown, at: string): Shape {
  if (at.split(".").length > maxNesting) fail(at.slice(0, 60), "less nesting");
  const value = record(data, at);
  const { kind } = value;
  if (!isKind(kind) || kind === "unsupported") return fail(`${at}.kind`, "a kind of shape");
  const read = { kind, ...readFields(rowOf(kind).fields, value, at) } as Shape;
  if (read.kind === "template" && read.texts.length !== read.slots.length + 1)
    fail(`${at}.texts`, "one text more than slots");
  return read;
}

/** What is described by fields, read from data. */
export function readFields(fields: TableFields, value: Fields, at: string): Fields {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const data = value[name];
    if (data !== undefined || field.absent === undefined) {
      const value = readField(field, data, `${at}.${name}`, read);
      if (value !== undefined) read[name] = value;
    } else if (field.absent !== "nothing") read[name] = field.absent === "null" ? null : [];
  }
  return read;
}

/** What has been read of the same holder decides what a literal may be. */
function readField(field: Field, data: unknown, at: string, holder: Fields): unknown {
  switch (field.is) {
    case "shape": {
      if (field.words?.some((word) => word === data)) return data;
      const part = shape(data, at);
      return field.kind === undefined || part.kind === field.kind
        ? part
        : fail(at, `a shape of kind ${field.kind}`);
    }
    case "list":
      return list(data, at, (part, partAt) => readField(field.of, part, partAt, holder));
    case "record":
      return readFields(field.fields, record(data, at), at);
    case "choice":
      return oneOf(data, at, field.of);
    case "literal":
      return literal(data, at, holder);
    case "flag":
      return data === true || (field.absent === undefined ? false : undefined);
    case "name":
    case "text":
    case "type-text":
      return string(data, at);
    case "doc":
      return doc(data, at);
    case "source":
      return data === undefined ? nowhere : fail(at, "left out");
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
