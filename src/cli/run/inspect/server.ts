/**
 * The place debuggers connect to, as Node has it: a page that lists what can be debugged, and a WebSocket for each debugger. It listens
 * on this machine alone; the address holds a secret that no page of a browser can read.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { UsageError } from "../../exit.ts";

export interface Target {
  /** What the list calls it. */
  readonly title: string;
  /** Of the script, `file:///…`. */
  readonly url: string;
  /** The program, `isobind/1.2.3`. */
  readonly browser: string;
}

export interface InspectorServer {
  /** `ws://127.0.0.1:9229/<secret>`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Only whoever is on this machine comes in. */
const host = "127.0.0.1";

/** Listens at a port, 0 for a free one. Rejects with a `UsageError` when it is taken. */
export async function listen(
  port: number,
  target: Target,
  onDebugger: (socket: WebSocket) => void,
): Promise<InspectorServer> {
  const { WebSocketServer } = await import("ws");
  const id = randomUUID();
  let address = "";
  const server = createServer((request, response) => answer(request, response));
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on("upgrade", (request, socket, head) => {
    if (!isLocal(request) || request.url !== `/${id}`) {
      // Nobody else looks after this socket now: one that is torn or left open must neither end the run nor keep it.
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, onDebugger);
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const page = isLocal(request) ? pages[request.url?.replace(/\/$/u, "") ?? ""]?.() : undefined;
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "application/json; charset=UTF-8" });
    response.end(page === undefined ? "" : JSON.stringify(page, null, 2));
  }

  const list = () => [
    {
      description: "isobind script",
      devtoolsFrontendUrl: `devtools://devtools/bundled/js_app.html?experiments=true&v8only=true&ws=${address.slice("ws://".length)}`,
      id,
      title: target.title,
      type: "node",
      url: target.url,
      webSocketDebuggerUrl: address,
    },
  ];
  const pages: Readonly<Record<string, () => unknown>> = {
    "/json": list,
    "/json/list": list,
    "/json/version": () => ({ Browser: target.browser, "Protocol-Version": "1.3" }),
  };

  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new UsageError(
          code === "EADDRINUSE"
            ? `port ${port} is in use, by another debugger perhaps.`
            : `the inspector cannot listen at port ${port}: ${message}.`,
          "Take a free one: `--inspect=0`.",
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  address = `ws://${host}:${(server.address() as AddressInfo).port}/${id}`;

  return {
    address,
    async close() {
      for (const socket of sockets.clients) socket.close(1000, "The script has ended.");
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** By a name of this machine, so that a page elsewhere cannot come in through a name of its own that leads here. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/iu.test(headers.host ?? "");
}
