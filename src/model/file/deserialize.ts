/**
 * Reads `contract.json` back. The file may come from another version, a merge conflict or a stranger: everything in it
 * is looked at, and what does not fit is one error that names the place.
 */
import { nowhere, type Contract, type Leaf, type TreeNode } from "../contract.ts";
import { doc } from "./doc.ts";
import { ContractFormatError, fail, list, oneOf, record, string, type Fields } from "./fields.ts";
import { modes } from "../pieces.ts";
import { declaration, globals, policy, script, signature, thrown } from "./parts.ts";
import type { ContractProfile } from "../profile.ts";
import { contractFormat } from "./serialize.ts";

export { ContractFormatError } from "./fields.ts";

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
  return readContract(data);
}

/** The contract in the content of a `contract.json`. Throws as `parseContract` does. */
export function readContract(data: unknown): Contract {
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
    ...(top["scripts"] !== undefined && { scripts: list(top["scripts"], "scripts", script) }),
    ...(top["globals"] !== undefined && { globals: globals(top["globals"], "globals") }),
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
