/**
 * `isobind/mcp`: scripts as a tool of the Model Context Protocol. Loads its SDK, `@modelcontextprotocol/server`, when a server is made.
 * `fromMcp`, the other way round, is of `isobind/tools` too.
 */
export { createMcpHandler, type McpHandler, type McpHandlerOptions } from "./http/handler.ts";
export { serveHttp, type HttpOptions, type HttpServer } from "./http/serve.ts";
export type { McpOptions, SessionAbout, SessionChoice } from "./options.ts";
export { serveStdio, type StdioServer, type StdioStreams } from "./stdio.ts";
export { fromMcp, type McpClient, type McpToolsOptions } from "../tools/mcp.ts";
export type { ScriptToolOptions } from "../script-tool/options.ts";
