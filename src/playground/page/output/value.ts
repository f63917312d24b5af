/** Values in the JSON form: what one is called in a line, and what is inside of it. */
import type { Json } from "../../../model/json.ts";

export interface Part {
  readonly name: string;
  readonly value: Json;
}

export interface Described {
  /** Of the value's colour: `string`, `number`, `special`, `object`. */
  readonly kind: "string" | "number" | "word" | "object" | "error";
  readonly text: string;
  /** Of a text that is longer than `text`, how many it has. */
  readonly letters?: number;
  /** What is inside; a function, since most values are never opened. */
  readonly parts?: () => readonly Part[];
  /** Exact bytes, for a view of them. */
  readonly base64?: string;
}

const mostLetters = 20_000;

type Tagged = { readonly [name: string]: Json };

export function describe(value: Json): Described {
  switch (typeof value) {
    case "string":
      // Of a text of millions of letters a page shows the beginning, and quoting the rest would take longer than all else.
      return value.length <= mostLetters
        ? { kind: "string", text: quoted(value) }
        : { kind: "string", text: quoted(value.slice(0, mostLetters)), letters: value.length };
    case "number":
      return { kind: "number", text: String(value) };
    case "boolean":
      return { kind: "word", text: String(value) };
    default:
      break;
  }
  if (value === null) return { kind: "word", text: "null" };
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return {
      kind: "object",
      text: `Array(${items.length})`,
      ...(items.length > 0 && {
        parts: () => items.map((item, index) => ({ name: String(index), value: item })),
      }),
    };
  }
  const object = value as Tagged;
  return typeof object["$type"] === "string" ? tagged(object["$type"], object) : plain("Object", object);
}

function plain(name: string, object: Tagged): Described {
  const names = Object.keys(object);
  const beginning = names.slice(0, 4).map(nameOf).join(", ");
  return {
    kind: "object",
    text: names.length === 0 ? `${name} {}` : `${name} { ${beginning}${names.length > 4 ? ", …" : ""} }`,
    ...(names.length > 0 && { parts: () => partsOf(object) }),
  };
}

const partsOf = (object: Tagged): Part[] =>
  Object.entries(object).map(([name, value]) => ({ name: nameOf(name), value }));

function tagged(type: string, object: Tagged): Described {
  const text = (name: string): string => visible(String(object[name] ?? ""));
  switch (type) {
    case "undefined":
      return { kind: "word", text: "undefined" };
    case "number":
      return { kind: "number", text: text("value") };
    case "bigint":
      return { kind: "number", text: `${text("value")}n` };
    case "Date":
      return { kind: "word", text: `Date ${object["value"] === null ? "(invalid)" : text("value")}` };
    case "RegExp":
      return { kind: "string", text: `/${text("source")}/${text("flags")}` };
    case "Map": {
      const entries = object["entries"] as readonly (readonly [Json, Json])[];
      const parts = (): Part[] =>
        entries.map(([key, item], index) =>
          typeof key === "object" && key !== null
            ? { name: `entry ${index}`, value: { key, value: item } }
            : { name: `${describe(key).text} →`, value: item },
        );
      return { kind: "object", text: `Map(${entries.length})`, ...(entries.length > 0 && { parts }) };
    }
    case "Set": {
      const values = object["values"] as readonly Json[];
      const parts = (): Part[] => values.map((value, index) => ({ name: String(index), value }));
      return { kind: "object", text: `Set(${values.length})`, ...(values.length > 0 && { parts }) };
    }
    case "array": {
      const items = object["items"] as Tagged;
      return { kind: "object", text: `Array(${text("length")}), with holes`, parts: () => partsOf(items) };
    }
    case "object":
      return plain("Object", object["properties"] as Tagged);
    case "reference":
      return { kind: "word", text: `↺ ${pathOf(text("path"))}` };
    default:
      break;
  }
  if (typeof object["base64"] === "string") {
    const length = Math.floor((object["base64"].replace(/=+$/u, "").length * 3) / 4);
    return { kind: "object", text: `${type}, ${length} bytes`, base64: object["base64"] };
  }
  if ("message" in object) {
    const inner: Part[] = ["cause", "errors", "data"].flatMap((name) => {
      const value = object[name];
      return value === undefined ? [] : name === "data" ? partsOf(value as Tagged) : [{ name, value }];
    });
    return {
      kind: "error",
      text: `${text("name")}: ${text("message")}`,
      ...(inner.length > 0 && { parts: () => inner }),
    };
  }
  return { kind: "word", text: `${type} ${text("value")}` };
}

/** Characters that are not seen and change what is: those that turn the direction of a text round show another text than a function is given. */
const unseen = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\n\t\u200c\u200d]]/gv;

const visible = (text: string): string =>
  text.replace(unseen, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);

const quoted = (text: string): string => visible(JSON.stringify(text));

/** As it is where it is a word or a number; a name may hold what looks like another property. */
const nameOf = (name: string): string =>
  /^[\p{ID_Continue}$-]+$/u.test(name) ? visible(name) : quoted(name);

/** `/rows/0` → `rows[0]`; the whole value is called so. */
function pathOf(pointer: string): string {
  if (pointer === "") return "the whole value";
  const steps = pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return `same as ${steps.map((step, at) => (/^\d+$/u.test(step) ? `[${step}]` : `${at === 0 ? "" : "."}${step}`)).join("")}`;
}
