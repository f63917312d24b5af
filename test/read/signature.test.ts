import { describe, expect, it } from "vitest";
import type { Leaf } from "../../src/model/contract.ts";
import type { Shape } from "../../src/model/shape.ts";
import { readLeaf, readText, withoutPlaces } from "./shown.ts";

const modeOf = (type: string, before = ""): object => {
  const { mode, result } = readLeaf(`f(): ${type}`, before).leaf.signatures[0];
  return withoutPlaces({ mode, result });
};

describe("mode", () => {
  const text = { kind: "string" };

  it.each([
    ["string", "sync", text],
    ["Promise<string>", "async", text],
    ["PromiseLike<string>", "async", text],
    ["Promise<Promise<string>>", "async", text],
    ["string | Promise<string>", "maybe", text],
    [
      "Promise<string> | Promise<string | null>",
      "async",
      { kind: "union", members: [text, { kind: "null" }] },
    ],
    ["null | Promise<string>", "maybe", { kind: "union", members: [{ kind: "null" }, text] }],
    ["Promise<string | Promise<number>>", "async", { kind: "union", members: [text, { kind: "number" }] }],
    ["Promise<void>", "async", { kind: "void" }],
    ["Promise<never>", "async", { kind: "never" }],
    ["any", "sync", { kind: "any" }],
    ["Eventually", "maybe", { kind: "number" }],
    ["Thenable", "async", { kind: "boolean" }],
  ])("%s is %s", (type, mode, result) => {
    const before = `type Eventually = number | Promise<number>;
      interface Thenable { then(done: (value: boolean) => void): void }`;
    expect(modeOf(type, before)).toEqual({ mode, result });
  });

  it("is async for an async function, whose promise nobody wrote", () => {
    const [leaf] = readText("export default { f: async () => [1] };").root.members;
    expect(leaf).toMatchObject({ signatures: [{ mode: "async", result: { kind: "array" } }] });
  });

  it("knows a promise inside a value from the value's own promise", () => {
    expect(modeOf("{ inner: Promise<string> }")).toMatchObject({
      mode: "sync",
      result: { properties: [{ shape: { kind: "unsupported" } }] },
    });
  });
});

const parametersOf = (source: string): readonly object[] => {
  const [leaf] = readText(`export default { f: ${source} };`).root.members as readonly Leaf[];
  return (leaf?.signatures ?? []).map(({ parameters }) =>
    parameters.map(({ name, quantity }) => `${name} ${quantity}`),
  );
};

describe("parameters", () => {
  it.each([
    ["(a: string, b?: number) => 1", ["a one", "b optional"]],
    ["(a: string, b = 1) => a + b", ["a one", "b optional"]],
    ["(a: number | undefined = 1, b: string) => b", ["a one", "b one"]],
    ["(a: string, ...rest: number[]) => 1", ["a one", "rest rest"]],
    ["(...pair: [name: string, value?: number]) => 1", ["name one", "value optional"]],
    ["(...all: [string, ...number[]]) => 1", ["all_0 one", "all_1 rest"]],
    ["(...all: [...string[], number]) => 1", ["all rest"]],
    ["({ a }: { a: string }) => a", ["options one"]],
    ["([a]: string[], [b]: string[]) => a + b", ["values one", "values2 one"]],
    ["function (this: void, a: string) { return a; }", ["a one"]],
  ])("%s", (source, expected) => {
    expect(parametersOf(source)).toEqual([expected]);
  });

  it("of a destructured object are called like its type", () => {
    const { leaf } = readLeaf("f({ host }: ServerOptions): void", "interface ServerOptions { host: string }");
    expect(leaf.signatures[0].parameters[0]?.name).toBe("serverOptions");
  });

  it("accept undefined where a default stands before a required one", () => {
    const [leaf] = readText("export default { f: (a = 1, b: string) => a + b };").root.members;
    expect(leaf).toMatchObject({
      signatures: [
        {
          parameters: [
            { shape: { kind: "union", members: [{ kind: "number" }, { kind: "undefined" }] } },
            {},
          ],
        },
      ],
    });
  });

  it("take the type of their default where nothing else is known", () => {
    const contract = readText(
      "declare function any<T extends Record<string, (...a: any[]) => unknown>>(t: T): T; export default any({ f: (a = 1) => 1 });",
    );
    expect(contract.root.members[0]).toMatchObject({
      signatures: [{ parameters: [{ shape: { kind: "number" } }] }],
    });
  });

  it("of a union of tuples give a signature each", () => {
    expect(parametersOf('(...value: [kind: "a", size: number] | [kind: "b"]) => 1')).toEqual([
      ["kind one", "size one"],
      ["kind one"],
    ]);
  });

  it("of overloads give a signature each, without the implementation's", () => {
    const contract = readText(`
      function f(a: string): string; function f(a: number, b?: number): number;
      function f(a: string | number) { return a; }
      export default { f };`);
    expect(contract.root.members[0]).toMatchObject({
      signatures: [{ result: { kind: "string" } }, { result: { kind: "number" } }],
    });
  });
});

