/**
 * Refuses programs that cannot hold a sandbox, before anything is asked of them. isolated-vm is made for V8 as Node embeds
 * it, so Bun and Deno could only fail later and in other words; an old Node lacks what isolates and workers are started
 * with.
 */
import { tooOld } from "../../node-floor.ts";
import { SandboxError } from "../errors.ts";

const advice = "Sandboxes work in Node 22.18 and newer: run this program with Node 24, or 22.18 and newer.";

/** Throws a `SandboxError` (code `ERR_ENGINE_HOST`) that says which programs work. */
export function checkHost(versions: Readonly<Partial<Record<string, string>>> = process.versions): void {
  for (const [name, version] of [
    ["Bun", versions["bun"]],
    ["Deno", versions["deno"]],
  ] as const) {
    if (version === undefined) continue;
    throw new SandboxError(
      "ERR_ENGINE_HOST",
      `This program runs in ${name} ${version}, which cannot hold isolates: isolated-vm is made for Node. ${advice}`,
    );
  }
  const { node = "" } = versions;
  if (tooOld(node)) throw new SandboxError("ERR_ENGINE_HOST", `This program runs in Node ${node}. ${advice}`);
}
