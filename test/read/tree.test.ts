import { describe, expect, it } from "vitest";
import type { InvalidNode, TreeNode } from "../../src/model/contract.ts";
import { paths, readFiles, readText } from "./shown.ts";

const find = (members: readonly TreeNode[]): InvalidNode[] =>
  members.flatMap((node) =>
    node.kind === "namespace" ? find(node.members) : node.kind === "invalid" ? [node] : [],
  );

const invalid = (text: string): InvalidNode[] => find(readText(text).root.members);

const contractOf = (body: string, before = ""): InvalidNode[] =>
  invalid(`${before}\nexport interface Bindings { ${body} }`);
const implementationOf = (body: string, before = ""): InvalidNode[] =>
  invalid(`${before}\nexport default { ${body} };`);

describe("a tree that is not static", () => {
  it("has an index signature", () => {
    expect(contractOf("db: { [table: string]: () => void }")).toMatchObject([
      { path: ["db"], code: "tree-not-static", reason: expect.stringContaining("index signature") },
    ]);
    expect(contractOf("[name: string]: () => void")).toMatchObject([
      { path: ["Bindings"], code: "tree-not-static" },
    ]);
  });

  it("keeps the named members beside an index signature", () => {
    const { root } = readText("export interface Bindings { db: { a(): void; [table: string]: () => void } }");
    expect(paths(root.members)).toEqual(["db/", "db.a", "db.[key] (tree-not-static)"]);
  });

  it.each([
    ["a computed key", "[key]: () => 1", "const key: string = `x`;", "[key]"],
    ["a computed key of a constant", "[key]: () => 1", "const key = 'x';", "[key]"],
    ["a symbol", "[Symbol.iterator]: () => 1", "", "[Symbol.iterator]"],
    ["an accessor", "get now() { return () => 1; }", "", "now"],
    ["a spread of a record", "...rest", "const rest: Record<string, () => void> = {};", "...rest"],
    ["a spread of any", "...rest", "declare const rest: any;", "...rest"],
    [
      "a spread of a choice",
      "...(flag ? { a: () => 1 } : {})",
      "declare const flag: boolean;",
      "...(flag ? { a: () => 1 } : {})",
    ],
    ["a class instance", "db: new Db()", "class Db { query() {} }", "db"],
    ["an import that is missing", "db", "import { db } from './missing.ts';", "db"],
  ])("has %s", (_, body, before, name) => {
    expect(implementationOf(`ok: () => 1, ${body}`, before)).toMatchObject([
      { name, code: "tree-not-static" },
    ]);
  });

  it("contains itself", () => {
    expect(contractOf("a: { b: Loop }", "interface Loop { loop: Loop; f(): void }")).toMatchObject([
      { path: ["a", "b", "loop"], reason: "contains itself, so the tree has no end" },
    ]);
    expect(contractOf("self: Bindings")).toMatchObject([{ path: ["self"], code: "tree-not-static" }]);
  });

  it("grows without end, in depth and in breadth", () => {
    const found = contractOf(
      "a: Grow<string>",
      "interface Grow<T> { x: Grow<T[]>; y: Grow<[T]>; f(v: T): void }",
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ code }) => code === "tree-not-static")).toBe(true);
  });

  it("is no object at all", () => {
    expect(invalid("export default () => 1;")).toMatchObject([
      { path: ["default"], code: "tree-not-static" },
    ]);
    expect(invalid("export default 5;")).toMatchObject([{ path: ["default"], code: "tree-not-static" }]);
    expect(invalid("export default class A {}")).toMatchObject([
      { path: ["default"], code: "tree-not-static" },
    ]);
    expect(invalid("export type Bindings = string;")).toMatchObject([
      { path: ["Bindings"], code: "tree-not-static" },
    ]);
  });
});

describe("a leaf that is not a function", () => {
  it.each([
    ["string", "of the type `string`"],
    ["'x'", 'of the type `"x"`'],
    ["number[]", "an array"],
    ["any", "`any`"],
    ["unknown", "`unknown`"],
    ["Map<string, () => void>", "of the type `Map<string, () => void>`"],
    ["Date", "of the type `Date`"],
    ["new () => Date", "a class"],
    ["null", "of the type `null`"],
    ["Function", "of the type `Function`"],
  ])("is %s", (type, words) => {
    const [node] = contractOf(`x: ${type}`);
    expect(node).toMatchObject({ path: ["x"] });
    expect(node?.reason).toContain(words);
    expect(node?.help).toMatch(/\.$/);
  });

  it("is a function with properties", () => {
    expect(contractOf("x: { (a: string): void; extra: number }")).toMatchObject([
      { code: "leaf-not-function", reason: expect.stringContaining("`extra`") },
    ]);
  });
});

describe("a leaf that may be missing", () => {
  it.each([
    "f?(): void",
    "f?: () => void",
    "f: (() => void) | undefined",
    "f: (() => void) | null",
    "ns?: { f(): void }",
  ])("is %s", (body) => {
    expect(contractOf(body)).toMatchObject([{ code: "leaf-optional" }]);
  });
});

describe("names and places", () => {
  it("keeps bad names as they are, for rules to judge", () => {
    const { root } = readText(`export default {
      then: () => 1, "my-leaf": () => 1, 7: () => 1, __proto: () => 1, "": () => 1, constructor: () => 1,
      a: { b: { c: { d: { e: () => 1 } } } } };`);
    expect(paths(root.members)).toEqual(
      [
        "7",
        "then",
        "my-leaf",
        "__proto",
        "",
        "constructor",
        "a/",
        "a.b/",
        "a.b.c/",
        "a.b.c.d/",
        "a.b.c.d.e",
      ].toSorted((a, b) => paths(root.members).indexOf(a) - paths(root.members).indexOf(b)),
    );
  });

  it("points at the name, counting from one, in the file that has it", () => {
    const { contract } = readFiles({
      "bindings.ts": `import { db } from "./sub/db.ts";\nexport default {\n  db,\n  bad: 1,\n};`,
      "sub/db.ts": `export const db = {\n    query: () => 1,\n};`,
    });
    const [db, bad] = contract?.root.members ?? [];
    expect(db?.kind === "namespace" && db.members[0]?.source).toMatchObject({
      file: "sub/db.ts",
      line: 2,
      column: 5,
      endColumn: 10,
    });
    expect(bad?.source).toMatchObject({ file: "bindings.ts", line: 4, column: 3 });
  });

  it("lets a later key win, as it does when it runs", () => {
    const { root } = readText(`const a = { f: () => 1, g: () => 1 }; export default { ...a, f: () => "x" };`);
    expect(paths(root.members)).toEqual(["f", "g"]);
    expect(root.members[0]).toMatchObject({ signatures: [{ result: { kind: "string" } }] });
  });
});

describe("a function that needs its `this`", () => {
  it.each([
    ["this: { run(): void }", "f (leaf-not-function)"],
    ["this: void", "f"],
    ["this: unknown", "f"],
    ["this: any", "f"],
  ])("f(%s) is %s", (self, wanted) => {
    const contract = readText(`export interface Bindings { f(${self}, value: number): void }`);
    expect(paths(contract.root.members)).toEqual([wanted]);
  });
});