describe("leaves with type parameters", () => {
  const of = (signature: string, before = ""): Leaf["signatures"][0] =>
    withoutPlaces(readLeaf(signature, before).leaf.signatures[0]);
  const parameter = (name: string): object => ({ kind: "parameter", name });

  it("keep them", () => {
    expect(of("f<T extends { id: string } = { id: string }>(a: T[]): Promise<T>")).toMatchObject({
      typeParameters: [{ name: "T", constraint: { kind: "object" }, default: { kind: "object" } }],
      parameters: [{ shape: { element: parameter("T") } }],
      mode: "async",
      result: parameter("T"),
    });
  });

  it("keep what computes as text, checked against what always holds", () => {
    const user = "interface User { id: string; age: number }";
    expect(of("f<K extends keyof User>(k: K): Pick<User, K>", user).result).toEqual({
      kind: "deferred",
      text: "Pick<User, K>",
      constraint: {
        kind: "object",
        properties: [
          { name: "id", shape: { kind: "string" }, optional: true, readonly: false },
          { name: "age", shape: { kind: "number" }, optional: true, readonly: false },
        ],
        index: [],
      },
      references: ["User"],
    });
    expect(of("f<K extends keyof User>(k: K): User[K]", user).result).toMatchObject({
      text: "User[K]",
      constraint: { kind: "union", members: [{ kind: "string" }, { kind: "number" }] },
    });
    // Of keys that are written out, a `T` with more properties still has these.
    expect(of("f<T extends User, K extends 'id' | 'age'>(t: T, k: K): T[K]", user).result).toMatchObject({
      text: "T[K]",
      constraint: { kind: "union", members: [{ kind: "string" }, { kind: "number" }] },
    });
    expect(of("f<T extends User, K extends keyof User>(t: T, k: K, v: T[K]): void", user)).toMatchObject({
      parameters: [{}, {}, { shape: { constraint: { kind: "union" } } }],
    });
    expect(of("f<T extends Record<string, number>, K extends keyof T>(k: K): T[K]").result).toMatchObject({
      constraint: { kind: "number" },
    });
    expect(of("f<T extends string[], K extends keyof T>(k: K): T[K]").result).toMatchObject({
      constraint: { kind: "unknown" },
    });
    // A caller may choose a `T` with more properties, so its constraint says nothing of `T[K]`.
    expect(of("f<T extends User, K extends keyof T>(t: T, k: K): T[K]", user).result).toMatchObject({
      text: "T[K]",
      constraint: { kind: "unknown" },
    });
  });

  it("are a rest of their own where they are written as one", () => {
    const rest = (signature: string): unknown => of(signature).parameters.at(-1);
    const whole = { quantity: "rest", whole: parameter("T") };
    expect(rest("f<T extends number[]>(...values: T): T")).toMatchObject({
      ...whole,
      shape: { kind: "number" },
    });
    expect(rest("f<T extends number[]>(a: 1, ...x: [text: string, ...values: T]): T")).toMatchObject(whole);
    expect(rest("f<T extends string>(...values: T[]): T")).not.toHaveProperty("whole");
  });

  it("know of a tuple around one what every choice has in common", () => {
    const elements = (parameter: string, type: string): unknown => {
      const shape = of(`f<T extends ${parameter}>(a: ${type}): void`).parameters[0]?.shape;
      const bound = shape?.kind === "deferred" ? shape.constraint : null;
      if (bound?.kind !== "tuple") return bound?.kind;
      return bound.elements.map((element) => `${element.shape.kind} ${element.quantity}`);
    };
    expect(elements("number[]", "[string, ...T]")).toEqual(["string one", "number rest"]);
    expect(elements("number[]", "[...T, string]")).toEqual(["number rest", "string one"]);
    expect(elements("[number, boolean]", "[...T, string]")).toEqual([
      "number one",
      "boolean one",
      "string one",
    ]);
    expect(elements("[number, boolean?]", "[string, ...T]")).toEqual([
      "string one",
      "number one",
      "union optional",
    ]);
    // With a `T` of one element the `string` is the second.
    expect(elements("[number, boolean?]", "[...T, string]")).toBe("unknown");
  });

  it("keep generic helpers that such text mentions", () => {
    const { leaf, contract } = readLeaf(
      "f<T>(a: DeepPartial<T>): void",
      "type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;",
    );
    expect(leaf.signatures[0].parameters[0]?.shape).toMatchObject({
      text: "DeepPartial<T>",
      references: ["DeepPartial"],
    });
    expect(contract.declarations).toMatchObject([
      {
        name: "DeepPartial",
        typeParameters: [{ name: "T" }],
        shape: { kind: "deferred", references: ["DeepPartial"] },
      },
    ]);
  });

  it("are renamed in text too, where a declaration has their name", () => {
    const { leaf } = readLeaf(
      "f<T extends unknown[]>(a: [...T], x: { t: typeof t }): [1, ...T]",
      "interface T { y: 1 } declare const t: T;",
    );
    expect(leaf.signatures[0]).toMatchObject({
      typeParameters: [{ name: "T_2" }],
      parameters: [{ shape: { text: "[...T_2]" } }, {}],
      result: { text: "[1, ...T_2]" },
    });
  });

  it("use the final names of declarations in text", () => {
    const { leaf } = readLeaf(
      "f<K extends keyof Date>(k: K): Pick<Date, K>",
      "interface Date { year: number; day: number }",
    );
    expect(leaf.signatures[0].result).toMatchObject({ text: "Pick<Date_2, K>", references: ["Date_2"] });
  });
});

