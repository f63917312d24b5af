/**
 * Runs examples with mocks, each in an isolate of its own. They are text from comments, of packages too, so they run where scripts run. Where
 * there is no engine they are not run, which is `null`.
 */
import { type Contract, defaultKind } from "../model/contract.ts";
import { type Example, exampleScript, lineInExample } from "../model/examples.ts";
import { readKind } from "../model/pragma.ts";
import { contractData } from "../model/file/serialize.ts";
import type { ExcessProperties } from "../model/registry.ts";
import { createSandbox, type RunResult, type Sandbox } from "../runtime/index.ts";
import { mockGlobals, mockInput, mockRegistry, TestingError } from "../testing/index.ts";
import { type ExampleProblem, withoutResults } from "./problem.ts";

/** Processor time and calls, which a busy machine does not shorten. An example that waits for what no mock gives is no mistake. */
const limits = { wallMs: 60_000, cpuMs: 1_000, calls: 1_000 };

export async function runExamples(
  contract: Contract,
  examples: readonly Example[],
  { excessProperties }: { readonly excessProperties: ExcessProperties },
): Promise<ReadonlyMap<Example, ExampleProblem> | null> {
  const found = new Map<Example, ExampleProblem>();
  if (examples.length === 0) return found;
  const data = contractData(withoutResults(contract)) as object;
  const sandbox = await open(data, excessProperties);
  if (sandbox === null) return null;
  try {
    const kinds = new Set((contract.scripts ?? []).map(({ name }) => name));
    for (const example of examples) {
      const source = exampleScript(example);
      const named = readKind(source)?.name ?? defaultKind;
      // One that does not exist is a finding of the check.
      const kind = kinds.has(named) && named !== defaultKind ? { kind: named } : {};
      const input = mockInput(data, kind);
      const result = await sandbox.run(source, { filename: "example.ts", input, ...kind });
      const problem = problemOf(example, result);
      if (problem !== null) found.set(example, problem);
    }
  } finally {
    await sandbox.dispose();
  }
  return found;
}

/** `null` where no sandbox can be made: without an engine, or for a type that no value can be made of. */
async function open(contract: object, excessProperties: ExcessProperties): Promise<Sandbox | null> {
  try {
    const registry = mockRegistry(contract, { excessProperties });
    const globals = registry.globals === undefined ? {} : { globals: mockGlobals(registry) };
    const settings = { workers: 1, limits, onDetached: "wait", approve: () => true } as const;
    return await createSandbox({ registry, ...globals, ...settings });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (error instanceof TestingError || (typeof code === "string" && code.startsWith("ERR_ENGINE_")))
      return null;
    throw error;
  }
}

/** Only what the example did itself: how long it takes and what no mock can answer says nothing of it. */
function problemOf(example: Example, result: RunResult): ExampleProblem | null {
  if (result.status !== "error") return null;
  const { name, message, code, stack } = result.error;
  if (code === "ERR_BINDING_LIMIT" || /^ERR_(?:TESTING|ENGINE)_/u.test(code ?? "")) return null;
  const place = /example\.ts:(\d+):(\d+)/u.exec(stack);
  return {
    message: `with mocks it ends with ${name}: ${message}`,
    help: "Correct the example; `isobind run example.ts --mock` runs it as a script.",
    line: place === null ? null : lineInExample(example, Number(place[1])),
    column: place === null ? null : Number(place[2]),
  };
}
