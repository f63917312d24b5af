/**
 * Builds one contract, from its definition to the text of its files: read, check, emit.
 */
import { extname, join } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import type { Contract } from "../model/contract.ts";
import { digest } from "../model/identity/digest.ts";
import { walkLeaves } from "../model/walk.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { check } from "../check/check.ts";
import { checkSize } from "../check/size.ts";
import type { Stopwatch } from "./phases.ts";
import type { Work } from "./prepare.ts";
import { checkProfiles } from "../profiles/check-profiles.ts";
import { inFolder, profiles } from "../profiles/profile.ts";
import type { ReadOptions } from "../read/read.ts";
import { relativePath } from "../files/relative-path.ts";
import type { OutputFile } from "../stages.ts";

export async function build(
  contract: ResolvedContract,
  config: ResolvedConfig,
  watch: Stopwatch,
  options: ReadOptions = {},
): Promise<Work> {
  const { name } = contract;
  let startedAt = 0;
  const reading = await watch.time("read", name, async () => {
    const { read } = await import("../read/read.ts");
    startedAt = Date.now();
    return read(contract, config.root, options);
  });
  const work = {
    contract,
    inputs: reading.inputs,
    reports: [],
    recalled: false,
    startedAt,
    cacheProblem: null,
  };
  const tree = reading.contract;
  if (tree === null)
    return { ...work, diagnostics: reading.diagnostics, files: null, digest: null, leaves: 0 };

  const findings = await watch.time("check", name, () => [
    ...check(tree, contract.limits),
    ...checkProfiles(tree, contract.profiles),
  ]);
  const diagnostics = [...reading.diagnostics, ...findings];
  const leaves = [...walkLeaves(tree.root)].length;
  if (hasErrors(diagnostics)) return { ...work, diagnostics, files: null, digest: null, leaves };

  const importExtension =
    contract.importExtension === "auto" ? reading.importExtension : contract.importExtension;
  const files = await watch.time("emit", name, async () => {
    const { emit } = await import("../emit/emit.ts");
    const emitTo = (folder: string, part: Contract): readonly OutputFile[] => {
      const definitionImport = specifier(folder, contract.definition, importExtension);
      const { excessProperties, runtimePackage } = contract;
      const from = runtimePackage === undefined ? {} : { runtimePackage };
      const isOneOfSeveral = config.contracts.length > 1;
      return emit(part, { definitionImport, excessProperties, isOneOfSeveral, ...from });
    };
    const parts = profiles(tree, contract.profiles);
    return [
      ...emitTo(contract.outDir, tree),
      ...parts.flatMap((part) =>
        inFolder(part.name, emitTo(join(contract.outDir, part.name), part.contract)),
      ),
    ];
  });
  const { weigh } = await import("../emit/budget.ts");
  const tooLarge = checkSize(tree, files, () => weigh(tree));
  return { ...work, diagnostics: [...diagnostics, ...tooLarge], files, digest: digest(tree), leaves };
}

/** How the registry imports the definition: `../bindings.ts`, or `../bindings.js` where the project forbids `.ts`. */
export function specifier(outDir: string, definition: string, importExtension: ".ts" | ".js"): string {
  const path = relativePath(outDir, definition);
  const dotted = path.startsWith("../") ? path : `./${path}`;
  const own = extname(definition);
  const wanted = importExtension === ".js" ? (compiled[own] ?? own) : own;
  return dotted.slice(0, dotted.length - own.length) + wanted;
}

const compiled: Readonly<Record<string, string>> = {
  ".ts": ".js",
  ".mts": ".mjs",
  ".cts": ".cjs",
  ".tsx": ".js",
};
