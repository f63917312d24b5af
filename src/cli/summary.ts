/** What stands below the files that `generate` has written: how many bindings there are, and after the first time what to do with them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { counted } from "../model/counted.ts";
import { relativePath } from "../files/relative-path.ts";
import { tsconfigName } from "../library/names.ts";
import type { Io } from "./io.ts";
import { managerOf } from "./package-manager.ts";
import type { ContractResult, GenerateResult } from "../generator/result.ts";

/** Where the command was given, and the config it was given with, as one types them again. */
export interface Typed {
  readonly cwd: string;
  readonly config?: string | undefined;
  readonly env: Io["env"];
}

/** Empty when nothing was written. Paths are as one types them in `cwd`. */
export function generatedSummary({ ok, files, contracts }: GenerateResult, typed: Typed): string {
  if (!ok || !files.some(({ status }) => status === "written")) return "";
  const leaves = contracts.reduce((sum, contract) => sum + contract.leaves, 0);
  const several = contracts.length > 1 ? ` of ${counted(contracts.length, "contract")}` : "";
  const line = `\n${counted(leaves, "binding")}${several}.`;
  // A change of the definition writes some of them; all of them are new only once.
  const isFirst = files.every(({ status }) => status === "written");
  return isFirst ? `${line} Next:\n${nextSteps(contracts[0], typed)}` : `${line}\n`;
}

function nextSteps(contract: ContractResult | undefined, { cwd, config, env }: Typed): string {
  const host =
    contract !== undefined && needsHost(join(contract.outDir, "registry.ts"))
      ? relativePath(cwd, hostBeside(contract.definition))
      : null;
  const { isobind } = managerOf({ cwd, env });
  const chosen = config === undefined ? "" : ` --config ${config}`;
  const registry = chosen + (host === null ? "" : ` --registry ${host}`);
  const steps: readonly (readonly [string, string])[] = [
    ...(host === null || existsSync(join(cwd, host))
      ? []
      : ([[`write ${host}`, "export default createRegistry({ … }), the functions"]] as const)),
    [`${isobind} playground${registry}`, "write a script with completion, and run it"],
    [`${isobind} run ${scriptIn(cwd)}${registry}`, "run one from here"],
    [`${isobind} check${chosen}`, "the gate for CI, once the generated files are committed"],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  return steps.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("");
}

/** The module that exports the registry, or the first name for one that nothing else has. */
function hostBeside(definition: string): string {
  const [first, second] = ["host.ts", "bindings-host.ts"].map((name) => join(dirname(definition), name)) as [
    string,
    string,
  ];
  return !existsSync(first) || readFileSync(first, "utf8").includes("createRegistry") ? first : second;
}

/** The first script, where `isobind init` has written one; otherwise one that is still to be written. */
function scriptIn(cwd: string): string {
  const folders = readdirSync(cwd, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const first = ["", ...folders.map(({ name }) => `${name}/`)].find(
    (folder) => existsSync(join(cwd, folder, "hello.ts")) && isForScripts(join(cwd, folder, "tsconfig.json")),
  );
  return first === undefined ? "script.ts" : `${first}hello.ts`;
}

/** The tsconfig of a folder of scripts goes on from the generated one. */
function isForScripts(tsconfig: string): boolean {
  return existsSync(tsconfig) && readFileSync(tsconfig, "utf8").includes(tsconfigName);
}

/** A definition in the contract style declares types only. */
function needsHost(registry: string): boolean {
  return existsSync(registry) && /^export function createRegistry\b/mu.test(readFileSync(registry, "utf8"));
}
