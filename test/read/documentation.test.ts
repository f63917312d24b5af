import { describe, expect, it } from "vitest";
import { splitComment } from "../../src/read/frontend/views/comment.ts";
import { declared, readFiles, readLeaf, readText } from "./shown.ts";

const docOf = (comment: string): { text: string; tags: string[] } => {
  const { leaf } = readLeaf(`${comment}\nf(id: string): void`);
  return {
    text: leaf.doc.text,
    tags: leaf.doc.tags.map(({ name, parameter, type, text }) =>
      [`@${name}`, parameter && `(${parameter})`, type && `{${type}}`, text].filter(Boolean).join(" "),
    ),
  };
};

describe("TSDoc", () => {
  it("keeps paragraphs, lists, code and links as they were written", () => {
    expect(
      docOf("/**\n * One, see {@link Other | it}.\n *\n * - a\n *   - b `@code`\n * mail@example.com\n */"),
    ).toEqual({
      text: "One, see {@link Other | it}.\n\n- a\n  - b `@code`\nmail@example.com",
      tags: [],
    });
  });

  it("separates tags, also on one line", () => {
    expect(docOf("/** Runs. @deprecated gone @timeout 5s */")).toEqual({
      text: "Runs.",
      tags: ["@deprecated gone", "@timeout 5s"],
    });
  });

  it("reads parameters with and without a dash, a type, brackets", () => {
    expect(
      docOf(
        "/**\n * @param id - The id\n *   of it\n * @param {string} [name=x] The name\n * @param options.deep - Deep\n */",
      ).tags,
    ).toEqual(["@param (id) The id\n  of it", "@param (name) The name", "@param (options.deep) Deep"]);
  });

  it("keeps examples with decorators and fences", () => {
    expect(
      docOf(
        "/**\n * @example\n * ```ts\n * @decorated\n * class A {}\n * ```\n * @see https://example.com\n */",
      ).tags,
    ).toEqual(["@example ```ts\n@decorated\nclass A {}\n```", "@see https://example.com"]);
  });

  it("is the same with carriage returns", () => {
    const comment = "/**\n * A\n *\n * B\n * @param id - x\n * @returns y\n */";
    expect(docOf(comment.replaceAll("\n", "\r\n"))).toEqual(docOf(comment));
  });

  it("says where each tag is", () => {
    const { leaf } = readLeaf("\n/**\n   * Text.\n   * @timeout 5s\n   */\n  f(): void");
    expect(leaf.doc.tags[0]?.source).toMatchObject({ line: 5, column: 6, endColumn: 14 });
  });

  it("names errors that the file imports, or only exports", () => {
    const { contract, diagnostics } = readFiles({
      "bindings.ts": `export type { NotFoundError, Busy as Later } from "./errors.ts";
        export * as errors from "./errors.ts";
        export interface Bindings {
          /** @throws {NotFoundError} when it is gone */
          find(): void;
          /** @throws {Later} @throws {@link errors.Busy} */
          wait(): void;
        }`,
      "errors.ts": `export class NotFoundError extends Error { code = "ENOENT" as const }
        export class Busy extends RangeError { seconds = 1 }`,
    });
    expect(diagnostics).toEqual([]);
    const thrown = contract?.root.members.flatMap((node) => (node.kind === "leaf" ? node.throws : []));
    expect(thrown).toMatchObject([
      { name: "NotFoundError", shape: { kind: "error", properties: [{ name: "code" }] } },
      { name: "Later", shape: { kind: "error", name: "RangeError", properties: [{ name: "seconds" }] } },
      { name: "Busy", shape: { kind: "error", name: "RangeError" } },
    ]);
  });

  it("of a parameter is a tag, where there is none for it", () => {
    const { leaf } = readLeaf(
      `/** Finds.
        * @param options from the tag
        * @returns it */
       find(
        /** the user's id */ id: string,
        /** from in front of it */ options: { deep: boolean },
        /** how many
          * @default 3 */ count?: number,
        ...rest: [/** the first */ a: string, b?: number]
      ): void`,
    );
    expect(leaf.doc.tags.map(({ name, parameter, text }) => [name, parameter, text])).toEqual([
      ["param", "options", "from the tag"],
      ["param", "id", "the user's id"],
      ["param", "count", "how many\ndefault: 3"],
      ["param", "a", "the first"],
      ["returns", undefined, "it"],
    ]);
  });

  it("of a destructured parameter goes by the name that scripts see", () => {
    const contract = readText(
      `export default { f: (/** what to do */ { deep = true }: { deep?: boolean }) => deep };`,
    );
    const leaf = contract.root.members[0];
    expect(leaf?.kind === "leaf" && leaf.doc.tags).toMatchObject([
      { name: "param", parameter: leaf?.kind === "leaf" && leaf.signatures[0].parameters[0]?.name },
    ]);
  });

  it("of an overload is its own, and the leaf's where it has none", () => {
    const { leaf } = readLeaf(
      `/** By id.\n * @param id the id */\nfind(id: number): void;
       /** By name. */\nfind(/** the name */ name: string): void;
       find(flag: boolean): void;`,
    );
    const [first, second, third] = leaf.signatures;
    expect(leaf.doc.text).toBe("By id.");
    expect(first.doc).toBeUndefined();
    expect(second?.doc).toMatchObject({ text: "By name.", tags: [{ parameter: "name", text: "the name" }] });
    expect(third?.doc).toBeUndefined();
  });

  it("is taken from the function type when the member has none", () => {
    const { leaf } = readLeaf(
      "f: Find",
      "/** Finds.\n * @timeout 1s\n * @param id the id */\ntype Find = (id: string) => void;",
    );
    expect(leaf).toMatchObject({ doc: { text: "Finds." }, policy: { timeoutMs: 1000 } });
  });

  it("is taken from the function when the member has none", () => {
    const contract = readText(
      "/** Own. @timeout 1s */\nfunction f() {}\n/** Arrow. */\nconst g = () => 1;\nexport default { f, g, /** Here. */ h: f };",
    );
    expect(contract.root.members.map((node) => node.kind === "leaf" && node.doc.text)).toEqual([
      "Own.",
      "Arrow.",
      "Here.",
    ]);
    expect(contract.root.members[0]).toMatchObject({ policy: { timeoutMs: 1000 } });
  });

  it("stands on declarations and their properties", () => {
    const { contract } = readLeaf(
      "f(): User",
      "/** Somebody. */\ninterface User {\n  /** For people. */\n  name: string;\n}",
    );
    expect(contract.declarations[0]).toMatchObject({
      doc: { text: "Somebody." },
      shape: { properties: [{ doc: { text: "For people." } }] },
    });
  });

  it("never moves from a statement that pruning has cut to the next one", () => {
    const contract = readText(
      "/** Of the unused. */\nconst unused = 1;\ninterface User { a: string }\nexport interface Bindings { f(): User }",
    );
    expect(contract.declarations[0]?.doc.text).toBe("");
  });

  it("splits without losing a character's place", () => {
    const comment = "/**\r\n * A @b c\r\n * @d e\r\n */";
    for (const { name, at } of splitComment(comment).slice(1))
      expect(comment.slice(at, at + 1 + name.length)).toBe(`@${name}`);
  });
});

