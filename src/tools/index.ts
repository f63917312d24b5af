/**
 * `isobind/tools`: tools that exist elsewhere, as host functions of a definition that `isobind import` wrote. Loads no compiler and no engine; `ai` and the parser of
 * documents are loaded when they are used.
 */
export { fromAiTools, type AiToolsOptions } from "./ai.ts";
export type { DocumentSource } from "./document.ts";
export { fromJsonSchema, type CallTool, type JsonSchemaOptions } from "./json-schema.ts";
export { fromMcp, type McpClient, type McpToolsOptions } from "./mcp.ts";
export {
  fromOpenApi,
  type OpenApiOptions,
  type OpenApiRequest,
  type RequestHeaders,
} from "./openapi/openapi.ts";
export type { ImportedTools, SourceKind, SourceSettings } from "./tool.ts";
export { HttpError, ToolError, ToolsError, type ToolErrorCode, type ToolsErrorCode } from "./tools-error.ts";
