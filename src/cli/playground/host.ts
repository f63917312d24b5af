/**
 * The program of the process that has the host functions: loads what answers a run as `isobind run` does, and serves runs until the playground
 * closes it. Its one argument is a `HostSettings` in JSON.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Registry } from "../../model/registry.ts";
import { serveRuns } from "../../playground/run/serve-runs.ts";
import type { Choice } from "../../playground/run/runs.ts";
import type { Limits } from "../../runtime/limits.ts";
import type { Io } from "../io.ts";
import { processIo } from "../process-io.ts";
import { readGlobals } from "../run/globals.ts";
import { loadRegistry } from "../run/registry.ts";

export interface HostSettings {
  readonly config?: string;
  readonly contract?: string;
  /** A module that exports the registry, when it is not the generated one. */
  readonly registry?: string;
  /** As `--globals` has them. */
  readonly globals?: string;
  readonly limits: Limits;
  /** Where the names of scripts begin. */
  readonly root: string;
}

const { limits, root, registry, globals, ...place } = JSON.parse(process.argv[2] ?? "{}") as HostSettings;
const io = processIo(process);
serveRuns({
  registryFor: (request) => registryFor(io, request),
  globalsFor: ({ answers }, of) => {
    const seed = answers.kind === "mock" ? { seed: String(answers.seed) } : {};
    // What was not given is made, also where host functions answer: a page to try scripts in has no caller who has it.
    return readGlobals(io, { ...(globals !== undefined && { globals }), mock: true, ...seed }, of);
  },
  limits,
  root,
});

async function registryFor(within: Io, { answers, profile }: Choice): Promise<Registry> {
  const flags = { ...place, ...(profile !== null && { profile }) };
  switch (answers.kind) {
    case "host":
      return (await loadRegistry(within, { ...flags, ...(registry !== undefined && { registry }) })).registry;
    case "mock":
      return (await loadRegistry(within, { ...flags, mock: true, seed: String(answers.seed) })).registry;
    case "recording": {
      const folder = mkdtempSync(join(tmpdir(), "isobind-playground-"));
      const file = join(folder, "calls.jsonl");
      writeFileSync(file, answers.text);
      try {
        return (await loadRegistry(within, { replay: file })).registry;
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  }
}
