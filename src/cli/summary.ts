/** What stands below the files that `generate` has written: how many bindings there are, and after the first time what to do with them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GenerateResult } from "../generator/generate.ts";

/** Empty when nothing was written. */
export function generatedSummary({ ok, files, contracts }: GenerateResult): string {
  if (!ok || !files.some(({ status }) => status === "written")) return "";
  const leaves = contracts.reduce((sum, contract) => sum + contract.leaves, 0);
  const several = contracts.length > 1 ? ` of ${contracts.length} contracts` : "";
  const line = `\n${leaves} binding${leaves === 1 ? "" : "s"}${several}.`;
  // A change of the definition writes some of them; all of them are new only once.
  const isFirst = files.every(({ status }) => status === "written");
  return isFirst ? `${line} Next:\n${nextSteps(contracts[0]?.outDir)}` : `${line}\n`;
}

function nextSteps(outDir: string | undefined): string {
  const host = outDir !== undefined && needsHost(join(outDir, "registry.ts")) ? " --registry host.ts" : "";
  const steps = [
    ...(host === ""
      ? []
      : ([["write host.ts", "export default createRegistry({ … }), the functions"]] as const)),
    [`npx isobind playground${host}`, "write a script with completion, and run it"],
    [`npx isobind run script.ts${host}`, "run one from here"],
    ["npx isobind check", "the gate for CI, once the generated files are committed"],
  ] as const;
  const width = Math.max(...steps.map(([command = ""]) => command.length));
  return steps.map(([command = "", what]) => `  ${command.padEnd(width)}  ${what}\n`).join("");
}

/** A definition in the contract style declares types only. */
function needsHost(registry: string): boolean {
  return existsSync(registry) && /^export function createRegistry\b/mu.test(readFileSync(registry, "utf8"));
}
