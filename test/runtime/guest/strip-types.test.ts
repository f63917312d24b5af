import { stripTypeScriptTypes } from "node:module";
import { expect, it } from "vitest";
import { stripTypes } from "../../../src/runtime/guest/script/strip-types.ts";
import { stripInThread } from "../../../src/runtime/guest/script/strip-in-thread.ts";

it.each([
  "let x: number = " + "(".repeat(2e4) + "1" + ")".repeat(2e4),
  "let x: " + "A<".repeat(2e4) + "B" + ">".repeat(2e4),
  "let x: number = " + "1+".repeat(2e4) + "1",
  "let y: number; " + "{".repeat(2e4) + "}".repeat(2e4),
])("source nested too deeply is refused before it breaks Node's own stripper, %#", (source) => {
  expect(() => stripTypes(source, "deep.ts")).toThrow("nested too deeply");
  expect(stripTypeScriptTypes("let a: 1 = 1")).toBe("let a    = 1");
});

it("is exact: same length, no name left behind", () => {
  const source =
    "const a: number = 1; // é 漢 😀\nexport type T = { b: string };\nexport const c = a as number;\n";
  const text = stripTypes(source, "s.ts");
  expect(text.split("\n").map((line) => line.length)).toEqual(source.split("\n").map((line) => line.length));
  expect(text).not.toContain("sourceURL");
});

it.each([
  ["let a = [1]\ntype A = 1\n;[2].at(0)", "let a = [1]\n          \n;[2].at(0)"],
  ["let a = f\ndeclare const b: 1\n/* b */ ;(a)", "let a = f\n                  \n        ;(a)"],
  ["let a = 1; type B = { b: 1; c: 2 }; let d = 2", "let a = 1;                        ; let d = 2"],
])("leaves a semicolon that Node's own stripper takes along with a type, %j", (source, expected) => {
  expect(stripTypes(source, "s.ts")).toBe(expected);
});

it.each(["a as { b: 1; c: 2 }", "a as { b: 1; } /* ; */", "a as {\n  b: 1;\n  c: 2\n}", "type A = 1;"])(
  "puts no semicolon into what a type leaves, %j",
  (source) => {
    expect(stripTypes(source, "s.ts")).toBe(stripTypeScriptTypes(source));
  },
);

it.each([
  [
    "class A {\n  a = 10\n  declare b: number\n  *c() {}\n}",
    "class A {\n  a = 10\n  ;                \n  *c() {}\n}",
  ],
  [
    'abstract class A {\n  a = [1]\n  abstract b(\n    c: 1,\n  ): void\n  ["d"] = 1\n}',
    '         class A {\n  a = [1]\n  ;          \n         \n         \n  ["d"] = 1\n}',
  ],
  [
    'class A {\n  a = {}\n  b?(): void // later\n  /** D. */\n  ["d"] = 1\n}',
    'class A {\n  a = {}\n  ;          // later\n  /** D. */\n  ["d"] = 1\n}',
  ],
])("keeps a field apart from what stands behind a member that is removed, %j", (source, expected) => {
  expect(stripTypes(source, "s.ts")).toBe(expected);
});

it.each([
  "a as\n  // its type\n  number\n  * 2",
  "function a(\n  this: A,\n  [b]: C,\n) {}",
  "class A\n  extends B\n  implements C\n{\n  *a() {}\n}",
  "let a = b\n<C>[1]",
  "class A {\n  a: number\n  *b() {}\n}",
])("puts nothing between the parts of one expression, or of one head, %j", (source) => {
  expect(stripTypes(source, "s.ts")).toBe(stripTypeScriptTypes(source));
});

it("does the same in a thread of its own", () => {
  expect(stripInThread("let a: number = 1", "s.ts")).toContain("let a         = 1");
  let failure: unknown;
  try {
    stripInThread("enum A {}", "s.ts");
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({
    code: "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
    stack: expect.stringContaining("s.ts:1"),
  });
});

it("keeps working after a source that does break it", () => {
  expect(() => stripTypes("let y: number = 1;" + "if(1)".repeat(2e4) + ";", "deep.ts")).toThrow(
    "nested too deeply",
  );
  expect(stripTypes("let a: number = 1", "s.ts")).toBe("let a         = 1");
});
