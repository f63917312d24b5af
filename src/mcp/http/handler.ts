/**
 * Answers HTTP requests of MCP clients, as a function from a web `Request` to a `Response`, for whatever serves these. Requests from other sites are refused first.
 *
 * Protocol 2025-11-25 has sessions, which begin with `initialize` and end with `DELETE`: each has a transport, a server and a sandbox. In 2026-07-28
 * each request stands for itself: a server is made for it, and the sandbox is shared by key.
 */
import { randomUUID } from "node:crypto";
import type {
  AuthInfo,
  McpHandlerRequestOptions,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { option, refuseUnknown, type OptionNames } from "../../script-tool/options.ts";
import { mcpOptionNames, type McpOptions } from "../options.ts";
import { loadSdk, type Sdk } from "../peer.ts";
import { createSessions, OpenSessions, type Sessions } from "../sessions.ts";
import { makeServer, type Serving } from "../tools.ts";

export interface McpHandlerOptions extends McpOptions {
  /** Names of hosts, without ports, that requests may be for; keeps pages of other sites from reaching a server on this machine. Default: this machine. */
  readonly allowedHosts?: readonly string[];
  /** Names of hosts whose pages may send requests, in browsers. Default: this machine. */
  readonly allowedOrigins?: readonly string[];
  /** Sessions that may be open; one more is answered with 503. Default: 100. */
  readonly maxSessions?: number;
  /** Milliseconds after which a session that nobody uses is closed. Default: 600,000. */
  readonly idleMs?: number;
}

export const handlerOptionNames: OptionNames<McpHandlerOptions> = {
  ...mcpOptionNames,
  allowedHosts: true,
  allowedOrigins: true,
  maxSessions: true,
  idleMs: true,
};

export interface McpHandler extends AsyncDisposable {
  /** `authInfo` is what you have found out about whoever asks; it reaches `session`. A session answers only those with the `clientId` that began it. */
  readonly fetch: (request: Request, about?: { readonly authInfo?: AuthInfo }) => Promise<Response>;
  /** Ends all sessions and frees their workers. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Makes the function that answers. Throws a `SandboxError`, `ERR_SANDBOX_OPTION`, for options that cannot be meant, and where `@modelcontextprotocol/server` is
 * not installed.
 *
 * @example
 * const handler = await createMcpHandler({ registry, allowedHosts: ["tools.example.com"] });
 * export default { fetch: (request) => handler.fetch(request, { authInfo: whoAsks(request) }) };
 */
export async function createMcpHandler(options: McpHandlerOptions): Promise<McpHandler> {
  refuseUnknown("createMcpHandler", options, handlerOptionNames);
  const { allowedHosts, allowedOrigins, maxSessions = 100, idleMs = 600_000, ...given } = options;
  if (!(maxSessions >= 1)) throw option("maxSessions: expected a number of at least 1.");
  if (!(idleMs >= 1 && idleMs < 2 ** 31)) throw option("idleMs: expected a number of milliseconds.");
  const [sdk, sessions] = await Promise.all([loadSdk(), createSessions(given)]);
  const hosts = [...(allowedHosts ?? sdk.localhostAllowedHostnames())];
  const origins = [...(allowedOrigins ?? sdk.localhostAllowedOrigins())];
  const modern = createModern(sdk, sessions, new OpenSessions(idleMs, maxSessions));
  const legacy = createLegacy(sdk, sessions, new OpenSessions(idleMs, maxSessions));
  const close = async (): Promise<void> => {
    await Promise.all([modern.close(), legacy.close()]);
  };
  return {
    async fetch(request, { authInfo } = {}) {
      const refused =
        sdk.hostHeaderValidationResponse(request, hosts) ?? sdk.originValidationResponse(request, origins);
      if (refused) return refused;
      const about = authInfo === undefined ? {} : { authInfo };
      try {
        const face = (await sdk.isLegacyRequest(request)) ? legacy : modern;
        return await face.fetch(request, about);
      } catch (error) {
        options.onFault?.(error);
        return failure(500, -32603, "Internal error");
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Face {
  fetch(request: Request, about: McpHandlerRequestOptions): Promise<Response>;
  close(): Promise<void>;
}

function createModern(sdk: Sdk, sessions: Sessions, open: OpenSessions<KeyedSession>): Face {
  const served = async (authInfo: AuthInfo | undefined, request: Request | undefined): Promise<Serving> => {
    const choice = await sessions.choose({ ...(authInfo && { authInfo }), ...(request && { request }) });
    // Never by the key alone: what one profile may do is no matter of what somebody else is called.
    const key = `${sessions.numberOf(choice)} ${choice.key ?? authInfo?.clientId ?? ""}`;
    let keyed = open.use(key);
    if (keyed === undefined) {
      if (open.isFull) throw new Full();
      const { context: _context, limits: _limits, ...shared } = choice;
      keyed = new KeyedSession(sessions.open(shared));
      open.keep(key, keyed);
    }
    return { ...(await keyed.serving), ...ofRequest(choice) };
  };
  const waiting = new WeakMap<Request, Serving>();
  const handler = sdk.createMcpHandler(
    async ({ authInfo, requestInfo }) =>
      makeServer(
        sdk,
        sessions.about,
        (requestInfo && waiting.get(requestInfo)) ?? (await served(authInfo, requestInfo)),
      ),
    { legacy: "reject" },
  );
  return {
    async fetch(request, about) {
      try {
        waiting.set(request, await served(about.authInfo, request));
      } catch (error) {
        if (error instanceof Full) return tooMany();
        throw error;
      }
      return handler.fetch(request, about);
    },
    async close() {
      await handler.close();
      await open.closeAll();
    },
  };
}

/** What is of one request, and not of the sandbox it shares. */
function ofRequest({ context, limits }: Awaited<ReturnType<Sessions["choose"]>>): Partial<Serving> {
  return { ...(context !== undefined && { context }), ...(limits && { limits }) };
}

class Full extends Error {}

class KeyedSession {
  readonly serving: Promise<Serving>;
  #busy: () => boolean = () => false;

  constructor(serving: Promise<Serving>) {
    this.serving = serving;
    serving.then(
      ({ session }) => (this.#busy = () => session.busy),
      () => {},
    );
  }

  get busy(): boolean {
    return this.#busy();
  }

  async close(): Promise<void> {
    await this.serving.then(
      ({ session }) => session.close(),
      () => {},
    );
  }
}

/** A session of protocol 2025-11-25. */
interface NamedSession {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly clientId: string | undefined;
  readonly busy: boolean;
  close(): Promise<void>;
}

function createLegacy(sdk: Sdk, sessions: Sessions, open: OpenSessions<NamedSession>): Face {
  /** `give` gives back the place that was promised, once the session has its own. */
  const beginAt = async (
    give: () => void,
    request: Request,
    about: McpHandlerRequestOptions,
    parsedBody: unknown,
  ): Promise<Response> => {
    const { authInfo } = about;
    const serving = await sessions.open(
      await sessions.choose({ request, ...(authInfo !== undefined && { authInfo }) }),
    );
    const transport = new sdk.WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        give();
        open.keep(id, {
          transport,
          clientId: authInfo?.clientId,
          get busy() {
            return serving.session.busy;
          },
          async close() {
            await serving.session.close();
            await transport.close();
          },
        });
        serving.session.warm();
      },
      onsessionclosed: (id) => open.close(id),
    });
    await makeServer(sdk, sessions.about, serving).connect(transport);
    return transport.handleRequest(request, { ...about, parsedBody });
  };
  const begin = async (
    request: Request,
    about: McpHandlerRequestOptions,
    parsedBody: unknown,
  ): Promise<Response> => {
    const give = open.promise();
    if (give === null) return tooMany();
    try {
      return await beginAt(give, request, about, parsedBody);
    } finally {
      give();
    }
  };
  return {
    async fetch(request, about) {
      const id = request.headers.get("mcp-session-id");
      if (id !== null) {
        const session = open.use(id);
        // Whoever has seen the id of another's session learns nothing by it.
        if (session === undefined || session.clientId !== about.authInfo?.clientId)
          return failure(404, -32001, "Session not found");
        return session.transport.handleRequest(request, about);
      }
      if (request.method !== "POST")
        return failure(400, -32000, "Bad Request: Mcp-Session-Id header is required");
      if (!sdk.isJsonContentType(request.headers.get("content-type")))
        return failure(415, -32000, "Unsupported Media Type: Content-Type must be application/json");
      const body = await sdk.readRequestBody(request);
      if (body.tooLarge) return failure(413, -32000, "Payload too large");
      const parsed = parse(body.text);
      if (!sdk.isInitializeRequest(parsed))
        return failure(400, -32000, "Bad Request: a session begins with initialize");
      return begin(request, about, parsed);
    },
    close: () => open.closeAll(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function tooMany(): Response {
  return failure(503, -32000, "Too many sessions are open");
}

function failure(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status });
}
