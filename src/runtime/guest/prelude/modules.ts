/**
 * Evaluates the modules of a run in the order ECMAScript says, with what each imports. Which module names which, and where
 * each export is, was decided outside (`modules/link.ts`) and arrives as a plan; what is left is what only running code
 * tells: who waits, who has ended, and who has failed. The order is that of `InnerModuleEvaluation` and
 * `AsyncModuleExecutionFulfilled` of the standard.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";

/** A module and the index of one of its exports; -1 for the module as an object. */
export type PlannedTarget = readonly [module: number, index: number];

/** A module that `import()` names: where it is, or -1 and why it is nowhere. */
export type PlannedImport = readonly [
  specifier: string,
  kind: string,
  module: number,
  message: string,
  code: string,
];

export interface PlannedModule {
  readonly isAsync: boolean;
  /** Entered before any module is evaluated. */
  readonly early: boolean;
  readonly fixed: readonly PlannedTarget[];
  readonly live: readonly (readonly [local: string, module: number, index: number])[];
  readonly wanted: readonly number[];
  /** Modules that reach each other have the same. */
  readonly circle: number;
  readonly dynamic: readonly PlannedImport[];
}

export interface ModulePlan {
  readonly modules: readonly PlannedModule[];
  /** The order of evaluation that begins at a module, for the script and for what `import()` names. */
  readonly orders: readonly (readonly number[] | null)[];
  /** What modules offer that are used as objects. */
  readonly names: readonly (readonly (readonly [name: string, module: number, index: number])[] | null)[];
  /** Where the exports of the script are. */
  readonly exports: readonly PlannedTarget[];
}

/** What a module gets in place of `import` and `export`; see `modules/emit.ts`. */
export type ModuleFactory = (given: object, looked: object) => unknown;

export interface Modules {
  /** Evaluates the script and all it names. Calls one of the two, once. */
  evaluate(done: () => void, failed: (error: unknown) => void): void;
  read(target: PlannedTarget): unknown;
}

