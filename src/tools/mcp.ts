/**
 * Tools of an MCP server, through a connected client of the official SDK. The client is the host's: how it connects, and when it is closed, is not known
 * here.
 */
import { bind, refuseUnknown } from "./bind.ts";
import { isFields, textIn } from "./schema/fields.ts";
import type { ImportedTools, Source, SourceSettings, Tool } from "./tool.ts";
import { farFailure, ToolError, ToolsError } from "./tools-error.ts";

/** What is used of a `Client` of `@modelcontextprotocol/client`. */
export interface McpClient {
  listTools(params?: {
    cursor: string;
  }): Promise<{ tools: readonly unknown[]; nextCursor?: string | undefined }>;
  callTool(
    params: { name: string; arguments?: { [key: string]: unknown } },
    options?: {
      signal?: AbortSignal;
      timeout?: number;
      resetTimeoutOnProgress?: boolean;
      onprogress?: (progress: { progress: number }) => void;
    },
  ): Promise<unknown>;
}

export interface McpToolsOptions {
  /**
   * Milliseconds without an answer or progress after which a call is given up. Default: the client's own 60,000. A `@timeout` of a binding ends a call
   * as well, and tells the server.
   */
  readonly timeoutMs?: number;
}

/**
 * The tools of a server as host functions, for the `createRegistry` of the definition that `isobind import mcp` wrote. Without that definition's `tools` the
 * functions are those of the server as it is now, and nothing says whether they have changed.
 *
 * A result is `structuredContent` where the tool has a schema of it, else its text. Rejects with a `ToolsError`: `ERR_TOOLS_CHANGED` when tools are gone
 * or take or give something else, with their names. A call throws a `ToolError`.
 *
 * @example
 * import { tools } from "./bindings.ts";
 *
 * const registry = createRegistry(await fromMcp(client, tools));
 */
export async function fromMcp<Bindings = unknown>(
  client: McpClient,
  imported?: ImportedTools<Bindings>,
  options: McpToolsOptions = {},
): Promise<Bindings> {
  refuseUnknown("fromMcp", options, ["timeoutMs"]);
  return bind(await mcpSource(client, imported?.settings ?? {}, options), imported);
}

/** A list that goes on for longer does not end. */
const mostPages = 100;

export async function mcpSource(
  client: McpClient,
  settings: SourceSettings,
  options: McpToolsOptions = {},
): Promise<Source> {
  const listed: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages && (page === 0 || cursor !== undefined); page++) {
    const { tools, nextCursor } = await client.listTools(cursor === undefined ? undefined : { cursor });
    listed.push(...tools);
    cursor = nextCursor;
  }
  const content = settings.content ?? "text";
  return {
    kind: "mcp",
    settings: content === "text" ? {} : { content },
    tools: listed.map((one) => toolOf(client, one, content, options)),
    left: [],
    throws: [],
  };
}

function toolOf(
  client: McpClient,
  listed: unknown,
  content: "text" | "blocks",
  options: McpToolsOptions,
): Tool {
  if (!isFields(listed) || typeof listed["name"] !== "string") {
    throw new ToolsError("ERR_TOOLS_SOURCE", "The server lists a tool without a name.", "Ask its author.");
  }
  const name = listed["name"];
  const { outputSchema, inputSchema } = listed;
  const isStructured = outputSchema !== undefined;
  const inner = innerOf(outputSchema);
  return {
    name,
    place: name.split("."),
    description: textIn(listed, "description") || textIn(listed, "title"),
    input: inputSchema ?? null,
    result: isStructured ? (inner ?? outputSchema) : content === "text" ? { type: "string" } : blocks,
    call: async (input, signal) => {
      const answer = await callTool(client, name, input, signal, options);
      if (answer["isError"] === true) throw new ToolError("ERR_TOOL_FAILED", name, messageOf(answer));
      if (isStructured) {
        const whole = answer["structuredContent"];
        const result = inner === undefined ? whole : isFields(whole) ? whole["result"] : undefined;
        if (result !== undefined) return result;
        throw new ToolError(
          "ERR_TOOL_RESULT",
          name,
          `\`${name}\` gave no structured content, which it had promised.`,
        );
      }
      return content === "blocks" ? (answer["content"] ?? []) : textOf(answer, name);
    },
  };
}

/**
 * A result that is no object has one around it in protocol 2025-11-25, and none in the next: `{ result: [1] }` and `[1]`. Both are what is inside, so that a definition
 * fits a client of either. `undefined` for any other schema.
 */
function innerOf(schema: unknown): unknown {
  if (!isFields(schema) || !isFields(schema["properties"])) return undefined;
  const { $schema: _dialect, type, properties, required, ...others } = schema;
  const isWrapper =
    type === "object" &&
    Object.keys(properties as object).join() === "result" &&
    Array.isArray(required) &&
    required.join() === "result" &&
    Object.keys(others).every((name) => name === "$defs" || name === "definitions");
  const inner = isWrapper ? (properties as { readonly result: unknown }).result : undefined;
  // What refers to the whole schema cannot stand alone.
  return isFields(inner) && inner["type"] !== "object" && !JSON.stringify(inner).includes('"$ref"')
    ? inner
    : undefined;
}

async function callTool(
  client: McpClient,
  name: string,
  input: unknown,
  signal: AbortSignal | undefined,
  { timeoutMs }: McpToolsOptions,
): Promise<{ readonly [key: string]: unknown }> {
  const options = {
    ...(signal !== undefined && { signal }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    resetTimeoutOnProgress: true,
    // A server is asked for progress only where somebody listens; without it nothing would reset the time.
    onprogress: () => {},
  };
  try {
    const answer = await client.callTool(
      { name, arguments: (input ?? {}) as { [key: string]: unknown } },
      options,
    );
    if (isFields(answer)) return answer;
  } catch (error) {
    signal?.throwIfAborted();
    throw farFailure(name, error);
  }
  throw new ToolError("ERR_TOOL_RESULT", name, `\`${name}\` gave no result.`);
}

/** The content blocks as they come; their fields differ by type. */
const blocks = {
  type: "array",
  items: {
    type: "object",
    properties: { type: { type: "string" } },
    required: ["type"],
    additionalProperties: true,
  },
};

function contentOf(answer: {
  readonly [key: string]: unknown;
}): readonly { readonly [key: string]: unknown }[] {
  const { content } = answer;
  return Array.isArray(content) ? content.filter(isFields) : [];
}

/** The text of all blocks; a picture is none. */
function textOf(answer: { readonly [key: string]: unknown }, name: string): string {
  const texts = contentOf(answer).map((block) => {
    if (block["type"] === "text") return textIn(block, "text");
    const resource = block["resource"];
    if (block["type"] === "resource" && isFields(resource) && typeof resource["text"] === "string")
      return resource["text"];
    throw new ToolError(
      "ERR_TOOL_RESULT",
      name,
      `\`${name}\` gave ${textIn(block, "type") || "something"} that is no text. A definition that was imported with \`--content blocks\` gives it.`,
    );
  });
  return texts.join("\n");
}

function messageOf(answer: { readonly [key: string]: unknown }): string {
  const texts = contentOf(answer).flatMap((block) =>
    block["type"] === "text" ? [textIn(block, "text")] : [],
  );
  return texts.join("\n").slice(0, 4000) || "The tool failed, and did not say why.";
}
