/** What runs of the playground are given beside host functions: globals, and approvals where no host function is called. */
import { afterEach, expect, it } from "vitest";
import contract from "../../fixtures/valid/globals-contract/expected/contract.json" with { type: "json" };
import { createRuns, type Choice, type Runs } from "../../src/playground/run/runs.ts";
import type { RunEvent } from "../../src/playground/protocol.ts";
import { mockGlobals, mockRegistry } from "../../src/testing/index.ts";
import type { Registry } from "../../src/model/registry.ts";
import { registryOf } from "../queue/registry.ts";

let runs: Runs | null = null;
afterEach(() => runs?.dispose());

const mocks: Choice = { profile: null, answers: { kind: "mock", seed: 0 } };

async function endOf(registry: Registry, { profile, answers }: Choice, text: string): Promise<RunEvent> {
  runs = createRuns({
    registryFor: async () => registry,
    globalsFor: async (_, of) => (of.globals === undefined ? undefined : mockGlobals(of)),
    limits: {},
    root: import.meta.dirname,
  });
  const events: RunEvent[] = [];
  const script = { name: "script.js", text };
  const request = { id: "1", script, profile, answers, limits: {} };
  await runs.run(request, new AbortController().signal, (event) => events.push(event));
  return events.at(-1)!;
}

it("gives scripts the globals that the definition lists", async () => {
  const end = await endOf(
    mockRegistry(contract),
    mocks,
    "export default [typeof region, typeof rates.base];",
  );
  expect(end).toMatchObject({ kind: "end", status: "ok", exports: { default: ["string", "string"] } });
});

it("asks nobody about a call that no host function hears of, and refuses one that it would", async () => {
  const pay = registryOf("sha256-1", {
    pay: { mode: "sync", policy: { approval: true }, call: () => "paid" },
  });
  const script = "export default SecureExec.bindings.pay();";
  expect(await endOf(pay, mocks, script)).toMatchObject({ status: "ok" });
  await runs?.dispose();
  const refused = await endOf(pay, { profile: null, answers: { kind: "host" } }, script);
  expect(refused).toMatchObject({ status: "error", problem: { code: "ERR_JOURNAL_REQUIRED" } });
});
