/**
 * Sends a request and goes where its answer sends it on to, but to no other origin. What a host adds to a request (`authorization`, an API key under any name) is
 * for one far side, and who answers could otherwise have this machine ask another one in the network it is in.
 */
import { ToolError } from "../tools-error.ts";

export interface Wanted {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A far side that sends on more often goes round in a circle. */
const mostHops = 5;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `hostHeaders` adds what the host says, for each request anew: it may sign them. Throws a `ToolError` for a redirect that is not followed. */
export async function sendTo(
  send: Send,
  tool: string,
  first: Wanted,
  hostHeaders: (wanted: Wanted) => Promise<Headers>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let wanted = first;
  for (let hop = 0; hop <= mostHops; hop++) {
    const response = await send(wanted.url, {
      method: wanted.method,
      headers: await hostHeaders(wanted),
      redirect: "manual",
      ...(wanted.body !== undefined && { body: wanted.body }),
      ...(signal !== undefined && { signal }),
    });
    const location = redirects.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return response;
    await response.body?.cancel();
    wanted = following(wanted, response.status, location, tool);
  }
  throw new ToolError("ERR_TOOL_FAILED", tool, `\`${tool}\` was sent on more than ${mostHops} times.`);
}

/** As `fetch` has it: after 303, and after 301 and 302 for POST, what is there is read. */
function following(from: Wanted, status: number, location: string, tool: string): Wanted {
  const to = URL.canParse(location, from.url) ? new URL(location, from.url) : null;
  if (to === null || to.origin !== new URL(from.url).origin || to.username !== "" || to.password !== "") {
    const why = to === null ? "to what is no address" : "to another origin, which is not followed";
    throw new ToolError("ERR_TOOL_FAILED", tool, `\`${tool}\` was sent on ${why}.`);
  }
  const { method } = from;
  const isRead = method !== "HEAD" && (status === 303 || (method === "POST" && status < 303));
  if (!isRead) return { ...from, url: to.href };
  const headers = new Headers(from.headers);
  headers.delete("content-type");
  return { method: "GET", url: to.href, headers, body: undefined };
}
