/**
 * Finds the isolated-vm this process would load and refuses releases that let a script out. Reads its package.json; never
 * loads it, because a supervisor has no use for it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SandboxError } from "../errors.ts";
import { findEngine } from "./find.ts";

export interface Release {
  readonly version: string;
}

const supported = ">=6.2.0 <7 || >=7.0.1";
const advice = `Install one: npm i isolated-vm@7 (Node 24 and newer) or npm i isolated-vm@6.2 (Node 22).`;

/** The engine, or a `SandboxError` that says which one to install. */
export function checkEngine(readVersion: () => string | null = () => installedVersion()): Release {
  const version = readVersion();
  if (version === null) {
    throw new SandboxError(
      "ERR_ENGINE_MISSING",
      `isolated-vm is not installed. ${advice} A bundle does not hold it: it is installed where the bundle runs.`,
    );
  }
  if (!isSafe(version)) {
    throw new SandboxError(
      "ERR_ENGINE_UNSAFE",
      `isolated-vm ${version} is outside ${supported}: older releases let a script corrupt the memory of its host ` +
        `(GHSA-864f-rcv7-6rh4). ${advice}`,
    );
  }
  return { version };
}

/** `>=6.2.0 <7 || >=7.0.1`; a pre-release of the bound itself is older than it. */
export function isSafe(version: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)(-[^+]*)?/.exec(version);
  if (!match) return false;
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const early = match[4] !== undefined;
  if (major === 6) return minor > 2 || (minor === 2 && (patch > 0 || !early));
  if (major === 7) return minor > 0 || patch > 1 || (patch === 1 && !early);
  return major > 7;
}

/**
 * The engine is there and safe, and does not load here: what is said instead of the words of who looked for its binary. `entry` is the file it was
 * loaded from.
 */
export function unloadable(cause: unknown, entry: string | null): SandboxError {
  const said = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
  const engine = ["isolated-vm", installedVersion(entry)].filter(Boolean).join(" ");
  const lacks = packageNotFound(cause);
  const { platform, arch, versions } = process;
  return new SandboxError(
    "ERR_ENGINE_MISSING",
    lacks !== null && lacks !== "isolated-vm"
      ? `${engine} is installed without ${lacks}, which it needs: copy that as well, or install both where the program runs (npm ci --omit=dev).`
      : `${engine} does not load in Node ${versions.node} on ${platform} ${arch}: ${said?.slice(0, 300)}. ` +
          "Version 7 has binaries for Node 24 and 26, version 6.2 for Node 22 and 24; install the one that fits on this machine, " +
          "or let its install script build it. `isobind doctor` tries it.",
    { cause },
  );
}

/** The name in `Cannot find module 'node-gyp-build'`; `null` when something else is wrong, or it is a file that is missing. */
function packageNotFound(cause: unknown): string | null {
  if (!(cause instanceof Error) || (cause as { code?: unknown }).code !== "MODULE_NOT_FOUND") return null;
  return /^Cannot find module '((?:@[\w.-]+\/)?[\w-][\w.-]*)'/.exec(cause.message)?.[1] ?? null;
}

function installedVersion(entry: string | null = findEngine()): string | null {
  if (entry === null) return null;
  // Climbs to the package's own manifest: its `exports` need not name package.json.
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = readManifest(join(folder, "package.json"));
    if (manifest?.name === "isolated-vm")
      return typeof manifest.version === "string" ? manifest.version : null;
  }
  return null;
}

function readManifest(file: string): { readonly name?: unknown; readonly version?: unknown } | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { name?: unknown; version?: unknown };
  } catch {
    return null;
  }
}
