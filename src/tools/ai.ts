/**
 * Tools of the AI SDK. Nothing there checks what a tool is called with or gives (the SDK does so around a model), so it is done here: by the JSON Schema, and
 * then by the tool's own `validate`, which may also transform.
 */
import { randomUUID } from "node:crypto";
import type { JsonSchema } from "./schema/read.ts";
import { bind, refuseUnknown } from "./bind.ts";
import { isFields, textIn } from "./schema/fields.ts";
import type { ImportedTools, Source, Tool } from "./tool.ts";
import { loadPeer } from "../optional-peers/load-peer.ts";
import { farFailure, peerMissing, ToolError, ToolsError } from "./tools-error.ts";

/** What `asSchema` of `ai` gives. */
interface AiSchema {
  readonly jsonSchema: JsonSchema | PromiseLike<JsonSchema>;
  readonly validate?: (value: unknown) => Validation | PromiseLike<Validation>;
}

type Validation =
  { readonly success: true; readonly value: unknown } | { readonly success: false; readonly error: Error };

export interface AiToolsOptions {
  /** `context` of a tool's `execute`, for tools that have a `contextSchema`. */
  readonly context?: unknown;
}

/**
 * Tools of the AI SDK (`{ weather: tool({ … }) }`) as host functions, for the `createRegistry` of the definition that `isobind import ai` wrote.
 *
 * Rejects with a `ToolsError`: `ERR_TOOLS_CHANGED` when tools are gone or take or give something else; `ERR_TOOLS_SOURCE` for what is no set of tools, and
 * when `ai` is not installed. A call throws a `ToolError`.
 *
 * @example
 * import { tools as imported } from "./bindings.ts";
 *
 * const registry = createRegistry(await fromAiTools(tools, imported));
 */
export async function fromAiTools<Bindings = unknown>(
  tools: object,
  imported?: ImportedTools<Bindings>,
  options: AiToolsOptions = {},
): Promise<Bindings> {
  refuseUnknown("fromAiTools", options, ["context"]);
  return bind(await aiSource(tools, options), imported);
}

export async function aiSource(tools: unknown, options: AiToolsOptions = {}): Promise<Source> {
  if (!isFields(tools)) {
    throw new ToolsError(
      "ERR_TOOLS_SOURCE",
      "These are no tools of the AI SDK.",
      "Give an object whose values were made by `tool()`.",
    );
  }
  const { asSchema } = await loadSdk();
  const left: string[] = [];
  const found: Tool[] = [];
  for (const [name, tool] of Object.entries(tools)) {
    const reason = reasonAgainst(tool);
    if (reason !== null || !isFields(tool))
      left.push(`\`${name}\` is left out: ${reason ?? "it is no tool"}.`);
    else found.push(await toolOf(name, tool, asSchema, options));
  }
  return { kind: "ai", settings: {}, tools: found, left, throws: [] };
}

function reasonAgainst(tool: unknown): string | null {
  if (!isFields(tool)) return "it is no tool";
  if (tool["type"] === "provider" && tool["isProviderExecuted"] === true)
    return "its provider runs it, and not this program";
  if (typeof tool["execute"] !== "function") return "it has no `execute`";
  // A call of a script is not shown to anybody first.
  if (tool["needsApproval"] !== undefined && tool["needsApproval"] !== false)
    return "it needs an approval, and a script's call would not wait for one";
  return null;
}

async function toolOf(
  name: string,
  tool: { readonly [key: string]: unknown },
  asSchema: (schema: unknown) => AiSchema,
  options: AiToolsOptions,
): Promise<Tool> {
  const input = asSchema(tool["inputSchema"]);
  const output = tool["outputSchema"] === undefined ? null : asSchema(tool["outputSchema"]);
  const execute = tool["execute"] as (input: unknown, options: object) => unknown;
  const description = typeof tool["description"] === "string" ? tool["description"] : "";
  return {
    name,
    place: name.split("."),
    description: description || textIn(tool, "title"),
    input: await input.jsonSchema,
    result: output === null ? true : await output.jsonSchema,
    call: async (json, signal) => {
      const value = await valid(
        input,
        json ?? {},
        (why) =>
          new ToolError(
            "ERR_TOOL_ARGUMENT",
            name,
            `The argument of \`${name}\` is refused by its own schema: ${why}`,
          ),
      );
      let result: unknown;
      try {
        result = await last(
          execute(value, {
            toolCallId: randomUUID(),
            messages: [],
            context: options.context,
            ...(signal !== undefined && { abortSignal: signal }),
          }),
        );
      } catch (error) {
        signal?.throwIfAborted();
        throw farFailure(name, error);
      }
      if (output === null) return result;
      return await valid(
        output,
        result,
        (why) =>
          new ToolError(
            "ERR_TOOL_RESULT",
            name,
            `The result of \`${name}\` is refused by its own schema: ${why}`,
          ),
      );
    },
  };
}

async function valid(schema: AiSchema, value: unknown, refuse: (why: string) => ToolError): Promise<unknown> {
  const checked = await schema.validate?.(value);
  if (checked === undefined) return value;
  if (checked.success) return checked.value;
  throw refuse(checked.error.message.slice(0, 4000));
}

/** Of a generator what it yields last, as the SDK takes it; what it returns is dropped there too. */
async function last(result: unknown): Promise<unknown> {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return await result;
  let value: unknown;
  for await (const one of result as AsyncIterable<unknown>) value = one;
  return value;
}

async function loadSdk(): Promise<{ asSchema: (schema: unknown) => AiSchema }> {
  return (await loadPeer({
    name: "ai",
    who: "Reading tools of the AI SDK",
    load: () => import("ai"),
    refuse: peerMissing,
  })) as unknown as { asSchema: (schema: unknown) => AiSchema };
}
