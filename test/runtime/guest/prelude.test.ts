/**
 * The prelude is made of the source of its parts, so a part may name nothing but its own. A name it does not declare would be a
 * look-up in the guest's global object: late, and under the guest's control.
 */
import { parse, type Node } from "acorn";
import { describe, expect, it } from "vitest";
import { composePrelude } from "../../../src/runtime/guest/prelude/compose.ts";
import { startPrelude } from "../../../src/runtime/guest/prelude/main.ts";
import { preludeParts } from "../../../src/runtime/guest/prelude/parts.ts";
import { stripped } from "../../../src/runtime/guest/prelude/source.ts";
import { composeWebUnit } from "../../../src/runtime/guest/web/compose.ts";
import { webParts } from "../../../src/runtime/guest/web/parts.ts";
import { startWeb } from "../../../src/runtime/guest/web/start.ts";

type Tree = Node & Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && typeof (value as Tree).type === "string";

/** Identifiers that are read, and identifiers that are declared anywhere in a function. */
function names(node: Tree, read: Set<string>, declared: Set<string>): void {
  if (node.type === "Identifier") read.add(node["name"] as string);
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === "property" || key === "key") && node["computed"] === false;
    const isLabel = key === "label";
    if (isName && !(node.type === "Property" && node["shorthand"] === true)) continue;
    if (isLabel) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (isTree(child)) names(child, read, declared);
  }
  const binds = (pattern: unknown): void => {
    if (!isTree(pattern)) return;
    if (pattern.type === "Identifier") declared.add(pattern["name"] as string);
    else if (pattern.type === "ObjectPattern")
      for (const p of pattern["properties"] as Tree[]) binds(p["value"] ?? p["argument"]);
    else if (pattern.type === "ArrayPattern") for (const e of pattern["elements"] as unknown[]) binds(e);
    else binds(pattern["left"] ?? pattern["argument"]);
  };
  if (/Function/.test(node.type)) {
    binds(node["id"]);
    for (const param of node["params"] as unknown[]) binds(param);
  }
  if (/Class/.test(node.type)) binds(node["id"]);
  if (node.type === "VariableDeclarator") binds(node["id"]);
  if (node.type === "CatchClause") binds(node["param"]);
}

function freeNames(source: string): string[] {
  const read = new Set<string>();
  const declared = new Set<string>();
  names(parse(`(${source})`, { ecmaVersion: "latest" }) as unknown as Tree, read, declared);
  return [...read].filter((name) => !declared.has(name)).sort();
}

/** The functions inside a function: what runs after the guest has started. */
function innerFunctions(source: string): string[] {
  const found: string[] = [];
  const text = `(${source})`;
  const visit = (node: Tree, depth: number): void => {
    const isFunction = /Function/.test(node.type);
    if (isFunction && depth === 1) found.push(text.slice(node.start, node.end));
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value])
        if (isTree(child)) visit(child, depth + (isFunction ? 1 : 0));
    }
  };
  visit(parse(text, { ecmaVersion: "latest" }) as unknown as Tree, 0);
  return found;
}

// `new.target` reads as a name here.
const harmless = ["undefined", "new"];

describe("a part of the prelude", () => {
  const { takeBuiltIns, ...parts } = preludeParts;

  it.each([
    ...Object.entries(parts),
    ["startPrelude", startPrelude] as const,
    ...Object.entries(webParts),
    ["startWeb", startWeb] as const,
  ])("%s names no global", (_, part) => {
    expect(freeNames(part.toString()).filter((name) => !harmless.includes(name))).toEqual([]);
  });

  it("takeBuiltIns names globals only while it captures them", () => {
    const source = takeBuiltIns.toString();
    const own = new Set<string>();
    names(parse(`(${source})`, { ecmaVersion: "latest" }) as unknown as Tree, new Set(), own);
    for (const inner of innerFunctions(source)) {
      const late = freeNames(
        inner.startsWith("function") || inner.startsWith("async") || inner.includes("=>")
          ? inner
          : `function ${inner}`,
      );
      // The one function that is called while capturing may name what it captures.
      if (inner.includes('new Error(), "stack"')) continue;
      expect(
        late.filter((name) => !own.has(name) && !harmless.includes(name)),
        inner,
      ).toEqual([]);
    }
  });

  it.each(Object.entries({ ...preludeParts, ...webParts }))(
    "%s walks no iterator, spreads no array and awaits nothing",
    (_, part) => {
      const bad: string[] = [];
      const text = `(${part.toString()})`;
      const visit = (node: Tree, parent?: Tree): void => {
        if (
          [
            "ForOfStatement",
            "AwaitExpression",
            "YieldExpression",
            "ArrayPattern",
            "TaggedTemplateExpression",
          ].includes(node.type)
        )
          bad.push(text.slice(node.start, node.end));
        // Of an object it walks no iterator.
        if (node.type === "SpreadElement" && parent?.type !== "ObjectExpression")
          bad.push(text.slice(node.start, node.end));
        for (const value of Object.values(node))
          for (const child of Array.isArray(value) ? value : [value]) if (isTree(child)) visit(child, node);
      };
      visit(parse(text, { ecmaVersion: "latest" }) as unknown as Tree);
      expect(bad).toEqual([]);
    },
  );
});

describe("the composed text", () => {
  it.each(["web", "url", "idna"] as const)(
    "of the unit `%s` is plain ASCII, and no part of the prelude",
    (unit) => {
      const text = composeWebUnit(unit);
      expect(text).not.toMatch(/[^\0-\x7f]/);
      expect(text).not.toMatch(/__vite|__name|import_|file:|\/work|sourceMappingURL|node_modules/);
      expect(text.endsWith("\n//# sourceURL=isobind:prelude\n")).toBe(true);
      expect(() => parse(text, { ecmaVersion: "latest", sourceType: "script" })).not.toThrow();
    },
  );

  it("is plain ASCII without comments, and says nothing about this machine", () => {
    const text = composePrelude();
    expect(text).not.toMatch(/[^\0-\x7f]/);
    expect(text).not.toMatch(/^\s*(\/\/|\/\*|\*)/m);
    expect(text).not.toMatch(/__vite|__name|import_|file:|\/work|sourceMappingURL/);
    expect(() => parse(text, { ecmaVersion: "latest", sourceType: "script" })).not.toThrow();
  });
});

describe("a text without its comments", () => {
  it("loses lines of comment, and nothing that stands beside one", () => {
    const text = `/**
 * Of two lines.
 */
const a = 1;
  // A line.
  /* Another. */
  /** A type. */ const b = a; // Behind.
const c = "\u00e9";
`;
    expect(stripped(text)).toBe(
      `const a = 1;\n/** A type. */ const b = a; // Behind.\nconst c = "${"\\"}u00e9";\n`,
    );
  });

  it("is no program where code stands behind the end of a long comment, instead of one without that code", () => {
    expect(() =>
      parse(stripped("/* one\n * two */ const a = 1;\n*/ const b = 2;\n"), { ecmaVersion: "latest" }),
    ).toThrow(SyntaxError);
  });
});
