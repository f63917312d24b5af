import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/model/shape.ts";
import { keywordNames, reservedNames } from "../../src/model/names.ts";
import { check, rules } from "../../src/check/check.ts";
import { contract, defaults, place, signature } from "./contract.ts";

const found = (...args: Parameters<typeof check>): string[] =>
  check(...args).map(({ code, path }) => `${code} ${path.join(".")}`);

describe("names", () => {
  it.each(reservedNames)("%s is reserved, as a leaf and as a namespace", (name) => {
    const member = Object.fromEntries([[name, signature()]]);
    const namespace = Object.fromEntries([[name, { ok: signature() }]]);
    // `__proto__` as a key of a literal would not be a key: both are made from entries.
    expect(found(contract({ db: member }), defaults)).toContain(`binding-name-reserved db.${name}`);
    expect(found(contract(namespace), defaults)).toContain(`binding-name-reserved ${name}`);
  });

  it.each(keywordNames)("%s is a warning at most", (name) => {
    const findings = check(contract({ [name]: signature() }), defaults);
    const codes = findings.map(({ code, severity }) => `${severity} ${code}`);
    expect(["warning binding-name-keyword", "error binding-name-reserved"]).toEqual(
      expect.arrayContaining(codes),
    );
    expect(codes).toHaveLength(1);
  });

  it.each([
    "query",
    "größe",
    "名前",
    "$",
    "a1",
    "set",
    "of",
    "async",
    "get",
    "toISO",
    "call",
    "name",
    "length",
  ])("%s is fine", (name) => {
    expect(found(contract({ [name]: signature() }), defaults)).toEqual([]);
  });

  it.each(["", "2fa", "a-b", "a b", "a.b", "gro\u0308\u00dfe", "a\u200bb", "ab\u3164", "fe\ufe0ftch", "💥"])(
    "%j is no identifier",
    (name) => {
      expect(found(contract({ [name]: signature() }), defaults)).toContain(`binding-name-invalid ${name}`);
    },
  );

  it("sees look-alikes of reserved names and of each other", () => {
    expect(found(contract({ ｔhen: signature() }), defaults)).toEqual(["binding-name-reserved ｔhen"]);
    expect(found(contract({ find: signature(), ﬁnd: signature() }), defaults)).toEqual([
      "binding-name-collision ﬁnd",
    ]);
    expect(found(contract({ a: { find: signature() }, b: { ﬁnd: signature() } }), defaults)).toEqual([]);
  });

  it("keeps a joiner where a script is spelled with it, and nowhere else", () => {
    expect(found(contract({ "می\u200cخواهم": signature() }), defaults)).toEqual([]);
    expect(found(contract({ "get\u200cUser": signature() }), defaults)).toEqual([
      "binding-name-invalid get\u200cUser",
    ]);
  });
});

describe("the tree", () => {
  it("may be four levels deep", () => {
    expect(found(contract({ a: { b: { c: { d: signature() } } } }), defaults)).toEqual([]);
    expect(found(contract({ a: { b: { c: { d: { e: signature(), f: signature() } } } } }), defaults)).toEqual(
      ["tree-too-deep a.b.c.d.e", "tree-too-deep a.b.c.d.f"],
    );
  });

  it("counts an empty namespace as a level, and reports a deep branch once", () => {
    expect(found(contract({ a: { b: { c: { d: {} } } } }), defaults)).toEqual([]);
    expect(found(contract({ a: { b: { c: { d: { e: { f: { g: signature() } } } } } } }), defaults)).toEqual([
      "tree-too-deep a.b.c.d.e",
    ]);
  });

  it("may have 64 leaves", () => {
    const leaves = (count: number) =>
      contract(Object.fromEntries(Array.from({ length: count }, (_, at) => [`leaf${at + 1}`, signature()])));
    expect(found(leaves(64), defaults)).toEqual([]);
    expect(found(leaves(70), defaults)).toEqual(["tree-too-large leaf65"]);
  });

  it("obeys tightened limits", () => {
    const tree = contract({ a: { b: signature() }, c: signature() });
    expect(found(tree, { maxDepth: 1, maxLeaves: 64 })).toEqual(["tree-too-deep a.b"]);
    expect(found(tree, { maxDepth: 4, maxLeaves: 1 })).toEqual(["tree-too-large c"]);
  });
});

