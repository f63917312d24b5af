/**
 * Enters modules: each is a function, which is given what stands in it in place of `import` and `export`. One that others read before its turn begins
 * early and stops before its own code.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { ModulePlan, PlannedModule, PlannedTarget } from "./module-plan.ts";
import type { Getters, ModuleValues } from "./module-values.ts";

/** A module of the script's; see `modules/emit.ts`. */
export type ModuleFactory = (given: object, looked: object) => unknown;

export type ModuleEntries = ReturnType<typeof makeModuleEntries>;

export function makeModuleEntries(
  p: Primordials,
  plan: ModulePlan,
  factories: readonly ModuleFactory[],
  values: ModuleValues,
  nameDefault: (value: object, called?: string) => void,
  importLater: (from: number, specifier: unknown, options: unknown) => Promise<unknown>,
) {
  interface Entered {
    readonly given: object;
    readonly looked: object;
    /** Of an early module that waits: what lets the rest of it run. */
    readonly open: (() => void) | undefined;
    /** Of an early module: what runs the rest of it, or is settled behind that. */
    begun: unknown;
  }
  const modules = p.list<Entered>();

  function planned(module: number): PlannedModule {
    return plan.modules[module] as PlannedModule;
  }

  function makeGiven(module: number, gate: Promise<unknown> | undefined): object {
    const { fixed } = planned(module);
    const given = p.create(null) as object;
    p.fix(given, "e", (getters: Getters) => {
      values.offer(module, getters);
    });
    p.fix(given, "i", (index: number) => {
      if (typeof index !== "number") return undefined;
      const target = fixed[index] as PlannedTarget;
      return values.read(target[0], target[1]);
    });
    p.fix(given, "j", (text: string) => p.jsonParse(text) as unknown);
    p.fix(given, "n", (value: object, name: string) => {
      nameDefault(value, name);
      return value;
    });
    p.fix(given, "g", gate);
    p.fix(given, "d", (specifier: unknown, options: unknown) => importLater(module, specifier, options));
    p.defineProperty(given, "x", {
      __proto__: null,
      set: (value: object) => nameDefault(value),
    } as PropertyDescriptor);
    return p.freeze(given);
  }

  function enter(module: number): unknown {
    const one = modules[module] as Entered;
    // Called as a plain function: V8 would name what it is taken from in stacks.
    const factory = factories[module] as ModuleFactory;
    return factory(one.given, one.looked);
  }

  for (let i = 0; i < plan.modules.length; i++) {
    let open: (() => void) | undefined;
    const { early, isAsync } = planned(i);
    const gate =
      early && isAsync
        ? new p.Promise<void>((resolve) => {
            open = resolve;
          })
        : undefined;
    modules[i] = { given: makeGiven(i, gate), looked: values.lookup(i), open, begun: undefined };
  }
  for (let i = 0; i < plan.modules.length; i++) {
    const { early, isAsync } = planned(i);
    if (!early) continue;
    const begun = ((modules[i] as Entered).begun = enter(i));
    if (!isAsync) p.generatorNext(begun);
  }

  return {
    /** Runs a module that does not wait, to its end. Throws what it throws. */
    now(module: number): void {
      if (planned(module).early) p.generatorNext((modules[module] as Entered).begun);
      else enter(module);
    },
    /** Runs a module that waits, to its first wait. What it gives is settled at its end. */
    later(module: number): unknown {
      const { open, begun } = modules[module] as Entered;
      if (open === undefined) return enter(module);
      open();
      return begun;
    },
  };
}
