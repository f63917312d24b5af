/** Loads the SDK when a server is made: it is an optional peer, and takes longer to load than the rest of isobind. */
import { loadPeer } from "../optional-peers/load-peer.ts";
import { packageMissing } from "../script-tool/options.ts";

export type Sdk = typeof import("@modelcontextprotocol/server");
export type StdioSdk = typeof import("@modelcontextprotocol/server/stdio");

const peer = { name: "@modelcontextprotocol/server", who: "An MCP server", refuse: packageMissing } as const;

/** Throws a `SandboxError`, `ERR_SANDBOX_PACKAGE`, where it is not installed, or in another version. */
export function loadSdk(): Promise<Sdk> {
  return loadPeer({ ...peer, load: () => import("@modelcontextprotocol/server") });
}

export function loadStdioSdk(): Promise<StdioSdk> {
  return loadPeer({ ...peer, load: () => import("@modelcontextprotocol/server/stdio") });
}
