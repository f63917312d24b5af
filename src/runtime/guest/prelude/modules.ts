/**
 * Runs the modules of a script with what each imports. Which module names which, and where each export is, was decided outside and arrives as a plan; what is
 * left is what only running code tells.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import { makeModuleEntries, type ModuleFactory } from "./module-entries.ts";
import { makeEvaluation, type Evaluate } from "./module-evaluation.ts";
import { makeImportLater, type ImportLater } from "./module-import.ts";
import type { ModulePlan, PlannedTarget } from "./module-plan.ts";
import { makeModuleValues } from "./module-values.ts";

/** The parts that modules are made with. */
export const moduleMakers = { makeModuleValues, makeModuleEntries, makeEvaluation, makeImportLater };

export interface Modules {
  /** Evaluates the script and all it names. Calls one of the two, once. */
  evaluate(done: () => void, failed: (error: unknown) => void): void;
  read(target: PlannedTarget): unknown;
}

export function makeModules(
  p: Primordials,
  makers: typeof moduleMakers,
  plan: ModulePlan,
  factories: readonly ModuleFactory[],
  nameDefault: (value: object, called?: string) => void,
  makeError: (message: string, code: string) => Error,
): Modules {
  const values = makers.makeModuleValues(p, plan);
  // No module asks before the first is evaluated.
  const importLater: ImportLater = (from, specifier, options) => imports(from, specifier, options);
  const entries = makers.makeModuleEntries(p, plan, factories, values, nameDefault, importLater);
  const evaluate: Evaluate = makers.makeEvaluation(p, plan, entries);
  const imports = makers.makeImportLater(p, plan, values, evaluate, makeError);
  return {
    evaluate(done, failed) {
      evaluate(0, done, failed);
    },
    read: (target) => values.read(target[0], target[1]),
  };
}
