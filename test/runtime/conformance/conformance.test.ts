/**
 * The same promises under every isolation and placement. What only some of them can do is tested elsewhere: hooks and the host's own
 * state (`sandbox/`), survival (`process/`, hostile scripts).
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../../src/runtime/index.ts";
import { cases, preamble, type Case } from "./cases.ts";
import registry from "./registry.ts";

const registryModule = new URL("./registry.ts", import.meta.url);

const settings: Readonly<Record<string, SandboxOptions>> = {
  "isolation: none": { isolation: "none", registry },
  "isolation: process": { isolation: "process", registry, workers: 1 },
  "placement: worker": { isolation: "process", placement: "worker", registryModule, registry, workers: 1 },
};

const only = process.env["CONFORMANCE"];

describe.each(Object.entries(settings).filter(([name]) => !only || name.includes(only)))(
  "%s",
  (_, options) => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await createSandbox({
        ...options,
        globals: { region: { name: "eu" } },
        limits: {
          memoryMb: 32,
          // Filling the memory takes seconds of a busy machine, and on Node 22 twice as many.
          cpuMs: 30_000,
          wallMs: 60_000,
          payloadBytes: 200_000,
          calls: 500,
          concurrency: 20,
        },
      });
    });
    afterAll(() => sandbox.dispose());

    it.each(cases.map((one) => [`${one.promise}: ${one.title}`, one] as const))("%s", async (_, one) => {
      await run(sandbox, one);
    });
  },
);

async function run(sandbox: Sandbox, one: Case): Promise<void> {
  const result = await sandbox.run(preamble + one.source, {
    filename: one.filename ?? "case.js",
    ...("input" in one ? { input: one.input } : {}),
    ...(one.limits ? { limits: one.limits } : {}),
  });
  if (one.fails) {
    expect(result).toMatchObject(asMatchers(one.fails));
    return;
  }
  if (result.status !== "ok")
    throw new Error(`${result.status}: ${result.error.stack || result.error.message}`);
  expect({ ...result.exports }).toEqual(one.exports);
}

/** A regular expression among the expected data stands for a text that matches it. */
function asMatchers(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (part instanceof RegExp) return [key, expect.stringMatching(part)];
      return [key, typeof part === "object" && part !== null ? asMatchers(part) : part];
    }),
  );
}
