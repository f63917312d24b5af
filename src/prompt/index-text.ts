/**
 * Prints the index of an API: the names of bindings that are not shown, by namespace, and how one comes by more.
 *
 * ```
 * // Not shown here. describe("files.read") shows a binding, describe("files") a namespace; search("some words") finds them:
 * //   files: read, write, list
 * //   users.admin: create, remove
 * ```
 */
import { counted } from "../model/counted.ts";
import type { Leaf } from "../model/contract.ts";

/** How a script or a model asks for what is not shown, as it would be written before the `(`. */
export interface Lookup {
  /** Default `describe`. */
  readonly describe: string;
  /** Default `search`. */
  readonly search: string;
}

/** How much the index says: every name, or for each namespace how many it has, or only that there is more. */
export const indexDetails = ["names", "counts", "total"] as const;

export type IndexDetail = (typeof indexDetails)[number];

/** Nothing for no leaves; else lines that end with a line end. */
export function indexText(leaves: readonly Leaf[], lookup: Lookup, detail: IndexDetail): string {
  const [first] = leaves;
  if (first === undefined) return "";
  const many = counted(leaves.length, "binding is", "bindings are");
  const head = `// ${many} not shown: ${lookup.describe}("${first.path.join(".")}") shows one, ${lookup.search}("some words") finds some${detail === "total" ? "." : ":"}`;
  const groups = Map.groupBy(leaves, ({ path }) => path.slice(0, -1).join("."));
  const lines = [...groups].map(([namespace, inside]) => {
    const names = inside.map(({ name }) => name).join(", ");
    if (detail === "names") return namespace === "" ? `//   ${names}` : `//   ${namespace}: ${names}`;
    return namespace === "" ? `//   ${names}` : `//   ${namespace} (${inside.length})`;
  });
  return `${[head, ...(detail === "total" ? [] : lines)].join("\n")}\n`;
}
