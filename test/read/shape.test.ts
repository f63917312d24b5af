import { describe, expect, it } from "vitest";
import { canonicalUnion } from "../../src/read/shape/union.ts";
import { declared, readFiles, readLeaf, readText, shapeOf, withoutPlaces } from "./shown.ts";

const text = { kind: "string" };
const number = { kind: "number" };
const literal = (value: string | number | boolean): object => ({
  kind: "literal",
  type: typeof value,
  value,
});
const ref = (name: string, ...typeArguments: object[]): object => ({
  kind: "reference",
  name,
  typeArguments,
});

describe("unions", () => {
  it("keep the source's order", () => {
    expect(shapeOf('"z" | 3 | "a" | null | string[]')).toEqual({
      kind: "union",
      members: [
        literal("z"),
        literal(3),
        literal("a"),
        { kind: "null" },
        { kind: "array", element: text, readonly: false },
      ],
    });
  });

  it("have the same order whatever was mentioned before", () => {
    const later = readLeaf('g(value: "b" | "a"): void; f(value: keyof { b: 1; a: 2 }): void').leaf;
    const keys = shapeOf("keyof { b: 1; a: 2 }", 'type Earlier = "b" | "a";');
    expect(keys).toEqual({ kind: "union", members: [literal("a"), literal("b")] });
    expect(later.signatures[0].parameters[0]?.shape).toMatchObject({ members: [literal("b"), literal("a")] });
  });

  it("are flat and without duplicates", () => {
    expect(shapeOf("string | (number | (string | boolean))")).toMatchObject({
      members: [text, number, { kind: "boolean" }],
    });
    expect(shapeOf("Date | A | B", "class A extends Date {} class B extends Date {}")).toMatchObject({
      kind: "union",
    });
  });

  it("still say that something is lost when two members arrive as one", () => {
    const plain = { kind: "builtin", name: "Uint8Array" } as const;
    const lossy = { ...plain, lossy: { from: "Buffer", loses: "its methods" } };
    const parts = [plain, lossy, plain].map((shape) => ({ shape, order: null }));
    expect(canonicalUnion(parts, new Map())).toEqual(lossy);
  });

  it("keep the name of an aliased part", () => {
    const before = "type Value = string | number | Date;";
    expect(shapeOf("Value | null", before)).toEqual({
      kind: "union",
      members: [ref("Value"), { kind: "null" }],
    });
    expect(shapeOf("Value | undefined", before)).toEqual({
      kind: "union",
      members: [ref("Value"), { kind: "undefined" }],
    });
  });

  it("put true and false together, and all members of an enum", () => {
    expect(shapeOf("null | boolean | string")).toEqual({
      kind: "union",
      members: [{ kind: "null" }, { kind: "boolean" }, text],
    });
    expect(shapeOf("E | null", "enum E { A, B }")).toEqual({
      kind: "union",
      members: [ref("E"), { kind: "null" }],
    });
    expect(shapeOf("E.A | null", "enum E { A, B }")).toEqual({
      kind: "union",
      members: [literal(0), { kind: "null" }],
    });
  });
});

describe("intersections", () => {
  it("that no value can have are never", () => {
    expect(shapeOf("{ a: 1 } & { a: 2 }")).toEqual({ kind: "never" });
    expect(shapeOf("{ kind: 'a' } & ({ kind: 'a'; x: 1 } | { kind: 'b' })")).toMatchObject({
      kind: "object",
      properties: [{ name: "kind" }, { name: "x" }],
    });
    expect(shapeOf("{} & { a?: string }")).toMatchObject({ kind: "object" });
  });
});

describe("optional properties", () => {
  const options = (exact: boolean): object | undefined => {
    const { contract } = readFiles({
      "bindings.ts":
        "interface O { a?: string; b?: string | undefined } export interface Bindings { f(o: O): void }",
      "tsconfig.json": JSON.stringify({ compilerOptions: { exactOptionalPropertyTypes: exact } }),
    });
    return contract ? declared(contract, "O") : undefined;
  };
  const maybe = { kind: "union", members: [text, { kind: "undefined" }] };

  it("accept undefined exactly when the type does", () => {
    expect(options(true)).toMatchObject({
      properties: [
        { optional: true, shape: text },
        { optional: true, shape: maybe },
      ],
    });
    expect(options(false)).toMatchObject({
      properties: [
        { optional: true, shape: maybe },
        { optional: true, shape: maybe },
      ],
    });
  });
});

