/**
 * Finds what modules export: the value an import names, a module as an object, and the object in which imports that may still change are looked up.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { ModulePlan, PlannedModule } from "./module-plan.ts";

/** A function for each export of a module, in the order of the plan. */
export type Getters = readonly (() => unknown)[];

export type ModuleValues = ReturnType<typeof makeModuleValues>;

export function makeModuleValues(p: Primordials, plan: ModulePlan) {
  const offered = p.list<Getters | undefined>();
  const namespaces = p.list<object | undefined>();

  /** The value of an export; the module as an object for -1. */
  function read(module: number, index: number): unknown {
    if (index === -1) return namespaceOf(module);
    const getters = offered[module];
    if (getters === undefined)
      throw new (p.errors["ReferenceError"] as ErrorConstructor)("A module is read before it has begun.");
    return (getters[index] as () => unknown)();
  }

  /** What a module looks its live imports up in. */
  function lookup(module: number): object {
    const { live } = plan.modules[module] as PlannedModule;
    const looked = p.create(null) as object;
    for (let i = 0; i < live.length; i++) {
      const one = live[i] as readonly [string, number, number];
      const from = one[1];
      const index = one[2];
      p.defineProperty(looked, one[0], {
        __proto__: null,
        get: () => read(from, index),
        set() {
          throw new p.TypeError("Assignment to constant variable.");
        },
      } as PropertyDescriptor);
    }
    return p.freeze(looked);
  }

  function namespaceOf(module: number): object {
    const known = namespaces[module];
    if (known !== undefined) return known;
    const names = plan.names[module] as readonly (readonly [string, number, number])[];
    const places = p.safeMap<unknown, readonly [string, number, number]>();
    const shape = p.create(null) as object;
    for (let i = 0; i < names.length; i++) {
      const one = names[i] as readonly [string, number, number];
      places.set(one[0], one);
      p.defineProperty(shape, one[0], {
        __proto__: null,
        value: undefined,
        writable: true,
        enumerable: true,
      } as PropertyDescriptor);
    }
    p.fix(shape, p.symbolToStringTag, "Module");
    p.preventExtensions(shape);
    const valueOf = (key: unknown): unknown => {
      const place = places.get(key);
      if (place !== undefined) return read(place[1], place[2]);
      return key === p.symbolToStringTag ? "Module" : undefined;
    };
    const namespace = new p.Proxy(
      shape,
      p.freeze({
        __proto__: null,
        get: (_shape: object, key: unknown) => valueOf(key),
        set: () => false,
        defineProperty: () => false,
        getOwnPropertyDescriptor(_shape: object, key: PropertyKey) {
          if (!places.has(key)) return p.getOwnPropertyDescriptor(shape, key);
          return {
            __proto__: null,
            value: valueOf(key),
            writable: true,
            enumerable: true,
            configurable: false,
          };
        },
      }) as ProxyHandler<object>,
    );
    namespaces[module] = namespace;
    return namespace;
  }

  return {
    /** A module has begun: what it exports can be asked for. The first time counts. */
    offer(module: number, getters: Getters): void {
      offered[module] ??= getters;
    },
    read,
    namespaceOf,
    lookup,
  };
}
