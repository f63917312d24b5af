/**
 * How many values the arguments of a call may hold: as many as their bytes may be, and no graph that is more work than that.
 */
import { afterEach, describe, expect, it } from "vitest";
import { createSandbox, type RunResult, type Sandbox } from "../../../src/runtime/index.ts";
import {
  array,
  contract,
  interfaceOf,
  leaf,
  map,
  number,
  object,
  record,
  ref,
  set,
  string,
} from "../../emit/build.ts";
import { load } from "../../emit/load.ts";

const tree = interfaceOf(
  "Tree",
  object({ "left?": ref("Tree"), "right?": ref("Tree"), "of?": array(ref("Tree")) }),
);
const leaves = {
  numbers: leaf([array(number)], number, { mode: "sync" }),
  rows: leaf([array(object({ id: number, name: string }))], number, { mode: "sync" }),
  map: leaf([map(number, number)], number, { mode: "sync" }),
  set: leaf([set(number)], number, { mode: "sync" }),
  record: leaf([record(number)], number, { mode: "sync" }),
  tree: leaf([ref("Tree")], number, { mode: "sync" }),
};

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.dispose())));

async function run(
  source: string,
  excess: "refuse" | "strip" | "allow",
  payloadBytes?: number,
): Promise<RunResult> {
  const { registry } = load(contract(leaves, [tree]), excess);
  const limits = {
    memoryMb: 512,
    wallMs: 120_000,
    cpuMs: 120_000,
    ...(payloadBytes === undefined ? {} : { payloadBytes }),
  };
  const sandbox = await createSandbox({ registry, isolation: "none", limits, validateResults: "off" });
  open.push(sandbox);
  return sandbox.run(`const b = SecureExec.bindings; ${source}`);
}

describe.each(["refuse", "strip"] as const)("arguments, excessProperties: %j", (excess) => {
  it.each([
    ["100,001 numbers", "b.numbers(Array.from({ length: 100_001 }, () => 1))", undefined],
    ["400,000 numbers", "b.numbers(Array.from({ length: 400_000 }, () => 1))", undefined],
    [
      "150,000 rows",
      "b.rows(Array.from({ length: 150_000 }, (_, id) => ({ id, name: 'x' })))",
      256 * 1024 * 1024,
    ],
    [
      "150,000 entries of a map",
      "b.map(new Map(Array.from({ length: 150_000 }, (_, at) => [at, 1])))",
      256 * 1024 * 1024,
    ],
    [
      "150,000 members of a set",
      "b.set(new Set(Array.from({ length: 150_000 }, (_, at) => at)))",
      256 * 1024 * 1024,
    ],
    [
      "120,000 nodes",
      "b.tree({ of: Array.from({ length: 120_000 }, () => ({ left: {} })) })",
      256 * 1024 * 1024,
    ],
  ])("%s cross when their bytes may", async (_name, call, payloadBytes) => {
    const result = await run(
      `try { ${call} } catch (error) { throw new Error(error.code + " " + error.message) }`,
      excess,
      payloadBytes,
    );
    expect(result).toMatchObject({ status: "ok" });
  });

  it("that share what they hold are refused for the work they make, whatever may cross", async () => {
    const result = await run(
      `let graph = {}; for (let level = 0; level < 40; level++) graph = { left: graph, right: graph };
       try { b.tree(graph) } catch (error) { var message = [error.code, error.message] } export default message`,
      excess,
      256 * 1024 * 1024,
    );
    expect(result).toMatchObject({
      status: "ok",
      exports: {
        default: [
          "ERR_BINDING_INVALID_ARGUMENT",
          expect.stringContaining("expected at most 100000 values (one that is reached twice counts twice)"),
        ],
      },
    });
  });
});
