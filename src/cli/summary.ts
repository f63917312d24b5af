/** What stands below the files that `generate` has written: how many bindings there are, and after the first time what to do with them. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { relativePath } from "../files/relative-path.ts";
import type { ContractResult, GenerateResult } from "../generator/result.ts";

/** Empty when nothing was written. Paths are as one types them in `cwd`. */
export function generatedSummary({ ok, files, contracts }: GenerateResult, cwd: string): string {
  if (!ok || !files.some(({ status }) => status === "written")) return "";
  const leaves = contracts.reduce((sum, contract) => sum + contract.leaves, 0);
  const several = contracts.length > 1 ? ` of ${contracts.length} contracts` : "";
  const line = `\n${leaves} binding${leaves === 1 ? "" : "s"}${several}.`;
  // A change of the definition writes some of them; all of them are new only once.
  const isFirst = files.every(({ status }) => status === "written");
  return isFirst ? `${line} Next:\n${nextSteps(contracts[0], cwd)}` : `${line}\n`;
}

function nextSteps(contract: ContractResult | undefined, cwd: string): string {
  const host =
    contract !== undefined && needsHost(join(contract.outDir, "registry.ts"))
      ? relativePath(cwd, join(dirname(contract.definition), "host.ts"))
      : null;
  const registry = host === null ? "" : ` --registry ${host}`;
  const steps: readonly (readonly [string, string])[] = [
    ...(host === null || existsSync(join(cwd, host))
      ? []
      : ([[`write ${host}`, "export default createRegistry({ … }), the functions"]] as const)),
    [`npx isobind playground${registry}`, "write a script with completion, and run it"],
    [`npx isobind run script.ts${registry}`, "run one from here"],
    ["npx isobind check", "the gate for CI, once the generated files are committed"],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return steps.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("");
}

/** A definition in the contract style declares types only. */
function needsHost(registry: string): boolean {
  return existsSync(registry) && /^export function createRegistry\b/mu.test(readFileSync(registry, "utf8"));
}
