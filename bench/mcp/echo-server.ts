/** The SDK's own server with a tool that gives back its text: what a call over stdio costs at least. */
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

serveStdio(() => {
  const server = new McpServer({ name: "echo", version: "1" });
  const inputSchema = fromJsonSchema<{ text: string }>({
    type: "object",
    properties: { text: { type: "string" } },
    required: ["text"],
  });
  server.registerTool("echo", { inputSchema }, ({ text }) => ({ content: [{ type: "text", text }] }));
  return server;
});
