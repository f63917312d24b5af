/**
 * Reads `contract.json` back. The file may come from another version, a merge conflict or a stranger: everything in it
 * is looked at, and what does not fit is one error that names the place.
 */
import {
  nowhere,
  type Contract,
  type Declaration,
  type Leaf,
  type Mode,
  type Parameter,
  type Signature,
  type ThrownError,
  type TreeNode,
  type TypeParameter,
} from "./contract.ts";
import { doc } from "./deserialize/doc.ts";
import {
  ContractFormatError,
  fail,
  list,
  oneOf,
  optionalList,
  record,
  string,
  type Fields,
} from "./deserialize/fields.ts";
import { quantities, shape } from "./deserialize/shape.ts";
import type { Policy } from "./policy.ts";
import type { ContractProfile } from "./profile.ts";
import { contractFormat } from "./serialize.ts";
import type { Shape } from "./shape.ts";

export { ContractFormatError } from "./deserialize/fields.ts";

/**
 * The contract a `contract.json` holds. Locations are `nowhere`.
 *
 * Throws a `ContractFormatError` for anything else.
 *
 * @example
 * const before = parseContract(await readFile("generated/contract.json", "utf8"));
 */
export function parseContract(text: string): Contract {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    throw new ContractFormatError("This is not JSON.");
  }
  const top = record(data, "");
  if (top["isobind"] !== contractFormat) {
    throw new ContractFormatError(
      typeof top["isobind"] === "number"
        ? `This contract is of format ${top["isobind"]}; this version of isobind reads format ${contractFormat}.`
        : "This is not a contract of isobind.",
    );
  }
  const root = node(top["root"], "root", []);
  if (root.kind !== "namespace") fail("root", "a namespace");
  return {
    style: oneOf(top["style"], "style", ["contract", "implementation"]),
    root,
    declarations: list(top["declarations"], "declarations", declaration),
    ...(top["profile"] === undefined ? {} : { profile: profile(top["profile"], "profile") }),
  };
}

function profile(data: unknown, at: string): ContractProfile {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    excluded: list(value["excluded"], `${at}.excluded`, (part, partAt) => {
      const leaf = record(part, partAt);
      return {
        path: list(leaf["path"], `${partAt}.path`, string),
        mode: oneOf(leaf["mode"], `${partAt}.mode`, modes),
        profiles: list(leaf["profiles"], `${partAt}.profiles`, string),
      };
    }),
  };
}

function node(data: unknown, at: string, path: readonly string[]): TreeNode {
  const value = record(data, at);
  const kind = oneOf(value["kind"], `${at}.kind`, ["namespace", "leaf"]);
  const name = path.length === 0 ? "" : string(value["name"], `${at}.name`);
  if (path.length > 0 && path.at(-1) !== name) fail(`${at}.name`, "the name in the path");
  const common = { name, path, doc: doc(value["doc"], `${at}.doc`), source: nowhere };
  if (kind === "leaf") return leaf(value, at, common);
  const members = list(value["members"], `${at}.members`, (member, memberAt) =>
    node(member, memberAt, [...path, string(record(member, memberAt)["name"], `${memberAt}.name`)]),
  );
  return { kind, ...common, members };
}

type Common = Pick<Leaf, "name" | "path" | "doc" | "source">;

function leaf(value: Fields, at: string, common: Common): Leaf {
  const [first, ...rest] = list(value["signatures"], `${at}.signatures`, signature);
  if (first === undefined) fail(`${at}.signatures`, "at least one signature");
  return {
    kind: "leaf",
    ...common,
    signatures: [first, ...rest],
    policy: policy(value["policy"], `${at}.policy`),
    throws: list(value["throws"], `${at}.throws`, thrown),
  };
}

function policy(data: unknown, at: string): Policy {
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

function thrown(data: unknown, at: string): ThrownError {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    description: string(value["description"], `${at}.description`),
  };
}

const modes: readonly Mode[] = ["sync", "async", "maybe"];

function signature(data: unknown, at: string): Signature {
  const value = record(data, at);
  return {
    mode: oneOf(value["mode"], `${at}.mode`, modes),
    typeParameters: optionalList(value["typeParameters"], `${at}.typeParameters`, typeParameter),
    parameters: list(value["parameters"], `${at}.parameters`, parameter),
    result: shape(value["result"], `${at}.result`),
    source: nowhere,
  };
}

function parameter(data: unknown, at: string): Parameter {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    quantity: oneOf(value["quantity"], `${at}.quantity`, quantities),
    source: nowhere,
  };
}

function typeParameter(data: unknown, at: string): TypeParameter {
  const value = record(data, at);
  const bound = (key: string): Shape | null =>
    value[key] === undefined ? null : shape(value[key], `${at}.${key}`);
  return {
    name: string(value["name"], `${at}.name`),
    constraint: bound("constraint"),
    default: bound("default"),
  };
}

function declaration(data: unknown, at: string): Declaration {
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
