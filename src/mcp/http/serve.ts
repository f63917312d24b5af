/** Serves MCP clients over Streamable HTTP from this process: on this machine, unless somebody says who may come from elsewhere. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuthInfo } from "@modelcontextprotocol/server";
import { option, refuseUnknown, type OptionNames } from "../../script-tool/options.ts";
import { createMcpHandler, handlerOptionNames, type McpHandlerOptions } from "./handler.ts";
import { sendWebResponse, toWebRequest } from "./node.ts";

export interface HttpOptions extends McpHandlerOptions {
  /** Default: 3000; 0 takes one that is free. */
  readonly port?: number;
  /** The address to listen at. Any but this machine's needs `authenticate` and `allowedHosts`. Default: `127.0.0.1`. */
  readonly host?: string;
  /** Default: `/mcp`. */
  readonly path?: string;
  /** Finds out who asks, or answers a request that may not: the SDK's `requireBearerAuth` is such a function. */
  readonly authenticate?: (request: Request) => AuthInfo | Response | Promise<AuthInfo | Response>;
}

const optionNames: OptionNames<HttpOptions> = {
  ...handlerOptionNames,
  port: true,
  host: true,
  path: true,
  authenticate: true,
};

export interface HttpServer extends AsyncDisposable {
  /** `http://127.0.0.1:3000/mcp` */
  readonly url: string;
  /** Ends all sessions, frees their workers and stops listening. Twice is fine. */
  close(): Promise<void>;
}

const thisMachine: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/**
 * Listens, and resolves when clients may come. Throws a `SandboxError`, `ERR_SANDBOX_OPTION`, for options that cannot be meant, and what Node throws for an
 * address that cannot be had.
 *
 * @example
 * const server = await serveHttp({ registry, port: 3000 });
 * console.error(`MCP at ${server.url}`);
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  refuseUnknown("serveHttp", options, optionNames);
  const { port = 3_000, host = "127.0.0.1", path = "/mcp", authenticate, ...given } = options;
  if (!thisMachine.has(host) && (authenticate === undefined || given.allowedHosts === undefined)) {
    const message = `host: at \`${host}\` others than this machine can ask for scripts to be run; say who may with \`authenticate\`, and under which names with \`allowedHosts\`.`;
    throw option(message);
  }
  const handler = await createMcpHandler(given);
  const answer = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname !== path) return new Response("Not found", { status: 404 });
    const who = await authenticate?.(request);
    if (who instanceof Response) return who;
    return handler.fetch(request, who === undefined ? {} : { authInfo: who });
  };
  const server = createServer((incoming, outgoing) => {
    let request: Request;
    try {
      request = toWebRequest(incoming, outgoing);
    } catch {
      outgoing.writeHead(400).end();
      return;
    }
    answer(request)
      .catch((error: unknown) => {
        given.onFault?.(error);
        return new Response("Internal error", { status: 500 });
      })
      .then((response) => sendWebResponse(response, outgoing))
      .catch(() => outgoing.destroy());
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    await handler.close();
    throw error;
  }
  const { port: taken } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const stopped = new Promise((resolve) => server.close(resolve));
    await handler.close();
    server.closeAllConnections();
    await stopped;
  };
  const name = host.includes(":") ? `[${host}]` : host;
  return { url: `http://${name}:${taken}${path}`, close, [Symbol.asyncDispose]: close };
}
