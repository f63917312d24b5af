/**
 * The stages between a definition and the text of its files: read, check, emit. One module, because whoever needs one of them needs the
 * compiler and all three, and a run without changes needs none.
 */
import { extname, join } from "node:path";
import { check as checkRules } from "../check/check.ts";
import { checkSize } from "../check/size.ts";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import { relativePath } from "../files/relative-path.ts";
import { kindInputName, kindTsconfigName, libraryName, tsconfigName } from "../library/names.ts";
import { kindDeclaration, kindsApart } from "../library/kinds.ts";
import { libraryText } from "../library/kept.ts";
import { kindTsconfig, scriptsTsconfig } from "../library/tsconfig.ts";
import type { Contract } from "../model/contract.ts";
import { digest } from "../model/identity/digest.ts";
import { remembered } from "../model/remembered.ts";
import { shared } from "../model/shared.ts";
import { walkLeaves } from "../model/walk.ts";
import { checkProfiles } from "../profiles/check-profiles.ts";
import { inFolder, profiles } from "../profiles/profile.ts";
import type { ReadOptions } from "../read/definition.ts";
import type { OutputFile } from "../stages.ts";
import type { Memory } from "./memory.ts";
import type { ReadWork, Work } from "./work.ts";

/** Without a tree when the definition is missing or does not parse: then the findings say so. */
export async function read(
  contract: ResolvedContract,
  root: string,
  options: ReadOptions = {},
): Promise<Work | ReadWork> {
  const { readConfigured } = await import("../read/configured.ts");
  const startedAt = Date.now();
  const {
    contract: tree,
    diagnostics,
    inputs,
    importExtension,
  } = await readConfigured(contract, root, options);
  const work = {
    contract,
    diagnostics,
    inputs,
    files: null,
    reports: [],
    digest: null,
    leaves: 0,
    recalled: false,
    startedAt,
    cacheProblem: null,
  };
  return tree === null ? work : { ...work, tree, importExtension, leaves: [...walkLeaves(tree.root)].length };
}

/** Holds the contract to the rules. What is known of the parts of the one before is known of those that are still the same. */
export function check(work: ReadWork, memory: Memory): ReadWork {
  const { contract, diagnostics } = work;
  const tree = shared(memory.read.get(contract.outDir), work.tree);
  memory.read.set(contract.outDir, tree);
  const findings = [...checkRules(tree, contract.limits), ...checkProfiles(tree, contract.profiles)];
  return { ...work, tree, diagnostics: [...diagnostics, ...findings] };
}

/** Prints the files of the contract and of each of its profiles, and what scripts have beside their bindings. */
export async function emit(work: ReadWork, config: ResolvedConfig, memory: Memory): Promise<Work> {
  const { emit: emitContract, emitMemory } = await import("../emit/emit.ts");
  const { weigh } = await import("../emit/budget.ts");
  const { contract, diagnostics } = work;
  const { outDir, engine, excessProperties, runtimePackage } = contract;
  const library: OutputFile = { name: libraryName, text: await libraryText(engine) };
  const importExtension =
    contract.importExtension === "auto" ? work.importExtension : contract.importExtension;
  const tree = shared(memory.contracts.get(outDir) ?? memory.latest?.tree, work.tree, "source");
  const parts = remembered(memory.folders, outDir, () => emitMemory(memory.latest?.parts));
  memory.contracts.set(outDir, tree);
  memory.latest = { tree, parts };
  const emitTo = (folder: string, part: Contract): readonly OutputFile[] => [
    ...emitContract(
      part,
      {
        definitionImport: specifier(folder, contract.definition, importExtension),
        excessProperties,
        isOneOfSeveral: config.contracts.length > 1,
        ...(runtimePackage === undefined ? {} : { runtimePackage }),
      },
      remembered(memory.folders, folder, () => emitMemory(parts)),
    ),
    { name: tsconfigName, text: scriptsTsconfig(engine, part.profile?.name) },
    ...kindFiles(part),
  ];
  const files = [
    ...emitTo(outDir, tree),
    library,
    ...profiles(tree, contract.profiles).flatMap(({ name, contract: part }) =>
      inFolder(name, emitTo(join(outDir, name), part)),
    ),
  ];
  const tooLarge = checkSize(work.tree, files, () => weigh(work.tree));
  return { ...work, diagnostics: [...diagnostics, ...tooLarge], files, digest: digest(tree) };
}

/** What a folder whose scripts are all of one kind extends, and what tells its `input`. */
function kindFiles({ scripts = [], profile }: Contract): readonly OutputFile[] {
  return kindsApart(scripts).flatMap((kind) => [
    { name: kindTsconfigName(kind.name), text: kindTsconfig(kind.name, profile?.name) },
    { name: kindInputName(kind.name), text: kindDeclaration(kind, profile?.name) },
  ]);
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