describe("generic declarations", () => {
  it("stay generic when their bodies compute nothing", () => {
    const { leaf, contract } = readLeaf(
      "f(a: Page<string>, b: Page<number>): void",
      "interface Page<T> { items: T[]; next?: Page<T> }",
    );
    expect(leaf.signatures[0].parameters.map(({ shape }) => withoutPlaces(shape))).toEqual([
      ref("Page", text),
      ref("Page", number),
    ]);
    expect(contract.declarations).toMatchObject([
      {
        name: "Page",
        typeParameters: [{ name: "T" }],
        shape: { properties: [{ name: "items" }, { name: "next" }] },
      },
    ]);
  });

  it("become one declaration a use when they compute", () => {
    const { contract } = readLeaf(
      "f(a: Null<A>, b: Null<B>, c: Null<A>): void",
      "interface A { a: string } interface B { b: number } type Null<T> = { [K in keyof T]: T[K] | null };",
    );
    expect(contract.declarations.map(({ name }) => name)).toEqual(["Null", "Null_2"]);
    expect(declared(contract, "Null_2")).toMatchObject({
      properties: [{ name: "b", shape: { kind: "union" } }],
    });
  });

  it("compute when something inside them does, however far", () => {
    const { contract } = readLeaf(
      "f(a: Outer<{ x: string }>): void",
      `interface Outer<T> { inner: Inner<T> }
       interface Inner<T> { keys: Keys<T>; outer?: Outer<T> }
       type Keys<T> = { [K in keyof T]: K };`,
    );
    expect(contract.declarations.map(({ name, typeParameters }) => [name, typeParameters.length])).toEqual([
      ["Inner", 0],
      ["Keys", 0],
      ["Outer", 0],
    ]);
    expect(declared(contract, "Keys")).toMatchObject({ properties: [{ name: "x", shape: literal("x") }] });
  });

  it("may grow with each level", () => {
    const { contract } = readLeaf(
      "f(a: Grow<string>): void",
      "interface Grow<T> { value: T; next?: Grow<T[]> }",
    );
    expect(contract.declarations).toHaveLength(1);
  });

  it.each([
    ["unnamed types", (inner: string) => `{ a: ${inner} }`, "it nests more than 48 levels deep"],
    [
      "type arguments",
      (inner: string) => `Box<${inner}>`,
      "its type arguments nest more than 48 levels deep",
    ],
  ])("that are written by hand may have 48 %s inside one another", (_, around, reason) => {
    const around48 = (inner: string): string =>
      Array(48)
        .fill(0)
        .reduce<string>((text) => around(text), inner);
    const box = "interface Box<T> { value: T } interface Inner { inner: ";
    const read = (type: string): unknown => {
      const { leaf } = readLeaf(`f(a: ${type}): void`, `${box} ${around48("string")} }`);
      return leaf.signatures[0]?.parameters[0]?.shape;
    };
    expect(read(around48("string"))).not.toMatchObject({ kind: "unsupported" });
    expect(read(around48(around("string")))).toMatchObject({ code: "type-too-large", reason });
    // What the help says.
    expect(read(around48("Inner"))).not.toMatchObject({ kind: "unsupported" });
  });

  it.each([
    ["in depth", "{ value: T; next?: Grow<T[]> }"],
    ["in breadth", "{ a?: Grow<T[]>; b?: Grow<[T]>; value: T }"],
  ])("that compute and grow %s are one finding", (_, body) => {
    const { contract } = readLeaf(
      "f(a: Grow<string>): void",
      `type Grow<T> = T extends unknown ? ${body} : never;`,
    );
    expect(declared(contract, "Grow")).toMatchObject({ kind: "unsupported", code: "type-too-large" });
  });
});

describe("brands", () => {
  it.each([
    ["a name", 'string & { readonly __brand: "Id" }', ""],
    ["a unique symbol", "string & { readonly [tag]: true }", "declare const tag: unique symbol;"],
    ["anything beside a primitive", 'string & { unit: "m" }', ""],
  ])("are told by %s", (_, type, before) => {
    expect(shapeOf(type, before)).toMatchObject({ kind: "brand", base: text, tag: { kind: "object" } });
  });

  it("leave data alone", () => {
    expect(shapeOf("{ a: string } & { b: number }")).toMatchObject({
      kind: "object",
      properties: [{ name: "a" }, { name: "b" }],
    });
  });
});

describe("what arrives as less than it was", () => {
  it("is said of classes, with the class and what is lost", () => {
    const { contract } = readLeaf(
      "f(): Money",
      "class Money { #secret = 1; private cents = 2; constructor(readonly amount: number) {} get text() { return ``; } add() {} }",
    );
    expect(declared(contract, "Money")).toMatchObject({
      kind: "object",
      properties: [{ name: "amount", readonly: true }],
      lossy: { from: "Money", loses: expect.stringMatching(/class.*private fields.*methods/) },
    });
  });

  it("is said of classes that extend what structured clone knows", () => {
    const { contract } = readLeaf(
      "f(a: When, b: Bytes): void",
      "class When extends Date {} class Bytes extends Uint8Array {}",
    );
    expect(declared(contract, "When")).toMatchObject({
      kind: "builtin",
      name: "Date",
      lossy: { from: "When" },
    });
    expect(declared(contract, "Bytes")).toMatchObject({
      kind: "builtin",
      name: "Uint8Array",
      lossy: { from: "Bytes" },
    });
  });

  it("is said of symbol keys", () => {
    expect(shapeOf("{ a: string; [s]: number }", "declare const s: unique symbol;")).toMatchObject({
      properties: [{ name: "a" }],
      lossy: { loses: "its symbol keys" },
    });
  });

  it("is an error of the standard class, with its declared data", () => {
    const { contract } = readLeaf("f(): Odd", "class Odd extends RangeError { code = 7; retry() {} }");
    expect(declared(contract, "Odd")).toMatchObject({
      kind: "error",
      name: "RangeError",
      properties: [{ name: "code" }],
      lossy: { from: "Odd" },
    });
  });
});

