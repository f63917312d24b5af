/** What a person is told who starts an MCP server in a terminal: a server that waits for a client looks like one that hangs. */
import { basename, resolve } from "node:path";
import { counted } from "../../model/counted.ts";
import { visible } from "../../model/names.ts";

/** The flags that say what is served; a client's own command has them too. */
export interface ServedFlags {
  readonly config?: string;
  readonly contract?: string;
  readonly profile?: string;
  readonly registry?: string;
  readonly from?: string;
  readonly globals?: string;
  readonly limits?: readonly string[];
  readonly budget?: string;
}

/** `bindings`: how many there are. */
export function stdioWords(cwd: string, flags: ServedFlags, bindings: number): string {
  // A client starts it in a folder of its own, where `npx` alone would fetch another isobind.
  const npx = ["--prefix", resolve(cwd), "isobind"];
  const client = { command: "npx", args: [...npx, "mcp", ...argumentsOf(cwd, flags)] };
  return `${served(bindings)} over standard input and output, which are the protocol's: a client starts this command and speaks to it.
Its configuration, in most clients:
  ${configured(cwd, flags, client)}
In a terminal there is no client; \`isobind mcp --http\` waits for some. Ctrl+C ends it.
`;
}

export function httpWords(
  cwd: string,
  flags: ServedFlags,
  bindings: number,
  { url, hasToken }: { readonly url: string; readonly hasToken: boolean },
): string {
  const headers = { authorization: "Bearer …" };
  const client = { type: "http", url, ...(hasToken && { headers }) };
  return `${served(bindings)} over Streamable HTTP. The configuration of a client, in most of them:
  ${configured(cwd, flags, client)}
Ctrl+C ends it.
`;
}

function served(bindings: number): string {
  return `Serving run_script, search_api and describe_api, for ${counted(bindings, "binding")},`;
}

/** Named after the folder of the project. */
function configured(cwd: string, { config = ".", registry }: ServedFlags, client: object): string {
  const folder = resolve(cwd, registry === undefined ? config : ".");
  const name = basename(/\.[cm]?[jt]s$/u.test(folder) ? resolve(folder, "..") : folder) || "isobind";
  return visible(JSON.stringify({ mcpServers: { [name]: client } }));
}

/** A client starts it in a folder of its own, so paths are whole. */
function argumentsOf(cwd: string, flags: ServedFlags): readonly string[] {
  const { config, contract, profile, registry, from, globals, limits = [], budget } = flags;
  const path = (text: string): string => resolve(cwd, text);
  const place = registry === undefined || config !== undefined ? path(config ?? ".") : undefined;
  const file = globals?.startsWith("@") ? `@${path(globals.slice(1))}` : globals;
  const named = {
    config: place,
    contract,
    profile,
    registry: registry && path(registry),
    from: from && path(from),
    globals: file,
    budget,
  };
  return [
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...limits.flatMap((list) => ["--limits", list]),
  ];
}
