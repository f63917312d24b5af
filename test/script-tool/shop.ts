/** Registries that the tests of tools run scripts against, made of definitions as `isobind generate` makes them. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run, scratch } from "../golden/case.ts";
import type { Registry } from "../../src/model/registry.ts";

export interface Made {
  readonly contract: object;
  /** In the contract style. */
  createRegistry(bindings: object): Registry;
}

export async function made(definition: string): Promise<Made> {
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bindings.config.ts"), `export default { definition: "./bindings.ts" };\n`);
  writeFileSync(join(folder, "bindings.ts"), definition);
  await run(folder);
  const contract = JSON.parse(readFileSync(join(folder, "generated/contract.json"), "utf8")) as object;
  const file = join(folder, "generated/registry.ts");
  const own = JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/registry/index.ts")).href);
  writeFileSync(file, readFileSync(file, "utf8").replace('"isobind/registry"', own));
  const { createRegistry } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Made;
  rmSync(folder, { recursive: true, force: true });
  return { contract, createRegistry };
}

export const shop = `
/** One order. */
export interface Order {
  id: number;
  customer: string;
  placed: Date;
}

export interface Bindings {
  orders: {
    /** All orders of a customer, the newest first. */
    list(customer: string, limit?: number): Promise<Order[]>;
    /** Gives the money of an order back. @approval */
    refund(id: number): Promise<string>;
  };
  stock: {
    /** How many of an article there are. */
    count(article: string): number;
  };
  /** Answers when the test says so. */
  wait(): Promise<string>;
  /** Fails. */
  fail(): Promise<void>;
}
`;

/** What a test may hold: \`wait\` has been called, and answers. */
export interface Gate {
  readonly called: Promise<void>;
  open(): void;
}

export function shopFunctions(): { readonly bindings: object; readonly gate: Gate; refunded: number[] } {
  const called = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  const refunded: number[] = [];
  const order = (id: number, customer: string): object => ({
    id,
    customer,
    placed: new Date(Date.UTC(2026, 0, 1 + (id % 28))),
    secret: "no script sees this",
  });
  return {
    gate: { called: called.promise, open: () => answer.resolve("opened") },
    refunded,
    bindings: {
      orders: {
        list: async (customer: string, limit = 3) =>
          Array.from({ length: limit }, (_, at) => order(at + 1, customer)),
        refund: async (id: number) => {
          refunded.push(id);
          return "done";
        },
      },
      stock: { count: (article: string) => article.length },
      wait: async () => {
        called.resolve();
        return answer.promise;
      },
      fail: async () => {
        throw new Error("ENOENT: no such file or directory, open '/srv/secret/orders.db'");
      },
    },
  };
}
