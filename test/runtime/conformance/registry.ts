/**
 * The registry every conformance case runs against. A module of its own, because with `placement: "worker"` it is the worker that
 * imports it. Written by hand: what generated code says is shown elsewhere; here the runtime is on trial.
 */
import { callContext, type CallContext } from "../../../src/registry/call-context.ts";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import type { BindingTree, LeafTable, RegistryContract } from "../../../src/model/registry.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Mode, ThrownError } from "../../../src/model/contract.ts";
import type { Property, Shape } from "../../../src/model/shape.ts";

class NotFoundError extends RangeError {
  override readonly name = "NotFoundError";
  readonly code = "E_NOT_FOUND";
  readonly table = "users";
  readonly password = "hunter2";
}

class Money {
  readonly amount = 5;
  readonly currency = "EUR";
  format(): string {
    return "5 EUR";
  }
}

/** Values only a host can make, by name. */
const made: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  map: () => new Map<unknown, unknown>([["k", new Set([1])]]),
  date: () => new Date(86_400_000),
  pooled: () => Buffer.from("hi"),
  money: () => new Money(),
  accessor: () => ({
    get now() {
      return 7;
    },
  }),
  "throwing accessor": () => ({
    get now(): never {
      throw new RangeError("getter");
    },
  }),
  cyclic: () => {
    const value: { self?: unknown; list: unknown[] } = { list: [] };
    value.self = value;
    value.list.push(value.list);
    return value;
  },
  error: () => Object.assign(new TypeError("as data", { cause: new Error("inner") }), { code: "E_DATA" }),
  aggregate: () => new AggregateError([new RangeError("one"), 2], "many"),
  function: () => () => 1,
  nested: () => ({ rows: [{ onClick: () => 1 }] }),
  symbol: () => Symbol("s"),
  promise: () => [Promise.resolve(1)],
  weakmap: () => new WeakMap(),
  shared: () => new SharedArrayBuffer(8),
  proto: () => JSON.parse('{"__proto__": {"polluted": true}}') as unknown,
  sparse: () => {
    const array: number[] = [];
    array[5] = 1;
    return array;
  },
  big: () => "x".repeat(300_000),
};

const thrown: Readonly<Record<string, () => unknown>> = {
  declared: () => new NotFoundError("no row", { cause: new TypeError("inner") }),
  plain: () => Object.assign(new TypeError("wrong"), { code: "E_WRONG", secret: "hunter2" }),
  path: () => new Error(`ENOENT: no such file or directory, open '${import.meta.dirname}/secrets.json'`),
  null: () => null,
  text: () => "just text",
  getters: () =>
    new Proxy(new Error("x"), {
      get() {
        throw new Error("trap");
      },
    }),
};

class Account {
  id = 1;
  name = "Ada";
  passwordHash = "hunter2";
  connection = (): string => this.passwordHash;
}

let added = 0;
const contexts: CallContext[] = [];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const tick = async (ms: number): Promise<number> => {
  await pause(ms);
  return ms;
};
/** Calls that are answered when a script says so, by what they were given. */
const held = new Map<unknown, () => void>();
const hold = (name: unknown): Promise<unknown> =>
  new Promise((resolve) => held.set(name, () => resolve(name)));
const release = (name: unknown): void => held.get(name)?.();

const tree = {
  echo: (value: unknown) => value,
  later: {
    echo: async (value: unknown) => value,
    wait: tick,
    hold,
    release,
  },
  maybe: (value: unknown, wait: boolean) => (wait ? Promise.resolve(value) : value),
  deep: { a: { b: { leaf: () => "four levels" } } },
  empty: {},
  ünï: { größe: () => 3 },
  math: {
    add: (a: number, b: number) => {
      added += 1;
      return a + b;
    },
    calls: () => added,
  },
  typed: {
    user: (user: { name: string; tags?: string[] }) => user.name,
    wrong: () => "not a number",
    nothing: () => new WeakMap(),
    row: () => new Account(),
    rows: async () => [new Account(), { id: 2, name: "Bob", passwordHash: "hunter2" }],
    error: () => Object.assign(new NotFoundError("gone"), { sql: "hunter2" }),
  },
  host: {
    make: (kind: string) => made[kind]?.(),
    throws: (kind: string) => {
      throw thrown[kind]?.();
    },
    rejects: async (kind: string) => {
      throw thrown[kind]?.();
    },
    promise: () => Promise.reject(new Error("nobody looks")),
    thenable: async () => ({ then: (resolve: (value: number) => void) => resolve(5) }),
  },
  policy: {
    slow: () => pause(5_000),
    few: () => 1,
    single: hold,
    small: (text: string) => text.length,
  },
  context: {
    read: () => {
      const { runId, path } = callContext();
      return { hasRunId: runId.length > 0, path };
    },
    later: async () => {
      await pause(1);
      return callContext().path;
    },
    hang: () => {
      contexts.push(callContext());
      void callContext().signal;
      return new Promise(() => {});
    },
    aborted: () => contexts.map(({ signal }) => signal.aborted),
  },
} satisfies BindingTree;

