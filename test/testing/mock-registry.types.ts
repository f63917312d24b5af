/** What must and must not compile of overrides and of the log. Checked by the type checker of the repository; nothing here runs. */
import type { Registry } from "../../src/model/registry.ts";
import { mockRegistry, throws } from "../../src/testing/index.ts";

interface Order {
  id: string;
  total: number;
}

interface Bindings {
  readonly orders: {
    readonly find: { (id: string): Promise<Order | null> };
    readonly count: { (): number };
    readonly anything: { (): Promise<unknown> };
  };
  greet(name: string): string;
}

declare const contract: object;

const mock = mockRegistry<Bindings>(contract, {
  seed: 7,
  overrides: {
    orders: {
      find: async (id) => ({ id, total: id.length }),
      count: 3,
      anything: async (...none) => none.length,
    },
    greet: (name) => (name === "" ? throws("RangeError") : `Hello, ${name}!`),
  },
});

const [first] = mock.callsTo("orders.find");
first?.args[0].toUpperCase();
first?.result?.total.toFixed(2);
const registry: Registry = mock;

mockRegistry<Bindings>(contract, { overrides: { orders: { find: null, count: throws("RangeError") } } });
mockRegistry<Bindings>(contract, { overrides: { orders: { find: () => ({ id: "a", total: 1 }) } } });
mockRegistry(contract, { overrides: { anything: { goes: 1 } } });
mockRegistry(registry);
mockRegistry(new URL("file:///contract.json"));

/** As a generated registry module of the contract style exports it. */
declare function createRegistry(bindings: Bindings): Registry;
mockRegistry<typeof createRegistry>(contract, { overrides: { greet: "Hello" } });

// @ts-expect-error a binding that does not exist
mockRegistry<Bindings>(contract, { overrides: { orders: { fnid: null } } });

// @ts-expect-error a result of another type
mockRegistry<Bindings>(contract, { overrides: { orders: { find: async (id) => ({ id, total: "12" }) } } });

// @ts-expect-error a value of another type
mockRegistry<Bindings>(contract, { overrides: { orders: { count: "3" } } });

// @ts-expect-error a promise where the binding is synchronous
mockRegistry<Bindings>(contract, { overrides: { greet: async (name) => name } });

// @ts-expect-error a name that does not exist
mock.callsTo("orders.fnid");