describe("names of declarations", () => {
  it("are numbered in the order in which a reader meets them", () => {
    const { contract } = readFiles({
      "bindings.ts": `import type { User as B } from "./b.ts"; import type { User as A } from "./a.ts";
        export interface Bindings { f(b: B): void; g(a: A): void }`,
      "a.ts": "export interface User { a: string }",
      "b.ts": "export interface User { b: string }",
    });
    expect(contract && declared(contract, "User")).toMatchObject({ properties: [{ name: "b" }] });
    expect(contract && declared(contract, "User_2")).toMatchObject({ properties: [{ name: "a" }] });
  });

  it.each(["Date", "Error", "SecureExec", "Map", "Partial", "Record"])(
    "avoid what %s means already",
    (name) => {
      expect(shapeOf("Mine", `interface ${name}_ {} interface Own { x: 1 } type Mine = Own;`)).toEqual(
        ref("Own"),
      );
      const { contract } = readFiles({
        "bindings.ts": `import type { ${name} as Mine } from "./mine.ts"; export interface Bindings { f(m: Mine): void }`,
        "mine.ts": `export interface ${name} { mine: true }`,
      });
      expect(contract?.declarations.map((declaration) => declaration.name)).toEqual([`${name}_2`]);
    },
  );

  it("do not clash with type parameters", () => {
    const { contract } = readLeaf(
      "f(box: Box<string>, t: T): void",
      "interface T { t: 1 } interface Box<T> { value: T; other: Inner<T> } interface Inner<U> { u: U }",
    );
    expect(contract.declarations.find(({ name }) => name === "Box")).toMatchObject({
      typeParameters: [{ name: "T_2" }],
      shape: {
        properties: [
          { shape: { kind: "parameter", name: "T_2" } },
          { shape: { typeArguments: [{ name: "T_2" }] } },
        ],
      },
    });
  });

  it("hold no declaration that nothing mentions", () => {
    const contract = readText(
      "interface Unused { a: string } interface Used { b: string } export interface Bindings { f(): Used }",
    );
    expect(contract.declarations.map(({ name }) => name)).toEqual(["Used"]);
  });
});

describe("a mapped type over a type of the language", () => {
  const deep = "type Deep<T> = T extends object ? { readonly [K in keyof T]?: Deep<T[K]> } : T;";

  it.each([
    ["Readonly<Date>", { kind: "builtin", name: "Date" }],
    ["Readonly<Uint8Array>", { kind: "builtin", name: "Uint8Array" }],
    ["Readonly<Error>", { kind: "error", name: "Error" }],
    ["Readonly<Map<string, number>>", { kind: "map", value: { kind: "number" } }],
  ])("%s is that type", (type, wanted) => {
    expect(shapeOf(type)).toMatchObject(wanted);
  });

  it("keeps dates inside what is mapped deeply", () => {
    const contract = readText(`${deep} export interface Bindings { f(value: Deep<{ at: Date }>): void }`);
    expect(declared(contract, "Deep")).toMatchObject({
      properties: [
        { name: "at", shape: { members: [{ kind: "builtin", name: "Date" }, { kind: "undefined" }] } },
      ],
    });
  });

  it("is an object where its keys hold something else", () => {
    const shape = shapeOf("{ [K in keyof Date]: boolean }");
    expect(shape).toMatchObject({ kind: "object" });
  });
});

describe("a brand", () => {
  it("may be told by a unique symbol that nobody can name", () => {
    const contract = readText(
      "type Id = string & { readonly __brand: unique symbol }; export interface Bindings { f(id: Id): void }",
    );
    expect(declared(contract, "Id")).toMatchObject({
      kind: "brand",
      tag: { properties: [{ name: "__brand", shape: { kind: "literal", value: "Id" } }] },
    });
  });

  it("keeps a key that is made of a type argument", () => {
    const tagged = "type Tagged<T, N extends string> = T & { readonly [K in `__${N}`]: true };";
    const contract = readText(`${tagged} export interface Bindings { f(id: Tagged<number, "Id">): void }`);
    expect(declared(contract, "Tagged")).toMatchObject({
      kind: "brand",
      base: { kind: "number" },
      tag: { properties: [{ name: "__Id" }] },
    });
  });

  it("is no marker for the `this` of methods", () => {
    expect(shapeOf("ThisType<{ a: 1 }> & { b: 2 }")).toMatchObject({
      kind: "object",
      properties: [{ name: "b" }],
    });
  });
});