const any: Shape = { kind: "any" };

interface Row {
  readonly path: string;
  readonly mode?: Mode;
  readonly policy?: Policy;
  readonly result?: Shape;
  readonly parameters?: readonly [name: string, shape: Shape][];
  readonly throws?: readonly ThrownError[];
  readonly accepts?: (args: readonly unknown[]) => boolean;
  readonly acceptsResult?: (value: unknown) => boolean;
}

const number: Shape = { kind: "number" };
const string: Shape = { kind: "string" };
const property = (name: string, shape: Shape): Property => ({ name, shape, optional: false, readonly: true });
const account: Shape = {
  kind: "object",
  properties: [property("id", number), property("name", string)],
  index: [],
};
const notFound: ThrownError = {
  name: "NotFoundError",
  description: "",
  shape: {
    kind: "error",
    name: "RangeError",
    properties: [property("table", string)],
  },
};

const rows: readonly Row[] = [
  { path: "echo" },
  { path: "later.echo", mode: "async" },
  { path: "later.wait", mode: "async" },
  { path: "later.hold", mode: "async" },
  { path: "later.release" },
  { path: "maybe", mode: "maybe" },
  { path: "deep.a.b.leaf" },
  { path: "ünï.größe" },
  {
    path: "math.add",
    parameters: [
      ["a", number],
      ["b", number],
    ],
    accepts: (args) => args.length === 2 && args.every((arg) => typeof arg === "number"),
  },
  { path: "math.calls" },
  {
    path: "typed.user",
    parameters: [
      [
        "user",
        {
          kind: "object",
          index: [],
          properties: [
            { name: "name", shape: string, optional: false, readonly: false },
            {
              name: "tags",
              shape: { kind: "array", element: string, readonly: false },
              optional: true,
              readonly: false,
            },
          ],
        },
      ],
    ],
    accepts: ([user, ...rest]) => rest.length === 0 && isUser(user),
  },
  { path: "typed.wrong", result: number, acceptsResult: (value) => typeof value === "number" },
  { path: "typed.nothing", result: { kind: "void" } },
  { path: "typed.row", result: account },
  { path: "typed.rows", mode: "async", result: { kind: "array", element: account, readonly: false } },
  {
    path: "typed.error",
    result: { kind: "error", name: "RangeError", properties: [property("table", string)] },
  },
  { path: "host.make" },
  { path: "host.throws", throws: [notFound] },
  { path: "host.rejects", mode: "async", throws: [notFound] },
  { path: "host.promise" },
  { path: "host.thenable", mode: "async" },
  { path: "policy.slow", mode: "async", policy: { timeoutMs: 30 } },
  { path: "policy.few", policy: { maxCalls: 2 } },
  { path: "policy.single", mode: "async", policy: { maxConcurrency: 1 } },
  { path: "policy.small", policy: { maxPayloadBytes: 2_048 } },
  { path: "context.read" },
  { path: "context.later", mode: "async" },
  { path: "context.hang", mode: "async" },
  { path: "context.aborted" },
];

function isUser(value: unknown): boolean {
  if (
    typeof value !== "object" ||
    value === null ||
    Object.keys(value).some((key) => !["name", "tags"].includes(key))
  ) {
    return false;
  }
  const { name, tags } = value as { name?: unknown; tags?: unknown };
  return (
    typeof name === "string" &&
    (tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === "string")))
  );
}

function table(row: Row): LeafTable {
  const { mode = "sync", policy = {}, throws = [], result = any } = row;
  const parameters = row.parameters ?? [["values", any] as [string, Shape]];
  const quantity = row.parameters ? "one" : "rest";
  return {
    path: row.path.split("."),
    mode,
    policy,
    throws,
    signatures: [
      {
        mode,
        result,
        typeParameters: [],
        parameters: parameters.map(([name, shape]) => ({ name, shape, quantity })),
      },
    ],
    accepts: row.accepts ?? (() => true),
    acceptsResult: row.acceptsResult ?? (() => true),
  };
}

const contract: RegistryContract = {
  digest: `sha256-${"0".repeat(64)}`,
  excessProperties: "refuse",
  declarations: [],
  leaves: rows.map(table),
};

export default defineRegistry(tree, contract);
