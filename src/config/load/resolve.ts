/**
 * Fills in the defaults of a config and makes its paths absolute: Config -> ResolvedContract[]. Pure; the config is known to
 * be valid.
 *
 * ```
 * { definition: [{ name: "admin", definition: "./admin.ts" }], outDir: "./out" }
 * → [{ name: "admin", definition: "/p/admin.ts", outDir: "/p/out/admin", … }]
 * ```
 */
import { resolve } from "node:path";
import type { Config, ContractConfig } from "../config.ts";
import { defaultEngines, oldestEngine } from "../engines.ts";
import type { ResolvedContract } from "../resolved.ts";
import { maxDepth, maxLeaves } from "../../model/limits.ts";
import type { Mistake } from "./validate.ts";

export function resolveContracts(config: Config, root: string): readonly ResolvedContract[] {
  const { definition, ...top } = config;
  if (typeof definition === "string") return [resolveContract({ definition }, top, root)];
  return definition.map((entry) => {
    // Contracts that share a folder would overwrite each other, so each gets its own inside the shared one.
    const outDir = entry.outDir ?? `${top.outDir ?? "./generated"}/${entry.name ?? ""}`;
    return resolveContract({ ...entry, outDir }, top, root);
  });
}

function resolveContract(
  own: ContractConfig,
  top: Omit<Config, "definition">,
  root: string,
): ResolvedContract {
  const tsconfig = own.tsconfig ?? top.tsconfig;
  const runtimePackage = own.runtimePackage ?? top.runtimePackage;
  const profiles = own.profiles ?? top.profiles;
  const pack = own.pack ?? top.pack;
  const examples = own.examples ?? top.examples;
  const native = nativePackage(own.compiler ?? top.compiler ?? "bundled");
  return {
    name: own.name ?? top.name ?? "bindings",
    definition: resolve(root, own.definition),
    outDir: resolve(root, own.outDir ?? top.outDir ?? "./generated"),
    tsconfig: tsconfig === undefined ? null : resolve(root, tsconfig),
    ...(native !== null && { native }),
    importExtension: own.importExtension ?? top.importExtension ?? "auto",
    limits: {
      maxDepth: own.limits?.maxDepth ?? top.limits?.maxDepth ?? maxDepth,
      maxLeaves: own.limits?.maxLeaves ?? top.limits?.maxLeaves ?? maxLeaves,
    },
    ...(profiles !== undefined && { profiles }),
    engine: oldestEngine(own.engines ?? top.engines ?? defaultEngines),
    excessProperties: own.excessProperties ?? top.excessProperties ?? "refuse",
    ...(runtimePackage !== undefined && { runtimePackage }),
    ...(examples !== undefined && { examples }),
    ...(pack !== undefined && { pack }),
    format: own.format ?? top.format ?? false,
  };
}

/** The package of TypeScript 7; `null` for the compiler isobind carries. */
function nativePackage(compiler: NonNullable<Config["compiler"]>): string | null {
  if (compiler === "bundled") return null;
  return compiler === "native" ? "typescript" : compiler.native;
}

/** Contracts of one config that would get in each other's way. */
export function findClashes(contracts: readonly ResolvedContract[]): readonly Mistake[] {
  return contracts.flatMap((contract, index) => {
    const earlier = contracts.slice(0, index);
    const mistakes: Mistake[] = [];
    if (contract.outDir === contract.definition) {
      mistakes.push({
        path: ["outDir"],
        message: "`outDir` is the definition itself, and must be a folder.",
        help: 'Write a folder that holds nothing else, for example `"./generated"`, or leave it out.',
      });
    }
    if (earlier.some(({ name }) => name === contract.name)) {
      mistakes.push({
        path: ["definition", index, "name"],
        message: `Two contracts are called \`${contract.name}\`.`,
        help: "Give each contract a name of its own.",
      });
    }
    const other = earlier.find(({ outDir }) => outDir === contract.outDir);
    if (other !== undefined) {
      mistakes.push({
        path: ["definition", index, "outDir"],
        message: `The contracts \`${other.name}\` and \`${contract.name}\` have the same \`outDir\`, and would overwrite each other.`,
        help: "Give each contract a folder of its own.",
      });
    }
    return mistakes;
  });
}
