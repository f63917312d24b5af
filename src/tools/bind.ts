/**
 * Makes host functions of a plan: what a call takes is converted and checked by its schema, the far side is called, and its answer is converted back. Whether
 * arguments and results have their declared types is for the registry that the functions are given to.
 */
import type { BindingTree } from "../model/registry.ts";
import type { Json } from "../model/json.ts";
import { callContextSlot } from "../registry/call-context.ts";
import { unknownOptions } from "../model/option-names.ts";
import { place } from "./names.ts";
import { pinsOf, planOf, type Plan, type PlannedTool } from "./plan.ts";
import type { ImportedTools, Source } from "./tool.ts";
import type { SchemaNode } from "./schema/node.ts";
import { ToolError, ToolsError } from "./tools-error.ts";
import { startCheck, type Look } from "./wire/check.ts";
import { holdsNoJson, startConversion } from "./wire/convert.ts";
import { isDeeper, jsonOf } from "./wire/json.ts";
import { startTurning } from "./wire/turning.ts";

/** Of an answer in which something is converted. A deeper one could not go on to a script. */
const mostLevels = 500;

/** The tree of functions. With what a definition says of the far side, throws `ERR_TOOLS_CHANGED` when it is another. */
export function bind<Bindings>(source: Source, imported: ImportedTools<Bindings> | undefined): Bindings {
  const plan = imported === undefined ? planOf(source, place(source.tools, {})) : expected(source, imported);
  return treeOf(plan) as Bindings;
}

/** The plan of the tools that a definition has, when they are still what they were. */
function expected(source: Source, imported: ImportedTools): Plan {
  if (imported.from !== source.kind) {
    throw new ToolsError(
      "ERR_TOOLS_CHANGED",
      `The definition was made from ${imported.from}, and not from ${source.kind}.`,
      "Give it to the function of its own kind.",
    );
  }
  const now = new Map(source.tools.map((tool) => [tool.name, tool]));
  const gone = imported.tools.filter(([, name]) => !now.has(name)).map(([, name]) => `\`${name}\` is gone`);
  const placed = imported.tools.flatMap(([binding, name]) => {
    const tool = now.get(name);
    return tool === undefined ? [] : [{ tool, path: binding.split(".") }];
  });
  const plan = planOf(source, placed);
  const hashes = new Map(imported.tools.map(([, name, hash]) => [name, hash]));
  const changed = plan.tools
    .filter(({ tool, hash }) => hashes.get(tool.name) !== hash)
    .map(({ tool }) => `\`${tool.name}\` takes or gives something else`);
  if (gone.length + changed.length > 0 || pinsOf(plan).digest !== imported.digest) {
    const what = [...gone, ...changed].join(", ") || "its digest is another";
    throw new ToolsError(
      "ERR_TOOLS_CHANGED",
      `The far side is not what the definition was made from: ${what}.`,
      `Run the same \`isobind import ${source.kind}\` again, and then \`isobind generate\`.`,
    );
  }
  return plan;
}

function treeOf(plan: Plan): BindingTree {
  const root: Tree = {};
  const look: Look = (name) => plan.definitions.get(name)?.node ?? { kind: "any" };
  const turns = startTurning(look);
  for (const tool of plan.tools) {
    let at = root;
    for (const step of tool.path.slice(0, -1)) at = (at[step] ??= {}) as Tree;
    at[tool.path.at(-1) ?? ""] = functionOf(tool, look, turns);
  }
  return root as BindingTree;
}

interface Tree {
  [name: string]: Tree | ((input?: unknown) => Promise<unknown>);
}

function functionOf(
  { tool, input, result, path }: PlannedTool,
  look: Look,
  turns: (node: SchemaNode) => boolean,
) {
  const refuse = (at: string, expected: string): ToolError =>
    new ToolError(
      "ERR_TOOL_ARGUMENT",
      tool.name,
      `The argument \`input${at}\` of ${path.join(".")} must be ${expected}.`,
    );

  return async (value?: unknown): Promise<unknown> => {
    let json: Json | undefined;
    if (input !== null) {
      // Without what is shared, so that no later step is longer than the JSON.
      const tree = jsonOf(value ?? {}, holdsNoJson);
      if ("mismatch" in tree) throw refuse(tree.mismatch.at, tree.mismatch.expected);
      const sent = jsonOf(startConversion("out", look, turns)(input, tree.json));
      if ("mismatch" in sent) throw refuse(sent.mismatch.at, sent.mismatch.expected);
      const mismatch = startCheck(look)(input, sent.json);
      if (mismatch !== null) throw refuse(mismatch.at, mismatch.expected);
      json = sent.json;
    }
    const signal = (callContextSlot.current ?? callContextSlot.store?.getStore())?.signal;
    signal?.throwIfAborted();
    const answer: unknown = await tool.call(json, signal);
    if (result === null || !turns(result)) return result === null ? undefined : answer;
    if (isDeeper(answer, mostLevels))
      throw new ToolError(
        "ERR_TOOL_RESULT",
        tool.name,
        `The answer of ${path.join(".")} is nested over ${mostLevels} levels.`,
      );
    return startConversion("in", look, turns)(result, answer);
  };
}

/** An option that does not exist is a mistake, and no wish to be ignored. */
export function refuseUnknown(call: string, options: object, names: readonly string[]): void {
  const known = Object.fromEntries(names.map((name): [string, true] => [name, true]));
  const why = unknownOptions(call, options, known);
  if (why === null) return;
  throw new ToolsError("ERR_TOOLS_OPTION", why, `It has ${names.map((one) => `\`${one}\``).join(", ")}.`);
}
