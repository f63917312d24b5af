/**
 * `import()`: evaluates what a module names by a text in its place, and gives it as an object.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Evaluate } from "./module-evaluation.ts";
import type { ModulePlan, PlannedImport, PlannedModule } from "./module-plan.ts";
import type { ModuleValues } from "./module-values.ts";

export type ImportLater = (from: number, specifier: unknown, options: unknown) => Promise<unknown>;

export function makeImportLater(
  p: Primordials,
  plan: ModulePlan,
  values: ModuleValues,
  evaluate: Evaluate,
  makeError: (message: string, code: string) => Error,
): ImportLater {
  return (from, specifier, options) => {
    const { dynamic } = plan.modules[from] as PlannedModule;
    return new p.Promise((resolve, reject) => {
      const name = `${specifier as string}`;
      const attributes = options === undefined ? undefined : (options as { with?: { type?: unknown } }).with;
      const kind = attributes?.type === "json" ? "json" : "code";
      for (let i = 0; i < dynamic.length; i++) {
        const one = dynamic[i] as PlannedImport;
        if (one[0] !== name || one[1] !== kind) continue;
        const module = one[2];
        if (module === -1) throw makeError(one[3], one[4]);
        // Later, as every module is that is not there yet.
        const now = new p.Promise<void>((go) => {
          go();
        });
        p.promiseThen(
          now,
          () => {
            evaluate(
              module,
              () => {
                resolve(values.namespaceOf(module));
              },
              reject,
            );
          },
          reject,
        );
        return;
      }
      throw makeError(
        `Cannot import ${p.jsonStringify(p.stringSlice(name, 0, 200))}: \`import()\` finds modules that are named by a text in its place.`,
        "ERR_MODULE_NOT_FOUND",
      );
    });
  };
}