export function makeModules(
  p: Primordials,
  plan: ModulePlan,
  factories: readonly ModuleFactory[],
  nameDefault: (value: object, called?: string) => void,
  makeError: (message: string, code: string) => Error,
): Modules {
  // States of a module. `waiting`: it waits for one it names, or at its own top level.
  const fresh = 0;
  const waiting = 1;
  const ended = 2;
  const broken = 3;

  interface Running {
    state: number;
    /** Its place in the order in which modules began to be evaluated. */
    turn: number;
    /** How many of those it names it waits for. */
    pending: number;
    readonly waiters: number[];
    getters: { readonly [index: number]: () => unknown } | undefined;
    namespace: object | undefined;
    error: unknown;
    /** Of an early module: what runs the rest of it. */
    generator: unknown;
    promise: unknown;
    open: (() => void) | undefined;
    given: object;
    looked: object;
    readonly listeners: { done: () => void; failed: (error: unknown) => void }[];
  }

  const running = p.list<Running>();
  /** Of each circle the module that ended last: who waits for one of them waits for it. */
  const roots = p.list<number>();
  let turns = 0;

  function planned(module: number): PlannedModule {
    return plan.modules[module] as PlannedModule;
  }

  function at(module: number): Running {
    return running[module] as Running;
  }

  function read(target: PlannedTarget): unknown {
    return readAt(target[0], target[1]);
  }

  function readAt(module: number, index: number): unknown {
    if (index === -1) return namespaceOf(module);
    const { getters } = at(module);
    if (getters === undefined)
      throw new (p.errors["ReferenceError"] as ErrorConstructor)("A module is read before it has begun.");
    return (getters[index] as () => unknown)();
  }

  // --- what a module is given ---

  function makeGiven(module: number, gate: Promise<unknown> | undefined): object {
    const { fixed, dynamic } = planned(module);
    const given = p.create(null) as object;
    const put = (key: string, value: unknown): void => {
      p.defineProperty(given, key, { __proto__: null, value } as PropertyDescriptor);
    };
    put("e", (getters: Running["getters"]) => {
      at(module).getters ??= getters;
    });
    put("i", (index: number) =>
      typeof index === "number" ? read(fixed[index] as PlannedTarget) : undefined,
    );
    put("j", (text: string) => p.jsonParse(text) as unknown);
    put("n", (value: object, name: string) => {
      nameDefault(value, name);
      return value;
    });
    put("g", gate);
    put("d", (specifier: unknown, options: unknown) => importLater(dynamic, specifier, options));
    p.defineProperty(given, "x", {
      __proto__: null,
      set: (value: object) => nameDefault(value),
    } as PropertyDescriptor);
    return p.freeze(given);
  }

  function makeLooked(module: number): object {
    const { live } = planned(module);
    const looked = p.create(null) as object;
    for (let i = 0; i < live.length; i++) {
      const one = live[i] as readonly [string, number, number];
      const from = one[1];
      const index = one[2];
      p.defineProperty(looked, one[0], {
        __proto__: null,
        get: () => readAt(from, index),
        set() {
          throw new p.TypeError("Assignment to constant variable.");
        },
      } as PropertyDescriptor);
    }
    return p.freeze(looked);
  }

  function namespaceOf(module: number): object {
    const known = at(module).namespace;
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
    p.defineProperty(shape, p.symbolToStringTag, { __proto__: null, value: "Module" } as PropertyDescriptor);
    p.preventExtensions(shape);
    const valueOf = (key: unknown): unknown => {
      const place = places.get(key);
      if (place !== undefined) return readAt(place[1], place[2]);
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
    at(module).namespace = namespace;
    return namespace;
  }

  // --- evaluation ---

  function enterEarly(module: number): void {
    const one = at(module);
    const factory = factories[module] as ModuleFactory;
    const result = factory(one.given, one.looked);
    if (planned(module).isAsync) one.promise = result;
    else {
      one.generator = result;
      p.generatorNext(result);
    }
  }

  /** Runs a module that does not wait, to its end. Throws what it throws. */
  function runNow(module: number): void {
    const one = at(module);
    if (planned(module).early) p.generatorNext(one.generator);
    else {
      // Called as a plain function: V8 would name what it is taken from in stacks.
      const factory = factories[module] as ModuleFactory;
      factory(one.given, one.looked);
    }
    one.state = ended;
    tell(module);
  }

  /** Runs a module that waits, to its first wait. */
  function runLater(module: number): void {
    const one = at(module);
    try {
      if (one.open !== undefined) one.open();
      else {
        const factory = factories[module] as ModuleFactory;
        one.promise = factory(one.given, one.looked);
      }
    } catch (error) {
      // An asynchronous function only throws when there is no stack left to call it.
      return fail(module, error);
    }
    // The script may have changed `Promise`; an own `constructor` of `undefined` makes `then` use the built-in one.
    p.defineProperty(one.promise as object, "constructor", {
      __proto__: null,
      value: undefined,
    } as PropertyDescriptor);
    p.promiseThen(
      one.promise,
      () => {
        succeed(module);
      },
      (error) => {
        fail(module, error);
      },
    );
  }

  /** A module that waited has ended: those that wait for it alone go on, in the order in which they began to wait. */
  function succeed(module: number): void {
    if (at(module).state === broken) return;
    at(module).state = ended;
    tell(module);
    const byTurn = p.list<number>();
    const stack = p.list<number>();
    stack[0] = module;
    let size = 1;
    while (size > 0) {
      const { waiters } = at(stack[--size] as number);
      for (let i = 0; i < waiters.length; i++) {
        const waiter = waiters[i] as number;
        const one = at(waiter);
        if (one.state !== waiting || --one.pending > 0) continue;
        byTurn[one.turn] = waiter;
        if (!planned(waiter).isAsync) stack[size++] = waiter;
      }
    }
    for (let turn = 0; turn < byTurn.length; turn++) {
      const next = byTurn[turn];
      if (next === undefined || at(next).state !== waiting) continue;
      if (planned(next).isAsync) runLater(next);
      else {
        try {
          runNow(next);
        } catch (error) {
          fail(next, error);
        }
      }
    }
  }

  /** A module has failed, and with it all that wait for it. */
  function fail(module: number, error: unknown): void {
    const stack = p.list<number>();
    stack[0] = module;
    let size = 1;
    while (size > 0) {
      const failed = stack[--size] as number;
      const one = at(failed);
      if (one.state === broken) continue;
      one.state = broken;
      one.error = error;
      for (let i = 0; i < one.waiters.length; i++) stack[size++] = one.waiters[i] as number;
      tell(failed);
    }
  }

  function tell(module: number): void {
    const { state, error, listeners } = at(module);
    for (let i = 0; i < listeners.length; i++) {
      const listener = listeners[i] as Running["listeners"][number];
      if (state === ended) listener.done();
      else listener.failed(error);
    }
    listeners.length = 0;
  }

  /** Begins one module whose own have all begun. Throws what it throws, or what one it names has thrown. */
  function begin(module: number): void {
    const one = at(module);
    const { wanted, circle, isAsync } = planned(module);
    for (let i = 0; i < wanted.length; i++) {
      const named = wanted[i] as number;
      const other = planned(named).circle;
      const root = other === circle ? named : (roots[other] as number);
      if (at(root).state === broken) throw at(root).error;
      if (at(root).state !== waiting) continue;
      at(root).waiters[at(root).waiters.length] = module;
      one.pending++;
    }
    one.turn = turns++;
    if (one.pending > 0) one.state = waiting;
    else if (isAsync) {
      one.state = waiting;
      runLater(module);
    } else runNow(module);
  }

  function evaluateFrom(module: number, done: () => void, failed: (error: unknown) => void): void {
    const order = plan.orders[module] as readonly number[];
    const one = at(module);
    for (let i = 0; i < order.length; i++) {
      const next = order[i] as number;
      if (at(next).state !== fresh) continue;
      roots[planned(next).circle] = next;
      try {
        begin(next);
      } catch (error) {
        // Those that would have come after it are not evaluated at all, and those of its circle have failed with it.
        const { circle } = planned(next);
        for (let j = 0; j < order.length; j++) {
          const other = order[j] as number;
          if (planned(other).circle === circle || other === module) fail(other, error);
        }
        break;
      }
    }
    if (one.state === ended) done();
    else if (one.state === broken) failed(one.error);
    else one.listeners[one.listeners.length] = { done, failed };
  }

  /** `import()`: the module as an object, when it has been evaluated. */
  function importLater(
    dynamic: readonly PlannedImport[],
    specifier: unknown,
    options: unknown,
  ): Promise<unknown> {
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
        void p.defineProperty(now, "constructor", {
          __proto__: null,
          value: undefined,
        } as PropertyDescriptor);
        p.promiseThen(
          now,
          () => {
            evaluateFrom(
              module,
              () => {
                resolve(namespaceOf(module));
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
    running[i] = {
      state: fresh,
      turn: 0,
      pending: 0,
      waiters: p.list(),
      getters: undefined,
      namespace: undefined,
      error: undefined,
      generator: undefined,
      promise: undefined,
      open,
      given: makeGiven(i, gate),
      looked: makeLooked(i),
      listeners: p.list(),
    };
  }
  for (let i = 0; i < plan.modules.length; i++) if (planned(i).early) enterEarly(i);

  return {
    evaluate(done, failed) {
      evaluateFrom(0, done, failed);
    },
    read,
  };
}
