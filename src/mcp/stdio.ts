/** Serves one client over standard input and output: one connection, one session. */
import { Console } from "node:console";
import type { Readable, Writable } from "node:stream";
import { loadSdk, loadStdioSdk } from "./peer.ts";
import { refuseUnknown } from "../script-tool/options.ts";
import { mcpOptionNames, type McpOptions } from "./options.ts";
import { createSessions } from "./sessions.ts";
import { makeServer } from "./tools.ts";

export interface StdioStreams {
  /** Default: those of the process. */
  readonly stdin?: Readable;
  readonly stdout?: Writable;
}

/** A server that is running. */
export interface StdioServer extends AsyncDisposable {
  /** Resolves when the client is gone and its workers are free. */
  readonly closed: Promise<void>;
  /** Ends what is running. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Serves an MCP client over stdio, in either of its protocols. Standard output belongs to the protocol, so what the program prints with `console` goes to
 * standard error from now on.
 *
 * Throws a `SandboxError`, `ERR_SANDBOX_OPTION`, for options that cannot be meant, and where `@modelcontextprotocol/server` is not installed.
 *
 * @example
 * import registry from "./generated/registry.ts";
 * await serveStdio({ registry, contract: new URL("./generated/contract.json", import.meta.url) });
 */
export async function serveStdio(options: McpOptions, streams: StdioStreams = {}): Promise<StdioServer> {
  refuseUnknown("serveStdio", options, mcpOptionNames);
  refuseUnknown("serveStdio", streams, { stdin: true, stdout: true });
  const sessions = await createSessions(options);
  const [sdk, { serveStdio: serve, StdioServerTransport }] = await Promise.all([loadSdk(), loadStdioSdk()]);
  const serving = await sessions.open(await sessions.choose({}));
  if (streams.stdout === undefined) globalThis.console = new Console(process.stderr, process.stderr);
  // While the client says what it speaks.
  serving.session.warm();

  const ended = Promise.withResolvers<void>();
  const transport = new StdioServerTransport(
    streams.stdin ?? process.stdin,
    streams.stdout ?? process.stdout,
  );
  const handle = serve(() => makeServer(sdk, sessions.about, serving), {
    transport,
    onerror: serving.onFault,
  });
  // Also of a client that leaves before it has said a word, for which no server is ever made.
  const closeWire = transport.onclose;
  transport.onclose = () => {
    closeWire?.();
    void serving.session.close().then(ended.resolve, ended.reject);
  };
  const close = async (): Promise<void> => {
    await handle.close();
    await serving.session.close();
    ended.resolve();
  };
  return { closed: ended.promise, close, [Symbol.asyncDispose]: close };
}
