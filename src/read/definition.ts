/**
 * Reads one definition into its contract, without running it. Locates the tree, lowers every type that its leaves mention,
 * and names the declarations. Findings about the tree and its types are part of the contract; only a definition that cannot
 * be read at all is a diagnostic here.
 */
import { relative } from "node:path";
import type { ResolvedContract } from "../config/resolved.ts";
import type { Contract } from "../model/contract.ts";
import { maxLeaves } from "../model/limits.ts";
import { leafShapesOf, mapLeaf } from "../model/signatures.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Reading } from "../stages.ts";
import { withinBudget } from "./budget.ts";
import { createDeclarations, hasClash } from "./declarations.ts";
import type { DefinitionView, Frontend } from "./frontend/frontend.ts";
import type { Open, OpenOptions } from "./frontend/open.ts";
import { readGlobals } from "./globals.ts";
import { lowerLeaf, unreadLeaf } from "./leaf.ts";
import { kinds } from "./kinds.ts";
import type { Lowering } from "./lowering.ts";
import { nameDeclarations } from "./naming.ts";
import { readScripts } from "./scripts.ts";
import { readTree, type Root } from "./tree.ts";
import { settleTypeOnly } from "./type-only.ts";

export interface ReadOptions {
  /** Off only to prove that pruning changes nothing. */
  readonly prune?: boolean;
}

/** Reads one definition with the compiler that `open` opens it with. */
export function readDefinition(
  open: Open,
  contract: ResolvedContract,
  root: string,
  options: ReadOptions = {},
): Reading {
  try {
    return readOnce(open, contract, root, options);
  } catch (error) {
    // The compiler follows nesting by recursion; a file of thousands of levels ends its stack.
    if (!(error instanceof RangeError)) throw error;
    return tooNested(contract, root);
  }
}

function readOnce(
  open: Open,
  contract: ResolvedContract,
  root: string,
  { prune = true }: ReadOptions,
): Reading {
  const { definition, tsconfig, importExtension } = contract;
  const lean = attempt(open, { definition, tsconfig, root, prune, environment: "lean" });
  // A name that does not resolve may come from the project's ambient types, which cost as much as all the rest.
  const outcome = lean.unresolved
    ? attempt(open, { definition, tsconfig, root, prune: false, environment: "project" })
    : lean;
  return {
    contract: outcome.contract,
    diagnostics: outcome.diagnostics,
    inputs: outcome.frontend.inputs(),
    importExtension: importExtension === "auto" ? outcome.frontend.importExtension : importExtension,
  };
}

function tooNested({ definition, importExtension }: ResolvedContract, root: string): Reading {
  const file = relative(root, definition).replaceAll("\\", "/");
  const message = `The definition \`${file}\` is nested too deeply to be read.`;
  const help = "Give the inner types names of their own, and shorten what nests.";
  return {
    contract: null,
    diagnostics: [report("definition-syntax", { message, help }, { file })],
    inputs: { files: [definition], missing: [] },
    importExtension: importExtension === "auto" ? ".ts" : importExtension,
  };
}

interface Attempt {
  readonly frontend: Frontend;
  readonly contract: Contract | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly unresolved: boolean;
}

function attempt(open: Open, options: OpenOptions): Attempt {
  const frontend = open(options);
  try {
    return attemptWith(frontend, options);
  } finally {
    frontend.close();
  }
}

