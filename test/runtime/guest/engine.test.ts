/** The flags an isolate in this process needs, seen where they are set: the scripts that show their absence would hold this process. */
import { expect, it, vi } from "vitest";

const flags = vi.hoisted((): string[] => []);
vi.mock("node:v8", async (original) => ({
  ...(await original<typeof import("node:v8")>()),
  setFlagsFromString: (flag: string) => void flags.push(flag),
}));

const { loadEngine } = await import("../../../src/runtime/engine/load.ts");

it.runIf(Number.parseInt(process.versions.node, 10) >= 24)(
  "turns off the optimisation whose loops never stop, before the first isolate",
  () => {
    loadEngine();
    expect(flags).toEqual(["--no-turboshaft-loop-unrolling"]);
  },
);
