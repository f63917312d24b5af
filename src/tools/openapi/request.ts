/**
 * Makes the request of one call. What a script says can only be a value: it never becomes a part of a path, a second parameter or a header of its own.
 */
import type { Json } from "../../model/json.ts";
import { bytesOf } from "../wire/text.ts";
import { writeForm } from "./multipart.ts";
import type { Operation, ParameterOf } from "./operations.ts";

/** An argument that has no place in a request; `why` finishes "The argument … must be". */
export class Unsendable extends Error {}

type Values = { readonly [name: string]: Json | undefined };

export interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

export function requestOf(
  operation: Operation,
  base: string,
  valueOf: (parameter: ParameterOf) => Json | undefined,
  body: Json | undefined,
): Sent {
  const headers = new Headers();
  const query: string[] = [];
  const cookies: string[] = [];
  const slots: { [name: string]: string } = {};
  for (const parameter of operation.parameters) {
    const value = valueOf(parameter);
    if (value === undefined || value === null) continue;
    if (parameter.in === "path") slots[parameter.name] = inPath(parameter, value);
    else if (parameter.in === "query") query.push(...queryParts(parameter, value));
    else if (parameter.in === "cookie") cookies.push(...queryParts(parameter, value));
    else setHeader(headers, parameter, value);
  }
  const own = cookies.filter((pair) => !isKey(operation, pair));
  if (own.length > 0) headers.set("cookie", own.join("; "));
  const path = operation.path
    .split("/")
    .map((step) => filled(step, slots))
    .join("/");
  const url = `${base.replace(/\/$/u, "")}${path}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  if (body === undefined || operation.body === null) return { url, headers, body: undefined };
  const { kind, type, fields } = operation.body;
  if (kind === "multipart") {
    const form = writeForm(pairsOf(body), fields);
    headers.set("content-type", form.type);
    return { url, headers, body: form.bytes };
  }
  headers.set("content-type", type);
  return { url, headers, body: bodyText(kind, body) };
}

/** The names in an object are a script's, where its schema leaves them open. */
function isKey({ keys }: Operation, pair: string): boolean {
  return keys.has(decodeURIComponent(pair.split("=", 1)[0] ?? ""));
}

function bodyText(kind: "json" | "form" | "text" | "bytes", body: Json): string | Uint8Array<ArrayBuffer> {
  switch (kind) {
    case "json":
      return JSON.stringify(body);
    case "text":
      return textOf(body);
    case "bytes":
      return bytesOf(textOf(body));
    case "form":
      return pairsOf(body)
        .flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value]).map(
            (one: Json) => `${encode(name)}=${encode(textOf(one))}`,
          ),
        )
        .join("&");
    default:
      return kind satisfies never;
  }
}

/** Before: `{id}` and `{ id: "a/b" }`. After: `a%2Fb`. A step of dots would be another path. */
function filled(step: string, slots: { readonly [name: string]: string }): string {
  if (!step.includes("{")) return step;
  const text = step.replace(/\{([^}]*)\}/gu, (_, name: string) => slots[name] ?? "");
  if (text === "" || /^\.{1,2}$/u.test(text))
    throw new Unsendable("a part of a path that is not empty, `.` or `..`");
  return text;
}

/** `simple`: `3,4,5`; of an object `R,100,G,200`, with explode `R=100,G=200`. */
function simple(
  { explode, isJson }: Pick<ParameterOf, "explode" | "isJson">,
  value: Json,
  write: (text: string) => string,
): string {
  if (isJson) return write(JSON.stringify(value));
  if (Array.isArray(value)) return value.map((one: Json) => write(textOf(one))).join(",");
  if (typeof value !== "object" || value === null) return write(textOf(value));
  return pairsOf(value)
    .map(([name, one]) => `${write(name)}${explode ? "=" : ","}${write(textOf(one))}`)
    .join(",");
}

/** `label`: `.3.4`. `matrix`: `;id=3;id=4`. Of an object with explode `.R=100.G=200` and `;R=100;G=200`, else as `simple`. */
function inPath(parameter: ParameterOf, value: Json): string {
  const { name, style, explode } = parameter;
  if (style !== "label" && style !== "matrix") return simple(parameter, value, encode);
  const isList = Array.isArray(value);
  const isData = typeof value === "object" && value !== null;
  const sign = style === "label" ? "." : ";";
  const named = (text: string): string =>
    style === "label" ? text : `${encode(name)}${text === "" ? "" : `=${text}`}`;
  if (!explode || !isData) return `${sign}${named(simple(parameter, value, encode))}`;
  const parts = isList
    ? value.map((one: Json) => named(encode(textOf(one))))
    : pairsOf(value).map(([key, one]) => `${encode(key)}=${encode(textOf(one))}`);
  return parts.map((part) => `${sign}${part}`).join("");
}

function queryParts({ name, style, explode, isJson }: ParameterOf, value: Json): readonly string[] {
  const key = encode(name);
  if (isJson) return [`${key}=${encode(JSON.stringify(value))}`];
  if (Array.isArray(value)) {
    const items = value.map((one: Json) => encode(textOf(one)));
    if (explode || items.length === 0) return items.map((item) => `${key}=${item}`);
    return [`${key}=${items.join(delimiters[style] ?? ",")}`];
  }
  if (typeof value !== "object" || value === null) return [`${key}=${encode(textOf(value))}`];
  const pairs = pairsOf(value).map(([part, one]) => [encode(part), encode(textOf(one))] as const);
  if (style === "deepObject") return pairs.map(([part, one]) => `${key}%5B${part}%5D=${one}`);
  if (explode) return pairs.map(([part, one]) => `${part}=${one}`);
  return pairs.length === 0 ? [] : [`${key}=${pairs.flat().join(",")}`];
}

const delimiters: { readonly [style: string]: string } = { spaceDelimited: "%20", pipeDelimited: "%7C" };

function setHeader(headers: Headers, parameter: ParameterOf, value: Json): void {
  const text = simple(parameter, value, (part) => part);
  try {
    headers.set(parameter.name, text);
  } catch {
    throw new Unsendable("a text that a header can hold");
  }
}

function pairsOf(value: Json): readonly (readonly [string, Json])[] {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject
    ? Object.entries(value as Values).flatMap(([key, one]) => (one == null ? [] : [[key, one]]))
    : [];
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function encode(text: string): string {
  if (!text.isWellFormed()) throw new Unsendable("text without half a character");
  return encodeURIComponent(text);
}
