/** Finds the tools that `isobind import` is to write a definition of: connects to a server, reads a document or loads a module. */
import { resolve } from "node:path";
import { visible } from "../../model/names.ts";
import { loadPeer } from "../../optional-peers/load-peer.ts";
import type { Source, SourceKind, SourceSettings } from "../../tools/tool.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { importUserModule } from "../user-module.ts";
import { version } from "../version.ts";

export interface SourceFlags extends SourceSettings {
  readonly url?: string;
  readonly header?: readonly string[];
  readonly export?: string;
}

/** Throws a `UsageError` for words that name no source, or more than one, before anything else is looked at. */
export function refuseSource(kind: SourceKind, words: readonly string[], { url, header }: SourceFlags): void {
  if (kind !== "mcp") return refuseFiles(kind, words);
  if ((words.length === 0) !== (url !== undefined))
    throw new UsageError(
      "an MCP server is either started or reached by an address.",
      "For example `isobind import mcp -- node server.js`, or `isobind import mcp --url https://example.com/mcp`.",
    );
  if (url !== undefined) addressOf(url);
  headersIn(header ?? []);
}

/** `words` stand behind the kind: a command, or a file. They were looked at by `refuseSource`. */
export async function findSource(
  io: Io,
  kind: SourceKind,
  words: readonly string[],
  flags: SourceFlags,
): Promise<Source> {
  switch (kind) {
    case "mcp":
      return await fromServer(io, words, flags);
    case "openapi": {
      const { openApiSource } = await import("../../tools/openapi/openapi.ts");
      return await openApiSource(fileIn(io, words), flags);
    }
    case "json-schema": {
      const { jsonSchemaSource } = await import("../../tools/json-schema.ts");
      return await jsonSchemaSource(fileIn(io, words), () => {});
    }
    case "ai": {
      const { aiSource } = await import("../../tools/ai.ts");
      const exports = await importUserModule(fileIn(io, words), io.cwd);
      const name = flags.export ?? ("tools" in exports ? "tools" : "default");
      if (name in exports) return await aiSource(exports[name]);
      throw new UsageError(
        `\`${words[0] ?? ""}\` has no export \`${name}\`.`,
        "Export the tools as `tools` or as the default, or name them with `--export`.",
      );
    }
    default:
      return kind satisfies never;
  }
}

const files = { openapi: "petstore.yaml", ai: "tools.ts", "json-schema": "tools.json" } as const;

/** An address as it is; a path from the working folder. */
function fileIn(io: Io, [file = ""]: readonly string[]): string {
  return /^(?:https?|file):/u.test(file) ? file : resolve(io.cwd, file);
}

function refuseFiles(kind: keyof typeof files, words: readonly string[]): void {
  if (words.length === 1) return;
  throw new UsageError(
    `\`isobind import ${kind}\` takes one file.`,
    `For example \`isobind import ${kind} ${files[kind]}\`.`,
  );
}

async function fromServer(io: Io, words: readonly string[], flags: SourceFlags): Promise<Source> {
  const [command = "", ...args] = words;
  const { mcpSource } = await import("../../tools/mcp.ts");
  const { Client, StreamableHTTPClientTransport } = await loadClient(
    () => import("@modelcontextprotocol/client"),
  );
  const client = new Client({ name: "isobind", version: version() });
  try {
    if (flags.url !== undefined) {
      const requestInit = { headers: headersIn(flags.header ?? []) };
      await client.connect(new StreamableHTTPClientTransport(addressOf(flags.url), { requestInit }));
    } else {
      const { StdioClientTransport } = await loadClient(() => import("@modelcontextprotocol/client/stdio"));
      // The environment of the person who starts it, as if they had typed the command alone.
      const env = Object.fromEntries(
        Object.entries(io.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      await client.connect(new StdioClientTransport({ command, args, cwd: io.cwd, env }));
    }
    return await mcpSource(client, flags);
  } catch (error) {
    if (error instanceof UsageError || (error instanceof Error && error.name === "ToolsError")) throw error;
    const what = flags.url ?? words.join(" ");
    throw new UsageError(
      `the MCP server \`${what}\` did not list its tools: ${visible(error instanceof Error ? error.message : String(error))}`,
      "Check that it runs by itself, and that it speaks MCP on its standard output or at this address.",
    );
  } finally {
    await client.close().catch(() => {});
  }
}

function addressOf(text: string): URL {
  if (URL.canParse(text) && /^https?:/u.test(text)) return new URL(text);
  throw new UsageError(`\`${text}\` is no address.`, "For example `--url https://example.com/mcp`.");
}

/** `authorization: Bearer …`. */
function headersIn(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      if (at > 0) return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      throw new UsageError("a `--header` has no name.", 'For example `--header "authorization: Bearer …"`.');
    }),
  );
}

function loadClient<Module>(load: () => Promise<Module>): Promise<Module> {
  return loadPeer({
    name: "@modelcontextprotocol/client",
    who: "`isobind import mcp`",
    load,
    refuse: ({ message, help }) => new UsageError(message, help),
  });
}
