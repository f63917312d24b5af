/** A request of Node's HTTP server as a web `Request`, and a web `Response` back; a client that goes away aborts the one and ends the other. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export function toWebRequest(request: IncomingMessage, response: ServerResponse): Request {
  const { method = "GET", headers, url = "/" } = request;
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const list = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const hasBody = method !== "GET" && method !== "HEAD";
  // Its host is looked at as a header; here it may be anything.
  return new Request(new URL(url, "http://localhost"), {
    method,
    headers: list,
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
  } as RequestInit);
}

export async function sendWebResponse(web: Response, response: ServerResponse): Promise<void> {
  response.writeHead(web.status, Object.fromEntries(web.headers));
  if (web.body === null) {
    response.end();
    return;
  }
  // Whoever waits for events wants to know that the stream is open.
  response.flushHeaders();
  // A client that is gone needs no answer.
  await pipeline(Readable.fromWeb(web.body as import("node:stream/web").ReadableStream), response).catch(
    () => {},
  );
}
