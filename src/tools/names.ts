/**
 * Gives every tool a legal place in the tree. A name that is none is made one and announced; two tools that would have one name are refused by their
 * names, because any choice between them would change with the order of a stranger's list.
 */
import { maxDepth, maxLeaves } from "../model/limits.ts";
import {
  invalidReason,
  isKeyword,
  normalizedKey,
  reservedReason,
  suggestName,
  visible,
} from "../model/names.ts";
import { didYouMean } from "../model/suggest.ts";
import type { Tool } from "./tool.ts";
import { ToolsError } from "./tools-error.ts";

export interface Choice {
  /** The far side's names of the tools that are wanted; all when it is empty. */
  readonly only?: readonly string[];
  /** The far side's name -> dotted name of the binding. */
  readonly rename?: { readonly [tool: string]: string };
}

export interface Placed {
  readonly tool: Tool;
  readonly path: readonly string[];
}

/** The tools that are wanted, in their order. Throws `ERR_TOOLS_NAME`. */
export function place(tools: readonly Tool[], { only = [], rename = {} }: Choice): readonly Placed[] {
  const names = tools.map(({ name }) => name);
  for (const name of [...only, ...Object.keys(rename)]) {
    if (!names.includes(name)) {
      throw new ToolsError(
        "ERR_TOOLS_NAME",
        `There is no tool \`${visible(name)}\`.${didYouMean(name, names)}`,
        `There are ${listed(names)}.`,
      );
    }
  }
  const wanted = only.length === 0 ? tools : tools.filter(({ name }) => only.includes(name));
  const placed = wanted.map((tool): Placed => {
    const renamed = Object.hasOwn(rename, tool.name) ? rename[tool.name]?.split(".") : undefined;
    return { tool, path: legalPath(renamed ?? tool.place) };
  });
  refuseCollisions(placed);
  if (placed.length > maxLeaves) {
    throw new ToolsError(
      "ERR_TOOLS_NAME",
      `There are ${placed.length} tools; a definition has at most ${maxLeaves} bindings.`,
      `Name those you want with \`--only\`: ${listed(placed.map(({ tool }) => tool.name))}.`,
    );
  }
  return placed;
}

/** Steps that are too deep are joined to the last one that is not. */
function legalPath(place: readonly string[]): readonly string[] {
  const steps = place.filter((step) => step !== "");
  const [head, tail] = [steps.slice(0, maxDepth - 1), steps.slice(maxDepth - 1)];
  const path = [...head, ...(tail.length > 0 ? [tail.join("-")] : [])].map(legalName);
  return path.length === 0 ? ["call"] : path;
}

/** The name itself when scripts can write it everywhere, else one that is like it. */
export function legalName(name: string): string {
  const isFine = invalidReason(name) === null && reservedReason(name) === null && !isKeyword(name);
  return isFine && visible(name) === name ? name : suggestName(name);
}

function refuseCollisions(placed: readonly Placed[]): void {
  const owners = new Map<string, Placed>();
  const problems: string[] = [];
  for (const one of placed) {
    const key = keyOf(one.path);
    const other = owners.get(key);
    if (other !== undefined) {
      problems.push(
        `\`${visible(other.tool.name)}\` and \`${visible(one.tool.name)}\` would both be \`${one.path.join(".")}\``,
      );
    } else owners.set(key, one);
  }
  for (const one of placed) {
    for (let depth = 1; depth < one.path.length; depth++) {
      const leaf = owners.get(keyOf(one.path.slice(0, depth)));
      if (leaf === undefined) continue;
      problems.push(
        `\`${visible(leaf.tool.name)}\` would be \`${leaf.path.join(".")}\`, which is the namespace of \`${visible(one.tool.name)}\``,
      );
    }
  }
  if (problems.length === 0) return;
  throw new ToolsError(
    "ERR_TOOLS_NAME",
    `${problems.join("; ")}.`,
    "Give one of them another name, for example `--rename that-tool=otherName`.",
  );
}

function keyOf(path: readonly string[]): string {
  return path.map(normalizedKey).join(".");
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => `\`${visible(name)}\``);
  return names.length > shown.length
    ? `${shown.join(", ")} and ${names.length - shown.length} more`
    : shown.join(", ") || "none";
}
