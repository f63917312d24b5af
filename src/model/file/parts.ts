/**
 * Reads the pieces of a contract between the tree and its shapes, as `contract.json` and the tables of generated registries
 * hold them. What is false, empty or `null` may be left out.
 */
import {
  nowhere,
  type ContractGlobals,
  type Declaration,
  type ScriptKind,
  type Signature,
  type ThrownError,
} from "../contract.ts";
import { limitNames, markNames, type Policy } from "../policy.ts";
import type { Fields as TableFields } from "../fields.ts";
import { declarationFields, signatureFields, thrownFields } from "../pieces.ts";
import type { Shape } from "../shape.ts";
import { doc } from "./doc.ts";
import { fail, record, string, type Fields } from "./fields.ts";
import { readFields, shape } from "./shape.ts";

export function policy(data: unknown, at: string): Policy {
  const value = record(data, at);
  const found: { -readonly [K in keyof Policy]: Policy[K] } = {};
  for (const name of limitNames) {
    const limit = value[name];
    if (limit === undefined) continue;
    if (typeof limit !== "number") fail(`${at}.${name}`, "a number");
    found[name] = limit;
  }
  for (const name of markNames) {
    const mark = value[name];
    if (mark === undefined || mark === false) continue;
    if (mark !== true) fail(`${at}.${name}`, "true");
    found[name] = true;
  }
  return found;
}

export function thrown(data: unknown, at: string): ThrownError {
  return piece(thrownFields, data, at) as unknown as ThrownError;
}

export function signature(data: unknown, at: string): Signature {
  return piece(signatureFields, data, at) as unknown as Signature;
}

export function declaration(data: unknown, at: string): Declaration {
  return piece(declarationFields, data, at) as unknown as Declaration;
}

function piece(fields: TableFields, data: unknown, at: string): Fields {
  return readFields(fields, record(data, at), at);
}

export function script(data: unknown, at: string): ScriptKind {
  const value = record(data, at);
  const part = (key: "input" | "result"): Shape | null =>
    value[key] === undefined ? null : shape(value[key], `${at}.${key}`);
  return {
    name: string(value["name"], `${at}.name`),
    input: part("input"),
    result: part("result"),
    doc: doc(value["doc"], `${at}.doc`),
    ...partDocs(value, at),
    source: nowhere,
  };
}

export function globals(data: unknown, at: string): ContractGlobals {
  const value = record(data, at);
  const read = shape(value["shape"], `${at}.shape`);
  if (read.kind !== "object") fail(`${at}.shape`, "an object");
  return { properties: read.properties, doc: doc(value["doc"], `${at}.doc`), source: nowhere };
}

function partDocs(value: Fields, at: string): Pick<ScriptKind, "partDocs"> {
  const found = (["input", "result"] as const).flatMap((part) => {
    const key = `${part}Doc`;
    return value[key] === undefined ? [] : [[part, doc(value[key], `${at}.${key}`)] as const];
  });
  return found.length === 0 ? {} : { partDocs: Object.fromEntries(found) };
}
