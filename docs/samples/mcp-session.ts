import { serveHttp } from "isobind/mcp";
import type { Registry } from "isobind/runtime";

declare const profiles: { readonly [plan: string]: Registry };
declare const basic: Registry;
declare function whoAsks(token: string | null): { plan: string; tenant: string } | null;

export const server = await serveHttp({
  registry: basic,
  authenticate(request) {
    const token = request.headers.get("authorization");
    const who = whoAsks(token);
    if (who === null) return new Response("Who are you?", { status: 401 });
    return { token: token ?? "", clientId: who.tenant, scopes: [], extra: { plan: who.plan } };
  },
  session({ authInfo }) {
    const registry = profiles[String(authInfo?.extra?.["plan"])] ?? basic;
    return { registry, context: { tenant: authInfo?.clientId }, limits: { wallMs: 5_000 } };
  },
});