describe("places that a help names", () => {
  const helps = (...args: Parameters<typeof check>): string[] =>
    check(...args).map(({ help }) => /`([^`]+)`/u.exec(help)?.[1] ?? help);

  it("are free: no other node lies there, nor is to be moved there", () => {
    const taken = {
      files: { delete: signature(), remove: signature(), "get-user": signature(), getUser: signature() },
      then: signature(),
      next: signature(),
      next2: signature(),
      "a b": signature(),
      "a-b": signature(),
    };
    expect(helps(contract(taken), defaults).sort()).toEqual([
      "aB",
      "aB2",
      "files.getUser2",
      "files.remove2",
      "next3",
    ]);
    const deep = { a: { b: { c: { f: signature(), d: { f: signature() }, e: { f: signature() } } } } };
    expect(helps(contract(deep), defaults)).toEqual(["a.b.c.f2", "a.b.c.f3"]);
  });

  it("have room for all that is moved there", () => {
    const tower = { a: { b: { c: { d: { e: { f: { g: signature() } } } } } } };
    expect(helps(contract(tower), defaults)).toEqual(["a.e"]);
    expect(found(contract({ a: { e: { f: { g: signature() } } } }), defaults)).toEqual([]);
  });
});

describe("types", () => {
  const bad: Shape = {
    kind: "unsupported",
    code: "type-not-clonable",
    type: "() => void",
    reason: "…",
    help: "…",
  };

  it("are found at any depth, with the way to them and the nearest place", () => {
    const source = place();
    const shape: Shape = {
      kind: "object",
      properties: [
        {
          name: "rows",
          shape: {
            kind: "array",
            element: { kind: "map", key: { kind: "string" }, value: bad, readonly: false },
            readonly: false,
          },
          optional: false,
          readonly: false,
          source,
        },
      ],
      index: [],
    };
    const [finding] = check(contract({ db: { all: signature(shape) } }), defaults);
    expect(finding).toMatchObject({ code: "type-not-clonable", line: source.line, path: ["db", "all"] });
    expect(finding?.message).toContain("`.rows[].values()` of the result of `db.all`");
  });

  it("are found in every place a shape can be", () => {
    const any: Shape = { kind: "any" };
    const inside: readonly Shape[] = [
      { kind: "array", element: any, readonly: false },
      { kind: "tuple", elements: [{ label: null, shape: any, quantity: "rest" }], readonly: false },
      { kind: "object", properties: [], index: [{ key: "string", value: any, readonly: false }] },
      { kind: "map", key: any, value: { kind: "string" }, readonly: false },
      { kind: "set", element: any, readonly: false },
      {
        kind: "error",
        name: "Error",
        properties: [{ name: "data", shape: any, optional: true, readonly: false }],
      },
      { kind: "union", members: [{ kind: "null" }, any] },
      { kind: "intersection", members: [any] },
      { kind: "brand", base: any, tag: { kind: "object", properties: [], index: [] } },
      { kind: "reference", name: "Box", typeArguments: [any] },
      { kind: "deferred", text: "T[K]", constraint: any, references: [] },
      { kind: "template", texts: ["", ""], slots: [any] },
    ];
    for (const shape of inside)
      expect(found(contract({ a: signature(shape) }), defaults), shape.kind).toEqual(["type-any a"]);
  });

  it("are reported once in a named type, for the first leaf that uses it", () => {
    const row: Shape = { kind: "reference", name: "Row", typeArguments: [] };
    const page: Shape = { kind: "reference", name: "Page", typeArguments: [] };
    const declaration = (name: string, shape: Shape) =>
      ({
        name,
        kind: "alias",
        typeParameters: [],
        shape,
        doc: { text: "", tags: [] },
        source: place(),
      }) as const;
    const tree = contract({ none: signature(), a: signature(page), b: signature(row) }, [
      declaration("Page", { kind: "array", element: row, readonly: false }),
      declaration("Row", bad),
    ]);
    expect(found(tree, defaults)).toEqual(["type-not-clonable a"]);
    expect(check(tree, defaults)[0]?.message).toContain("In `Row`, which `a` uses,");
  });

  it("of a recursive declaration end", () => {
    const node: Shape = { kind: "reference", name: "Node", typeArguments: [] };
    const declaration = {
      name: "Node",
      kind: "alias",
      typeParameters: [],
      shape: node,
      doc: { text: "", tags: [] },
      source: place(),
    } as const;
    expect(found(contract({ a: signature(node) }, [declaration]), defaults)).toEqual([]);
  });
});

describe("policy", () => {
  const tags = (...list: readonly (readonly [string, string])[]) =>
    list.map(([name, text]) => ({ name, text }));

  it("must be readable", () => {
    const readable = tags(
      ["timeout", "500ms"],
      ["maxCalls", "3"],
      ["maxPayload", "64KiB"],
      ["maxConcurrency", "1"],
      ["approval", ""],
      ["idempotent", "The same id changes nothing the second time."],
    );
    expect(found(contract({ a: readable }), defaults)).toEqual([]);
    for (const bad of [
      ["timeout", "5 parsecs"],
      ["maxCalls", "0"],
      ["maxPayload", "-1KB"],
      ["maxConcurrency", "all"],
    ] as const) {
      expect(found(contract({ a: tags(bad) }), defaults)).toEqual(["policy-invalid a"]);
    }
  });

  it("is missed when it is misspelt, and other tags are left alone", () => {
    const [finding] = check(contract({ a: tags(["timeuot", "5s"]) }), defaults);
    expect(finding?.help).toBe("Did you mean `@timeout`?");
    expect(found(contract({ a: tags(["Timeout", "5s"]) }), defaults)).toEqual(["policy-invalid a"]);
    const others = [
      "param",
      "returns",
      "throws",
      "deprecated",
      "example",
      "remarks",
      "see",
      "since",
      "template",
      "profile",
      "internal",
    ];
    expect(found(contract({ a: tags(...others.map((name) => [name, "x"] as const)) }), defaults)).toEqual([]);
  });
});

describe("all rules", () => {
  it("only find their own code, and never change what they read", () => {
    const shape: Shape = { kind: "any" };
    const tree = contract({
      _a: signature(shape),
      then: { delete: signature() },
      a: { b: { c: { d: { e: signature() } } } },
    });
    const before = JSON.stringify(tree);
    for (const [code, rule] of Object.entries(rules)) {
      for (const finding of rule(tree, defaults)) expect(finding.code).toBe(code);
    }
    expect(JSON.stringify(tree)).toBe(before);
  });
});
