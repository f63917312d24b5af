/** Names what the owner of an MCP server may choose. */
import type { ContractSource } from "../prompt/contract-source.ts";
import type { AuthInfo } from "@modelcontextprotocol/server";
import type { Registry } from "../model/registry.ts";
import type { HostContext } from "../registry/call-context.ts";
import type { Limits } from "../runtime/index.ts";
import { scriptToolOptionNames, type OptionNames, type ScriptToolOptions } from "../script-tool/options.ts";

export interface McpOptions extends ScriptToolOptions {
  /** What the server calls itself. Default: `isobind`. */
  readonly name?: string;
  /** Its version. Default: that of isobind. */
  readonly version?: string;
  /** Chooses what one session may do: asked once, when it begins. Default: what the other options say. */
  readonly session?: (about: SessionAbout) => SessionChoice | Promise<SessionChoice>;
  /** Hears of what no client is told: errors of the host, which may name its files. */
  readonly onFault?: (error: unknown) => void;
}

export const mcpOptionNames: OptionNames<McpOptions> = {
  ...scriptToolOptionNames,
  name: true,
  version: true,
  session: true,
  onFault: true,
};

/** Who a session is for. Both are absent over stdio. */
export interface SessionAbout {
  /** What your `authenticate` has found out. */
  readonly authInfo?: AuthInfo;
  /** The request that begins the session. */
  readonly request?: Request;
}

export interface SessionChoice {
  /** Of the session's profile, for example. Default: that of the server. */
  readonly registry?: Registry;
  /** The `contract.json` beside it. */
  readonly contract?: ContractSource;
  /** What host functions find as `callContext().context`. */
  readonly context?: HostContext;
  /** Tighter limits for every run. */
  readonly limits?: Limits;
  /**
   * Protocol 2026-07-28 has no sessions: each request stands for itself, and `session` is asked for each. Those for which it gives the same key share a
   * sandbox. Default: the client id of `authInfo`, else one for all.
   */
  readonly key?: string;
}

/** A misspelt `registry` would give a session what only others may have. */
export const sessionChoiceNames: OptionNames<SessionChoice> = {
  registry: true,
  contract: true,
  context: true,
  limits: true,
  key: true,
};
