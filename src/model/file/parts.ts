/**
 * Reads the pieces of a contract between the tree and its shapes, as `contract.json` and the tables of generated registries
 * hold them. What is false, empty or `null` may be left out.
 */
import {
  nowhere,
  type Declaration,
  type Mode,
  type Parameter,
  type ScriptKind,
  type Signature,
  type ThrownError,
  type TypeParameter,
} from "../contract.ts";
import type { Policy } from "../policy.ts";
import { quantities, type Shape } from "../shape.ts";
import { doc } from "./doc.ts";
import { fail, list, oneOf, optionalList, record, string, type Fields } from "./fields.ts";
import { shape } from "./shape.ts";

export function policy(data: unknown, at: string): Policy {
  const value = record(data, at);
  const names = ["timeoutMs", "maxCalls", "maxConcurrency", "maxPayloadBytes"] as const;
  const found: { -readonly [K in keyof Policy]: Policy[K] } = {};
  for (const name of names) {
    const limit = value[name];
    if (limit === undefined) continue;
    if (typeof limit !== "number") fail(`${at}.${name}`, "a number");
    found[name] = limit;
  }
  return found;
}

export function thrown(data: unknown, at: string): ThrownError {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    description: string(value["description"], `${at}.description`),
  };
}

export const modes: readonly Mode[] = ["sync", "async", "maybe"];

export function signature(data: unknown, at: string): Signature {
  const value = record(data, at);
  return {
    mode: oneOf(value["mode"], `${at}.mode`, modes),
    typeParameters: optionalList(value["typeParameters"], `${at}.typeParameters`, typeParameter),
    parameters: list(value["parameters"], `${at}.parameters`, parameter),
    result: shape(value["result"], `${at}.result`),
    ...(value["doc"] === undefined ? {} : { doc: doc(value["doc"], `${at}.doc`) }),
    source: nowhere,
  };
}

function parameter(data: unknown, at: string): Parameter {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    quantity: oneOf(value["quantity"], `${at}.quantity`, quantities),
    ...(value["whole"] === undefined ? {} : { whole: shape(value["whole"], `${at}.whole`) }),
    source: nowhere,
  };
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

function partDocs(value: Fields, at: string): Pick<ScriptKind, "partDocs"> {
  const found = (["input", "result"] as const).flatMap((part) => {
    const key = `${part}Doc`;
    return value[key] === undefined ? [] : [[part, doc(value[key], `${at}.${key}`)] as const];
  });
  return found.length === 0 ? {} : { partDocs: Object.fromEntries(found) };
}

function typeParameter(data: unknown, at: string): TypeParameter {
  const value = record(data, at);
  const bound = (key: string): Shape | null =>
    value[key] === undefined ? null : shape(value[key], `${at}.${key}`);
  return {
    name: string(value["name"], `${at}.name`),
    ...(value["const"] === true && { const: true }),
    constraint: bound("constraint"),
    default: bound("default"),
  };
}

export function declaration(data: unknown, at: string): Declaration {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    kind: oneOf(value["kind"], `${at}.kind`, ["interface", "alias"]),
    typeParameters: optionalList(value["typeParameters"], `${at}.typeParameters`, typeParameter),
    shape: shape(value["shape"], `${at}.shape`),
    doc: doc(value["doc"], `${at}.doc`),
    source: nowhere,
  };
}
