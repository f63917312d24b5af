/** The tools of a server in terms of the SDK: one that runs a script, two that look things up, and the declaration as a resource. */
import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ServerContext,
} from "@modelcontextprotocol/server";
import { toolNames } from "../script-tool/description.ts";
import type { ScriptSession, ScriptTool } from "../script-tool/tool.ts";
import type { Json } from "../model/json.ts";
import { canAsk, questionTo, replyIn } from "./approvals.ts";
import { progressTo } from "./progress.ts";
import { oneText, schemaOf } from "./schema.ts";
import type { Sdk } from "./peer.ts";
import type { HostContext } from "../registry/call-context.ts";
import type { Limits } from "../runtime/index.ts";

/** What a server gives its tools: those of one session. */
export interface Serving {
  readonly tool: ScriptTool;
  readonly session: ScriptSession;
  readonly context?: HostContext;
  readonly limits?: Limits;
  readonly onFault: (error: unknown) => void;
}

/** How often one script may stop for a person; the SDK's own eight are few for a loop over orders. */
const mostQuestions = 100;

const declarationUri = "isobind://secure-exec.d.ts";

export function makeServer(
  sdk: Sdk,
  about: { readonly name: string; readonly version: string },
  serving: Serving,
): McpServer {
  const server = new sdk.McpServer(about, { inputRequired: { maxRounds: mostQuestions } });
  const { tool } = serving;
  const output = tool.outputSchema;
  server.registerTool(
    toolNames.run,
    {
      title: "Run a script",
      description: tool.description,
      // What is wrong is answered with the run, in the same words for every protocol.
      inputSchema: schemaOf<unknown>(tool.inputSchema, () => null),
      ...(output !== null && { outputSchema: schemaOf<Json>(output, () => null) }),
    },
    (given, context) => runScript(sdk, server, serving, given, context),
  );
  const readOnly = { annotations: { readOnlyHint: true } };
  server.registerTool(
    toolNames.search,
    {
      title: "Search the API",
      description: "Finds functions that scripts may call: a line for each, its path and what it does.",
      inputSchema: oneText("words", "Some words, for example `orders of a customer`."),
      ...readOnly,
    },
    ({ words }) => said(tool.reference.search(words)),
  );
  server.registerTool(
    toolNames.describe,
    {
      title: "Describe a part of the API",
      description: "Shows a function, or all of a namespace, with its documentation and types.",
      inputSchema: oneText("path", "A dotted path, for example `orders.list` or `orders`."),
      ...readOnly,
    },
    ({ path }) => said(tool.reference.describe(path)),
  );
  const mimeType = "text/x-typescript";
  server.registerResource(
    "secure-exec.d.ts",
    declarationUri,
    { title: "What scripts may call", description: "The declaration scripts are checked against.", mimeType },
    ({ href }) => ({ contents: [{ uri: href, mimeType, text: tool.declaration }] }),
  );
  return server;
}

async function runScript(
  sdk: Sdk,
  server: McpServer,
  { session, context, limits, onFault }: Serving,
  given: unknown,
  request: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const progress = progressTo(request);
  const reply = replyIn(sdk, request);
  const answer = await session.run(given, {
    signal: request.mcpReq.signal,
    onFault,
    canAsk: canAsk(sdk, server, request),
    ...(reply && { reply }),
    ...(progress && { onProgress: progress.onProgress }),
    ...(context !== undefined && { context }),
    ...(limits && { limits }),
  });
  progress?.end();
  if (answer.question !== undefined) return questionTo(sdk, answer.question);
  return {
    ...said(answer.text),
    ...(answer.structured && { structuredContent: { ...answer.structured } }),
    ...(answer.status !== "ok" && { isError: true }),
  };
}

function said(text: string): CallToolResult {
  return { content: [{ type: "text", text }] };
}
