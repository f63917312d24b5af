/**
 * What a tsconfig refers to is read from its sources, as editors do, so that a definition of a workspace means the same whether
 * the packages beside it are built, built from older sources, or not built at all.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { read } from "../../../src/read/read.ts";
import type { Reading } from "../../../src/stages.ts";
import { contractAt, declared } from "../shown.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const project = (references: readonly string[], more: object = {}): string =>
  JSON.stringify({
    compilerOptions: { composite: true, module: "nodenext", rootDir: "src", outDir: "dist", ...more },
    include: ["src"],
    references: references.map((path) => ({ path })),
  });

const manifest = (name: string): string =>
  JSON.stringify({ name, type: "module", exports: { ".": "./dist/index.js", "./*": "./dist/*.js" } });

const workspace = {
  "packages/money/package.json": manifest("@acme/money"),
  "packages/money/tsconfig.json": project([]),
  "packages/money/src/index.ts":
    "export interface Money { amount: bigint; currency: Currency }\nexport type Currency = 'EUR' | 'USD';",
  "packages/orders/package.json": manifest("@acme/orders"),
  "packages/orders/tsconfig.json": project(["../money"]),
  "packages/orders/src/model.ts":
    'import type { Money } from "@acme/money";\n/** What somebody has bought. */\nexport interface Order { id: number; total: Money }\nexport interface Unused { unused: string }',
  "packages/orders/src/index.ts": 'export * from "./model.js";',
  "packages/contract/package.json": JSON.stringify({ name: "@acme/contract", type: "module" }),
  "packages/contract/tsconfig.json": project(["../orders"]),
  "packages/contract/src/bindings.ts":
    'import type { Order } from "@acme/orders";\nexport interface Bindings { find(id: number): Promise<Order> }',
};

/** Writes the workspace and more files, links its packages as package managers do, and reads its definition. */
function reading(more: Readonly<Record<string, string>> = {}): Reading {
  const folder = mkdtempSync(join(tmpdir(), "isobind-references-"));
  folders.push(folder);
  for (const [name, text] of Object.entries({ ...workspace, ...more })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, "node_modules/@acme"), { recursive: true });
  for (const name of ["money", "orders"])
    symlinkSync(join(folder, "packages", name), join(folder, "node_modules/@acme", name), "junction");
  return read(
    contractAt(join(folder, "packages/contract/src/bindings.ts")),
    join(folder, "packages/contract"),
  );
}

const keysOf = ({ contract }: Reading, name: string): readonly string[] => {
  const shape = contract && declared(contract, name);
  return shape?.kind === "object" ? shape.properties.map((property) => property.name) : [];
};

describe("a definition whose tsconfig refers to other projects", () => {
  it("is read from their sources before anybody has built them", () => {
    const found = reading();
    expect(found.diagnostics).toEqual([]);
    expect(keysOf(found, "Order")).toEqual(["id", "total"]);
    // Through a project that only the other one refers to.
    expect(keysOf(found, "Money")).toEqual(["amount", "currency"]);
  });

  it("is not read from what an earlier build has left", () => {
    const found = reading({
      "packages/orders/dist/index.d.ts": "export interface Order { id: string }",
      "packages/orders/dist/index.js": "export {};",
    });
    expect(keysOf(found, "Order")).toEqual(["id", "total"]);
  });

  it("depends on these sources, so that a change of them is none that goes unnoticed", () => {
    const files = reading().inputs.files.map((path) => path.replaceAll("\\", "/"));
    for (const name of ["orders/src/model.ts", "money/src/index.ts", "orders/tsconfig.json"])
      expect(files.some((path) => path.endsWith(`packages/${name}`))).toBe(true);
  });

  it("may reach a source of theirs by a second way, a path alias, that needs another part of it", () => {
    const found = reading({
      "packages/contract/tsconfig.json": project(["../orders"], {
        paths: { "#orders/*": ["../orders/src/*"] },
      }),
      "packages/contract/src/bindings.ts":
        'import type { Order } from "@acme/orders";\nimport type { Unused } from "#orders/model.js";\nexport interface Bindings { find(id: number): Promise<Order>; unused(): Unused }',
      "packages/contract/src/ambient.d.ts": "declare const ambient: string;",
    });
    expect(found.diagnostics).toEqual([]);
    expect(keysOf(found, "Order")).toEqual(["id", "total"]);
    expect(keysOf(found, "Unused")).toEqual(["unused"]);
    // At the first try: whoever finds a name nowhere tries again with all that the project has.
    expect(found.inputs.files.filter((path) => path.endsWith("ambient.d.ts"))).toEqual([]);
  });

  it("is read from what is built where its tsconfig says so", () => {
    const found = reading({
      "packages/contract/tsconfig.json": project(["../orders"], {
        disableSourceOfProjectReferenceRedirect: true,
      }),
      "packages/orders/dist/index.d.ts": "export interface Order { built: string }",
    });
    expect(keysOf(found, "Order")).toEqual(["built"]);
  });

  it("is read where one of them is missing", () => {
    const found = reading({ "packages/contract/tsconfig.json": project(["../orders", "../gone"]) });
    expect(found.diagnostics).toEqual([]);
    expect(keysOf(found, "Order")).toEqual(["id", "total"]);
  });

  it("has its own options, also where a project it refers to has the same file", () => {
    const orders = `import type { Order } from "@acme/orders";\nexport interface Bindings { f(order: Order): string | null }`;
    const found = reading({
      "packages/contract/src/bindings.ts": orders,
      "packages/contract/tsconfig.json": project(["./tsconfig.all.json", "../orders"]),
      "packages/contract/tsconfig.all.json": project([], { strict: false, strictNullChecks: false }),
    });
    expect(found.contract?.root.members[0]).toMatchObject({
      signatures: [{ result: { kind: "union" } }],
    });
    expect(keysOf(found, "Order")).toEqual(["id", "total"]);
  });
});