describe("a mapped type over a type parameter is checked against", () => {
  const user = "interface User { id: string; name?: string }";
  const constraintOf = (parameters: string, type: string): unknown => {
    const { leaf } = readLeaf(`f<${parameters}>(value: ${type}): void`, user);
    const shape = leaf.signatures[0].parameters[0]?.shape;
    return shape?.kind === "deferred" ? withoutPlaces(shape.constraint) : shape;
  };
  const text: Shape = { kind: "string" };
  const orMissing: Shape = { kind: "union", members: [text, { kind: "undefined" }] };
  const id = { name: "id", shape: text, optional: true, readonly: false };
  const name = { name: "name", shape: orMissing, optional: true, readonly: false };
  const others = [{ key: "string", value: { kind: "unknown" }, readonly: false }];

  it.each([
    ["K extends keyof User", "Pick<User, K>", { kind: "object", properties: [id, name], index: [] }],
    ["K extends 'id'", "Pick<User, K>", { kind: "object", properties: [id], index: [] }],
    ["K extends keyof User", "Omit<User, K>", { kind: "object", properties: [id, name], index: [] }],
    [
      "T extends User, K extends keyof T",
      "Pick<T, K>",
      { kind: "object", properties: [id, name], index: others },
    ],
    [
      "T extends User",
      "Partial<T>",
      { kind: "object", properties: [{ ...id, shape: orMissing }, name], index: others },
    ],
    [
      "T extends User",
      "Readonly<T>",
      {
        kind: "object",
        properties: [
          { ...id, optional: false, readonly: true },
          { ...name, readonly: true },
        ],
        index: others,
      },
    ],
    [
      "K extends string",
      "Record<K, number>",
      {
        kind: "object",
        properties: [],
        index: [{ key: "string", value: { kind: "number" }, readonly: false }],
      },
    ],
    ["T extends object", "Partial<T>", { kind: "nonprimitive" }],
    ["T", "Partial<T>", { kind: "unknown" }],
    ["T extends string[]", "Partial<T>", { kind: "unknown" }],
    ["T extends string", "NoInfer<T>", text],
  ])("<%s> %s", (parameters, type, wanted) => {
    expect(constraintOf(parameters, type)).toEqual(wanted);
  });
});

describe("arguments that may be left out", () => {
  const parametersOf = (list: string): unknown =>
    readLeaf(`f(${list}): void`).leaf.signatures[0].parameters.map(({ name, shape, quantity }) => [
      name,
      withoutPlaces(shape),
      quantity,
    ]);
  const text: Shape = { kind: "string" };
  const nothing: Shape = { kind: "void" };

  it("are a `void` at the end, as a call may be written", () => {
    expect(parametersOf("a: string, b: void, c: void | string")).toEqual([
      ["a", text, "one"],
      ["b", nothing, "optional"],
      ["c", { kind: "union", members: [nothing, text] }, "optional"],
    ]);
    expect(parametersOf("a: void, b: string")).toEqual([
      ["a", nothing, "one"],
      ["b", text, "one"],
    ]);
  });

  it("are none that stand before a required one", () => {
    expect(parametersOf("a?: string, ...b: [string, number?]")).toEqual([
      ["a", { kind: "union", members: [text, { kind: "undefined" }] }, "one"],
      ["b_0", text, "one"],
      ["b_1", { kind: "number" }, "optional"],
    ]);
  });
});
