/** The server of the playground: an address on this machine, a page, and what the page asks for. Knows HTTP, and nothing of scripts. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createGuard } from "./guard.ts";
import { headers } from "./headers.ts";

/** Answers a question of the page: with data, or with lines as they come. */
export type Route =
  | { readonly kind: "answer"; readonly handle: (body: unknown) => unknown }
  | { readonly kind: "lines"; readonly handle: (body: unknown, lines: Lines) => Promise<void> };

export interface Lines {
  write(line: unknown): void;
  /** Aborted when the page has gone. */
  readonly gone: AbortSignal;
}

export interface ServerOptions {
  /** By their paths, `/api/run`. */
  readonly routes: Readonly<Record<string, Route>>;
  /** The folder of the built page. */
  readonly page: URL;
  /** Default: any that is free. */
  readonly port?: number;
  /** The port without `port`, as long as it is free: what a browser keeps of a page belongs to its address. */
  readonly usualPort?: number;
}

export interface OpenServer {
  /** With the token. */
  readonly url: string;
  /** Tells every open page. */
  broadcast(event: string): void;
  close(): Promise<void>;
}

/** A recording of a run comes along with it. */
const maxBody = 48 * 1024 * 1024;

const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/main.js": ["main.js", "text/javascript; charset=utf-8"],
  "/style.css": ["style.css", "text/css; charset=utf-8"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
};

/** Rejects when the port is taken. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const { routes, page } = options;
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => fail(response, error));
  });
  const guard = createGuard(await portOf(server, options));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const url = new URL(request.url ?? "/", "http://playground.invalid");
    const refusal = guard.refuse(request, url);
    if (refusal !== null) return end(response, refusal.status, `${refusal.message}\n`);
    const { method } = request;
    const route = routes[url.pathname];
    const asset = assets[url.pathname];
    if (method === "POST" && route !== undefined) return serve(route, await bodyOf(request), response);
    if (method !== "GET") return end(response, 405, "There is nothing to be done here.\n");
    const cookie = guard.admit(url);
    if (cookie !== null) return admit(response, cookie);
    if (url.pathname === "/events") return listenTo(response);
    if (asset === undefined) return end(response, 404, "There is no such page.\n");
    const [file, type] = asset;
    return end(response, 200, await readFile(new URL(file, page)), type);
  }

  function listenTo(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": hello\n\n");
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  }

  return {
    url: guard.url,
    broadcast(event) {
      for (const listener of listeners) listener.write(`event: ${event}\ndata: {}\n\n`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Not a redirect: a browser that was sent here by another site would follow it as that site, and leave the cookie out. A page that goes on
 * by itself is the server's own, and its first address, with the token, stays in no history.
 */
function admit(response: ServerResponse, cookie: string): void {
  response.setHeader("Set-Cookie", cookie);
  const html = `<!doctype html><html lang="en"><title>isobind playground</title><meta http-equiv="refresh" content="0;url=/"><link rel="icon" href="/icon.svg"><a href="/">Open the playground</a></html>`;
  end(response, 200, html, "text/html; charset=utf-8");
}

async function serve(route: Route, body: unknown, response: ServerResponse): Promise<void> {
  if (route.kind === "answer") {
    const answer = await route.handle(body);
    return end(response, 200, JSON.stringify(answer ?? null), "application/json");
  }
  const controller = new AbortController();
  response.on("close", () => controller.abort());
  response.setHeader("Content-Type", "application/x-ndjson");
  await route.handle(body, {
    write: (line) => void response.write(`${JSON.stringify(line)}\n`),
    gone: controller.signal,
  });
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (request.headers["content-type"] !== "application/json")
    throw new BadRequest("Ask in JSON, with the content type `application/json`.");
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  // Browsers always say it.
  if (!(length <= maxBody)) throw new BadRequest("That is more than the server reads.");
  try {
    return JSON.parse(await text(request)) as unknown;
  } catch {
    throw new BadRequest("That is not JSON.");
  }
}

/** A question that cannot be answered as it was asked. Its message is shown in the page. */
export class BadRequest extends Error {}

function fail(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (response.headersSent) return void response.end();
  end(response, error instanceof BadRequest ? 400 : 500, `${message}\n`);
}

function end(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type = "text/plain; charset=utf-8",
): void {
  response.writeHead(status, { "Content-Type": type });
  response.end(body);
}

async function portOf(server: Server, { port, usualPort }: ServerOptions): Promise<number> {
  if (port !== undefined && port !== 0) return listen(server, port);
  if (port === undefined && usualPort !== undefined) {
    try {
      return await listen(server, usualPort);
    } catch {
      // Somebody has it: another playground of this project, or another program.
    }
  }
  return listen(server, 0);
}

/** On the loopback address alone: nobody on the network sees it. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
