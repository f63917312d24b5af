import { symlinkSync } from "node:fs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { maxDeclarations } from "../../src/model/limits.ts";
import { read } from "../../src/read/read.ts";
import { contractAt, readLeaf, shapeOf } from "./shown.ts";

const chain = (length: number): string =>
  Array.from({ length }, (_, at) => `interface N${at} { next${at}?: N${at + 1}; id: string }`).join("\n") +
  `\ninterface N${length} { end: true }`;

describe("the budget of declarations", () => {
  it("lets a leaf have as many as the limit", () => {
    const { leaf, contract } = readLeaf("f(): N0", chain(maxDeclarations - 1));
    expect(leaf.signatures[0].result).toMatchObject({ kind: "reference", name: "N0" });
    expect(contract.declarations).toHaveLength(maxDeclarations);
  });

  it("refuses one more by name, and leaves the rest of the leaf alone", () => {
    const { leaf, contract } = readLeaf(
      "f(small: Small): N0[]",
      `interface Small { a: string }\n${chain(maxDeclarations)}`,
    );
    expect(leaf.signatures[0].result).toMatchObject({
      kind: "array",
      element: {
        kind: "unsupported",
        code: "type-too-large",
        type: "N0",
        help: expect.stringContaining('`Pick<N0, "id">`'),
      },
    });
    expect(leaf.signatures[0].parameters[0]?.shape).toMatchObject({ kind: "reference", name: "Small" });
    expect(contract.declarations.map(({ name }) => name)).toEqual(["Small"]);
  });

  it("says what to pick of a type from a large package, and accepts the pick", () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-large-"));
    try {
      symlinkSync(join(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
      writeFileSync(
        join(folder, "bindings.ts"),
        `import type Stripe from "stripe";
         export interface Bindings {
           all(id: string): Promise<Stripe.Customer>;
           picked(id: string): Promise<Pick<Stripe.Customer, "id" | "email">>;
         }`,
      );
      const { contract } = read(contractAt(join(folder, "bindings.ts")), folder);
      expect(contract?.declarations).toEqual([]);
      expect(contract?.root.members).toMatchObject([
        {
          signatures: [
            {
              mode: "async",
              result: {
                kind: "unsupported",
                code: "type-too-large",
                type: "Stripe.Customer",
                help: expect.stringMatching(/`Pick<Stripe\.Customer, "id" \| /),
              },
            },
          ],
        },
        { signatures: [{ result: { kind: "object", properties: [{ name: "id" }, { name: "email" }] } }] },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("counts alternatives of a union too", () => {
    const many = Array.from({ length: 2_500 }, (_, at) => `"v${at}"`).join(" | ");
    expect(shapeOf(many)).toMatchObject({ kind: "unsupported", code: "type-too-large" });
  });
});
