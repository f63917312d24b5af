/** Tools that are told as a list of names and JSON Schemas, as models are given them; the host says how one is called. */
import type { Json } from "../model/json.ts";
import { bind, refuseUnknown } from "./bind.ts";
import { readList, type DocumentSource } from "./document.ts";
import { isFields, textIn } from "./schema/fields.ts";
import type { ImportedTools, Source, Tool } from "./tool.ts";
import { farFailure, ToolsError } from "./tools-error.ts";

/** Calls one tool: what it takes as JSON, and a signal that fires when nobody waits any more. */
export type CallTool = (
  tool: string,
  input: Json | undefined,
  options: { readonly signal: AbortSignal | undefined },
) => unknown;

export interface JsonSchemaOptions {
  /** Calls one tool by its name in the list, with JSON; what it throws, a script gets as a `ToolError`. */
  readonly call: CallTool;
}

/**
 * A list of tools as host functions, for the `createRegistry` of the definition that `isobind import json-schema` wrote. The list is a file (JSON or
 * YAML) or its content: `[{ name, description, inputSchema, outputSchema }]`; `input_schema`, `parameters` and OpenAI's `function` are
 * understood too.
 *
 * Rejects with a `ToolsError`: `ERR_TOOLS_CHANGED` when tools are gone or take or give something else; `ERR_TOOLS_SOURCE` for what is no list. What `call`
 * throws, a script gets as a `ToolError`.
 *
 * @example
 * const bindings = await fromJsonSchema("tools.json", tools, {
 *   call: (name, input, { signal }) => post(`/tools/${name}`, input, signal),
 * });
 */
export async function fromJsonSchema<Bindings = unknown>(
  list: DocumentSource,
  imported: ImportedTools<Bindings> | undefined,
  options: JsonSchemaOptions,
): Promise<Bindings> {
  refuseUnknown("fromJsonSchema", options, ["call"]);
  return bind(await jsonSchemaSource(list, options.call), imported);
}

export async function jsonSchemaSource(list: DocumentSource, call: CallTool): Promise<Source> {
  const { content: document, whole } = await readList(list);
  const tools = isFields(document) && Array.isArray(document["tools"]) ? document["tools"] : document;
  if (!Array.isArray(tools)) {
    throw new ToolsError(
      "ERR_TOOLS_SOURCE",
      "This is no list of tools.",
      'Write `[{ "name": …, "inputSchema": { … } }]`, or the same below `tools`.',
    );
  }
  return {
    kind: "json-schema",
    settings: {},
    tools: await Promise.all(
      tools.map(async (one: unknown, at) => {
        const tool = toolOf(one, at, document, call);
        return { ...tool, input: await whole(tool.input), result: await whole(tool.result) };
      }),
    ),
    left: [],
    throws: [],
  };
}

function toolOf(listed: unknown, at: number, document: unknown, call: CallTool): Tool {
  const tool = isFields(listed) && isFields(listed["function"]) ? listed["function"] : listed;
  if (!isFields(tool) || typeof tool["name"] !== "string" || tool["name"] === "") {
    throw new ToolsError("ERR_TOOLS_SOURCE", `The tool at place ${at + 1} has no name.`, "Give it a `name`.");
  }
  const name = tool["name"];
  return {
    name,
    place: name.split("."),
    description: textIn(tool, "description"),
    input: tool["inputSchema"] ?? tool["input_schema"] ?? tool["parameters"] ?? null,
    result: tool["outputSchema"] ?? tool["output_schema"] ?? true,
    document,
    call: async (json, signal) => {
      try {
        return await call(name, json, { signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw farFailure(name, error);
      }
    },
  };
}