describe("declared errors", () => {
  const classes = `class HttpError extends Error { status = 1; }
    class NotFound extends HttpError { id = ""; constructor() { super(); } }`;

  it.each([
    ["@throws {NotFound} when gone", "when gone"],
    ["@throws {@link NotFound} - when gone", "when gone"],
    ["@exception {NotFound} when gone", "when gone"],
  ])("%s", (tag, description) => {
    const { leaf } = readLeaf(`/** ${tag} */ f(): void`, classes);
    expect(leaf.throws).toMatchObject([
      {
        name: "NotFound",
        description,
        shape: { kind: "error", name: "Error", properties: [{ name: "id" }, { name: "status" }] },
      },
    ]);
    expect(leaf.throws[0]?.shape).not.toHaveProperty("lossy");
  });

  it("are found in other modules", () => {
    const { contract } = readFiles({
      "bindings.ts": `import { Gone } from "./errors.ts"; export interface Bindings { /** @throws {Gone} x */ f(): void }`,
      "errors.ts": "export class Gone extends TypeError { at = new Date(0); }",
    });
    expect(contract?.root.members[0]).toMatchObject({
      throws: [{ shape: { name: "TypeError", properties: [{ name: "at" }] } }],
    });
  });

  it("that do not exist are findings", () => {
    expect(readLeaf("/** @throws {Nope} x */ f(): void").leaf.throws).toMatchObject([
      { name: "Nope", shape: { kind: "unsupported", code: "type-unresolved" } },
    ]);
  });

  it("without a type are documentation only", () => {
    expect(readLeaf("/** @throws when it rains */ f(): void").leaf.throws).toEqual([]);
  });
});

it("third-party comments stay with their packages", () => {
  const { contract } = readFiles({
    "bindings.ts": `import type { Thing } from "pkg"; export interface Bindings { f(): Thing }`,
    "node_modules/pkg/package.json": `{ "name": "pkg", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/pkg/index.d.ts":
      "/** Theirs, see {@link x}. */ export interface Thing { /** Theirs. @see y */ a: string }",
  });
  expect(contract && declared(contract, "Thing")).toEqual({
    kind: "object",
    properties: [{ name: "a", shape: { kind: "string" }, optional: false, readonly: false }],
    index: [],
  });
  expect(contract?.declarations[0]?.doc.text).toBe("");
});
