/** Loads the SDK when a server is made: it is an optional peer, and takes longer to load than the rest of isobind. */
import { loadPeer } from "../script-tool/load-peer.ts";

export type Sdk = typeof import("@modelcontextprotocol/server");
export type StdioSdk = typeof import("@modelcontextprotocol/server/stdio");

const who = "An MCP server";
const name = "@modelcontextprotocol/server";

/** Throws a `SandboxError`, `ERR_SANDBOX_OPTION`, where it is not installed. */
export function loadSdk(): Promise<Sdk> {
  return loadPeer(() => import("@modelcontextprotocol/server"), who, name);
}

export function loadStdioSdk(): Promise<StdioSdk> {
  return loadPeer(() => import("@modelcontextprotocol/server/stdio"), who, name);
}
