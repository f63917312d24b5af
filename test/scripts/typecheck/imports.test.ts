import { describe, expect, it } from "vitest";
import { importsIn } from "../../../src/scripts/typecheck/imports.ts";

describe("what a file imports", () => {
  it.each([
    `import "a";`,
    `import a from 'a'`,
    `  import type { A } from "a";`,
    `"use strict"; import { größe as b, $c } from "a";`,
    `import a, * as b from "a";`,
    `import{b}from"a";`,
    `import {\n  b, // of "c"\n  /* d */ e,\n} from "a";`,
    `\uFEFFimport a from "a" with { type: "json" };`,
    `export * from "a";`,
    `export * as b from "a";`,
    `export type { A } from "a";`,
    `const { b } = await import("a");`,
    `const b = () => import(\n  "a");`,
  ])("is read from %j", (text) => {
    expect(importsIn(text)).toEqual(["a"]);
  });

  it.each([
    `// rows come from "a"`,
    `console.log("a letter from 'a'");`,
    `const text = "import 'a'";`,
    `/**\n * import b from "a";\n * const b = await import("a");\n */`,
    `export default rows\n// from "a"`,
    `const b = 1; // import("a")`,
    `export const from = "a";`,
    `export { b };\nconst c = { from: "a" };`,
    `Array.from("a");`,
    `import.meta.resolve("a");`,
  ])("is nothing in %j", (text) => {
    expect(importsIn(text)).toEqual([]);
  });

  it("takes no time that grows faster than the text", () => {
    expect(importsIn(`import { ${"a, // b\n".repeat(100_000)}`)).toEqual([]);
    expect(importsIn("import a\n".repeat(20_000))).toEqual([]);
  });
});
