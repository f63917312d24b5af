/**
 * Loads a package that only some users of isobind need. Where it is missing, or of a version that was never tried, everybody says so in the same words: which
 * package, which range, and the command that installs it.
 */
import { readFileSync } from "node:fs";
import module from "node:module";
import { isWithin, type CaretRange } from "./range.ts";

/** The `peerDependencies` of package.json that are loaded like this; a test holds them to it. */
export const peers = {
  "@apidevtools/json-schema-ref-parser": "^16.0.6",
  "@electric-sql/pglite": "^0.5.17",
  "@modelcontextprotocol/client": "^2.4.0",
  "@modelcontextprotocol/server": "^2.4.0",
  "@opentelemetry/api": "^1.4.0",
  ai: "^7.0.0",
  bullmq: "^6.7.0",
  ioredis: "^6.0.0",
} as const satisfies Readonly<Record<string, CaretRange>>;

export type PeerName = keyof typeof peers;

/** Why a package was not loaded. Each caller makes the error of its own part of it. */
export interface PeerProblem {
  /** One sentence: `An MCP server needs the package …`. */
  readonly message: string;
  /** One sentence: the command that installs it. */
  readonly help: string;
  readonly cause?: unknown;
}

export interface Peer<Module> {
  readonly name: PeerName;
  /** What needs it, as the beginning of a sentence: `An MCP server`. */
  readonly who: string;
  /** Names the package in quotes, so that bundlers and tracers see it. */
  readonly load: () => Promise<Module>;
  /** The error that is thrown. */
  readonly refuse: (problem: PeerProblem) => Error;
  /** Where it is looked for. Default: here, which is where `load` finds it. */
  readonly from?: string | URL;
}

/** Throws what `refuse` makes; errors of the package itself, for example one that is installed by halves, are passed on as they are. */
export async function loadPeer<Module>(peer: Peer<Module>): Promise<Module> {
  const installed = versionOf(peer);
  if (installed !== null && !isWithin(installed, peers[peer.name]))
    throw peer.refuse(problemOf(peer, `${installed} is installed`));
  try {
    return await peer.load();
  } catch (cause) {
    if (installed !== null || !isMissing(cause)) throw cause;
    throw peer.refuse({ ...problemOf(peer, "it is not installed"), cause });
  }
}

function problemOf({ name, who }: Peer<unknown>, why: string): PeerProblem {
  const range = peers[name];
  return {
    message: `${who} needs the package \`${name}\`, version ${range}, and ${why}.`,
    help: `Run \`npm install "${name}@${range}"\`.`,
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

/** `null` where it is not found, which says nothing of a bundle: that may hold it. */
function versionOf({ name, from = import.meta.url }: Peer<unknown>): string | null {
  try {
    const manifest = module.findPackageJSON(name, from);
    if (manifest === undefined) return null;
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version?: unknown };
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
