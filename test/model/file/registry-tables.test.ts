/**
 * The tables of a generated registry are read like a file: what was left out has its default, what is damaged is named.
 */
import { describe, expect, it } from "vitest";
import { readDeclarations, readTables } from "../../../src/model/file/registry-tables.ts";
import type { LeafData, RegistryContract } from "../../../src/model/registry.ts";

const yes = (): boolean => true;

function contract(leaf: Partial<LeafData>, declarations: readonly object[] = []): RegistryContract {
  return {
    digest: `sha256-${"0".repeat(64)}`,
    excessProperties: "refuse",
    declarations,
    leaves: [
      { path: ["db", "query"], mode: "sync", signatures: [], accepts: yes, acceptsResult: yes, ...leaf },
    ],
  };
}

describe("the tables of a registry", () => {
  it("have their defaults where nothing is written", () => {
    const signatures = [
      {
        mode: "sync",
        parameters: [{ name: "of", quantity: "one", shape: { kind: "reference", name: "Box" } }],
        result: { kind: "object", properties: [{ name: "id", shape: { kind: "string" } }] },
      },
    ];
    const declarations = [
      {
        name: "Box",
        kind: "alias",
        shape: { kind: "array", element: { kind: "literal", type: "number", value: "Infinity" } },
      },
    ];
    const read = readTables(contract({ signatures }, declarations));
    expect(read.leaves[0]).toMatchObject({
      policy: {},
      throws: [],
      accepts: yes,
      signatures: [
        {
          typeParameters: [],
          parameters: [{ shape: { kind: "reference", name: "Box", typeArguments: [] } }],
          result: { index: [], properties: [{ name: "id", optional: false, readonly: false }] },
        },
      ],
    });
    expect(read.declarations).toMatchObject([
      { name: "Box", typeParameters: [], shape: { readonly: false, element: { value: Infinity } } },
    ]);
  });

  it("are read once, however often validators ask", () => {
    const declarations = [{ name: "Box", kind: "alias", shape: { kind: "string" } }];
    expect(readDeclarations(declarations)).toBe(readDeclarations(declarations));
  });

  it("name the place of what was changed by hand", () => {
    const signatures = [
      { mode: "sync", parameters: [{ name: "of", quantity: "one", shape: { kind: "strin" } }], result: {} },
    ];
    expect(() => readTables(contract({ signatures }))).toThrow(
      /db\.query\.signatures\.0\.parameters\.0\.shape\.kind/,
    );
  });
});
