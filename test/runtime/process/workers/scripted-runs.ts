/**
 * Runs on a scripted worker, whose one host function is given by each test.
 */
import { createProcessRunner, type ProcessRunner } from "../../../../src/runtime/process/runner.ts";
import type { HostRun, RunEnd } from "../../../../src/runtime/runner.ts";
import { answered, opened } from "../../support/values.ts";
import { scripted } from "./scripted-program.ts";

const limits = {
  memoryMb: 64,
  cpuMs: 30_000,
  wallMs: 60_000,
  payloadBytes: 8 << 20,
  consoleBytes: 1 << 20,
};

/** One worker; whoever asks for it disposes it. */
export function scriptedRunner(): ProcessRunner {
  const leaf = { path: ["echo"], mode: "maybe", maxPayloadBytes: limits.payloadBytes } as const;
  return createProcessRunner(
    { leaves: [leaf], namespaces: [], limits },
    { concurrency: 100, workers: 1, minIdle: 1 },
    scripted,
  );
}

/** An end with what the script exported. */
export type OpenEnd =
  | { readonly kind: "ok"; readonly exports: unknown }
  | (RunEnd & { readonly kind: Exclude<RunEnd["kind"], "ok"> });

export async function run(
  runner: ProcessRunner,
  source: string,
  call: HostRun["call"] = echo,
  console: HostRun["console"] = () => {},
): Promise<OpenEnd> {
  const host: HostRun = {
    id: "run",
    signal: new AbortController().signal,
    call,
    console,
    adopt: () => {},
    settings: {
      limits: { payloadBytes: limits.payloadBytes, calls: 1000, concurrency: 100, consoleBytes: 1 << 20 },
      errors: "show",
      validateResults: "off",
    },
  };
  const script = { source, filename: "a.js", language: "javascript", globals: null } as const;
  const end = await runner.run(script, host);
  return end.kind === "ok" ? { ...end, exports: opened(end.exports) } : end;
}

export const echo: HostRun["call"] = (_id, _leaf, args) => answered((opened(args) as unknown[])[0]);
