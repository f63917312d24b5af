/**
 * Decides who may speak to the server. It listens on this machine alone, but so does every page that a browser here has open: a request must
 * name the server as it is (`Host`, against names that are made to lead here), come from its own page (`Origin`), and carry the secret
 * that only the person who started it was shown.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Guard {
  /** The address to open, with the token. */
  readonly url: string;
  /** `Set-Cookie` for a request that has brought the token; `null` for any other. */
  admit(url: URL): string | null;
  /** Why a request is refused; `null` when it may go on. `url` is its own, read against an address of nobody. */
  refuse(request: IncomingMessage, url: URL): Refusal | null;
}

export interface Refusal {
  readonly status: 403 | 421;
  readonly message: string;
}

export function createGuard(port: number): Guard {
  const token = randomBytes(24).toString("base64url");
  // Not the token itself: what is in the history of a terminal opens the page, and nothing else.
  const session = randomBytes(24).toString("base64url");
  // Cookies know no ports: two playgrounds must not take each other's.
  const cookie = `isobind-playground-${port}`;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const hasToken = (url: URL): boolean => isSame(url.searchParams.get("token") ?? "", token);

  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    admit: (url) =>
      url.pathname === "/" && hasToken(url)
        ? `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`
        : null,
    refuse({ method, headers }, url) {
      const host = headers.host ?? "";
      if (!hosts.includes(host)) return { status: 421, message: "This server does not have that name." };
      const own = `http://${host}`;
      const isReading = method === "GET";
      if (headers.origin === undefined ? !isReading : headers.origin !== own)
        return { status: 403, message: "Only the playground's own page may ask for this." };
      const isOpening = isReading && url.pathname === "/" && hasToken(url);
      const from = headers["sec-fetch-site"];
      if (from !== undefined && from !== "same-origin" && from !== "none" && !isOpening)
        return { status: 403, message: "Only the playground's own page may ask for this." };
      if (isOpening || isSame(cookieIn(headers.cookie, cookie), session)) return null;
      return {
        status: 403,
        message: "Open the address that `isobind playground` has printed, with its token.",
      };
    },
  };
}

function cookieIn(header: string | undefined, name: string): string {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([key]) => key === name)?.[1] ?? "";
}

/** Takes as long for a wrong letter at the beginning as for one at the end. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