function attemptWith(frontend: Frontend, options: OpenOptions): Attempt {
  const file = relative(options.root, options.definition).replaceAll("\\", "/");
  const failed = (diagnostics: readonly Diagnostic[]): Attempt => ({
    frontend,
    contract: null,
    diagnostics,
    unresolved: false,
  });
  const reasons = unreadable(frontend, file);
  if (reasons.length > 0) return failed(reasons);
  const view = frontend.definition();
  const entry = entryOf(view, file);
  if (!entry) return failed([nothingExported(view, file)]);
  // With its first unresolved name a lean reading has failed; the one that follows it says everything.
  const isMoot = (): boolean => options.environment === "lean" && frontend.sawUnresolved();
  const contract = readContract(frontend, entry, view, isMoot);
  if (isMoot()) return { ...failed([]), unresolved: true };
  const typeErrors = frontend.typeErrors().map(({ message, text, source }) =>
    report(
      "type-unresolved",
      {
        where: "the definition",
        type: text,
        reason: message.replace(/\.$/, ""),
        help: "Correct the type; `tsc` reports the same error.",
      },
      source,
    ),
  );
  return { frontend, contract, diagnostics: typeErrors, unresolved: frontend.sawUnresolved() };
}

/** Why nothing can be read at all; empty when something can. */
function unreadable({ exists, problems, syntaxErrors }: Frontend, file: string): readonly Diagnostic[] {
  if (!exists) {
    const message = `The definition \`${file}\` does not exist.`;
    const help = "Create it, or correct `definition` in the config.";
    return [report("definition-missing", { message, help }, { file })];
  }
  if (problems.length > 0) {
    const help = "Correct it, or name another one as `tsconfig` in the config.";
    return problems.map((problem) => {
      const message = `The tsconfig \`${problem.file}\` cannot be used: ${problem.message}`;
      return report("config-invalid", { message, help }, { file: problem.file });
    });
  }
  const help = "Correct the syntax here; an editor with TypeScript shows the same place.";
  return syntaxErrors.map(({ message, source }) =>
    report("definition-syntax", { message: `The definition does not parse: ${message}`, help }, source),
  );
}

function entryOf(view: DefinitionView, file: string): { root: Root; style: Contract["style"] } | null {
  const { doc } = view;
  const source = { ...view.source, file };
  if (view.implementation) {
    return { style: "implementation", root: { part: view.implementation, name: "default", doc, source } };
  }
  return view.contract
    ? { style: "contract", root: { part: view.contract, name: "Bindings", doc, source } }
    : null;
}

function nothingExported({ exports }: DefinitionView, file: string): Diagnostic {
  const found =
    exports.length === 0
      ? "exports nothing"
      : `exports only ${exports
          .slice(0, 5)
          .map((name) => `\`${name}\``)
          .join(", ")}`;
  return report(
    "definition-missing",
    {
      message: `The definition \`${file}\` ${found}, so there are no bindings to read.`,
      help: "Write `export interface Bindings { … }`, or `export default defineBindings({ … })`.",
    },
    { file },
  );
}

/** A whole package as a tree may have thousands; a rule refuses them by their number, whatever their types. */
const maxReadLeaves = 4 * maxLeaves;

function readContract(
  frontend: Frontend,
  { root, style }: { readonly root: Root; readonly style: Contract["style"] },
  view: Pick<DefinitionView, "scripts" | "globals">,
  isMoot: Lowering["isMoot"],
): Contract {
  const computing = new Set<object>();
  const brandKeys = new Set<string>();
  // Each pass but the last finds a generic type that was not known to compute, or a name that a symbol must not take; there
  // are finitely many of both.
  for (;;) {
    const declarations = createDeclarations(computing, brandKeys);
    const lowering: Lowering = { frontend, declarations, kinds, steps: 0, endless: null, isMoot };
    let leaves = 0;
    const tree = readTree(frontend, root, (head, part, type) => {
      if (++leaves > maxReadLeaves) return unreadLeaf(head);
      return withinBudget(lowering, lowerLeaf(lowering, head, part, type), leafShapesOf, mapLeaf);
    });
    const scripts = readScripts(lowering, view.scripts);
    const globals = readGlobals(lowering, view.globals);
    const settled = settleTypeOnly({ root: tree, scripts, globals }, declarations);
    const isClear = declarations.found.size === 0 && !hasClash(declarations.brandKeys);
    if (isClear || isMoot()) return { style, ...nameDeclarations(settled, declarations.drafts) };
    for (const symbol of declarations.found) computing.add(symbol);
  }
}
