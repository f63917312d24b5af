/** Types of runs, as the definition says what scripts are: held by the compiler, never run. */
import { createSandbox, type RunResult, type Sandbox } from "../../../src/runtime/index.ts";
import type { Registry } from "../../../src/registry/index.ts";

interface Report {
  title: string;
}
interface Types {
  default: { input: { month: number }; result: Report };
  rule: { result: boolean };
  cleanup: { input?: string };
}
declare const registry: Registry<Types>;

export async function typed(): Promise<void> {
  const sandbox = await createSandbox({ registry });
  const report = await sandbox.run("", { input: { month: 1 } });
  if (report.status === "ok") {
    report.exports.default satisfies Report;
    report.exports["other"] satisfies unknown;
    // @ts-expect-error There is no such property.
    void report.exports.default.titel;
  }
  const rule = await sandbox.run("", { kind: "rule" });
  if (rule.status === "ok") rule.exports.default satisfies boolean;
  await sandbox.run("", { kind: "cleanup", input: "x" });
  await sandbox.run("", { kind: "cleanup" });
  // @ts-expect-error The input is missing.
  await sandbox.run("", {});
  // @ts-expect-error All of it is.
  await sandbox.run("");
  // @ts-expect-error It is of another type.
  await sandbox.run("", { input: { month: "May" } });
  // @ts-expect-error There is no such kind.
  await sandbox.run("", { kind: "rul" });

  // Whoever takes any sandbox takes this one.
  const any: Sandbox = sandbox;
  const result: RunResult = report;
  void [any, result];
}

/** Nothing is said of scripts: everything is as it was. */
export async function untyped(plain: Registry): Promise<unknown> {
  const sandbox = await createSandbox({ registry: plain, isolation: "none" });
  const tree = await createSandbox({ registry: { greet: (name: string) => name } });
  await tree.run("", { input: 1 });
  await (await createSandbox()).run("", { kind: "any" });
  const result = await sandbox.run("", { input: { anything: true } });
  return result.status === "ok" ? result.exports["default"] : result.error;
}
