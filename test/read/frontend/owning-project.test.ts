/**
 * The options a definition is read with are those of the project that includes it, also where the tsconfig nearest to it only
 * refers to projects.
 */
import { describe, expect, it } from "vitest";
import { readFiles } from "../shown.ts";

const app = {
  compilerOptions: {
    composite: true,
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
    paths: { "@/*": ["./src/*"] },
  },
  include: ["src"],
};
const node = { compilerOptions: { composite: true, module: "nodenext" }, include: ["*.config.ts"] };
const solution = {
  files: [],
  references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }],
};

const files = {
  "src/bindings.ts": `import type { Order } from "@/order"; export interface Bindings { find(id: number): Order }`,
  "src/order.ts": "export interface Order { note?: string }",
};

function reading(tsconfigs: Readonly<Record<string, object>>) {
  const texts = Object.entries(tsconfigs).map(([name, json]) => [name, JSON.stringify(json)]);
  const result = readFiles({ ...files, ...Object.fromEntries(texts) }, {}, "src/bindings.ts");
  const order = result.contract?.declarations.find(({ name }) => name === "Order");
  const isExact = JSON.stringify(order?.shape ?? null).includes(`"shape":{"kind":"string"}`);
  return { ...result, isRead: order !== undefined, isExact };
}

describe("a definition is read with the options of", () => {
  it("the referenced project that includes it", () => {
    const found = reading({
      "tsconfig.json": solution,
      "tsconfig.app.json": app,
      "tsconfig.node.json": node,
    });
    expect(found).toMatchObject({ isRead: true, isExact: true, importExtension: ".ts", diagnostics: [] });
    expect(found.inputs.files.filter((path) => path.includes("tsconfig")).length).toBe(2);
  });

  it("one that is referred to by a referenced one, whichever comes first", () => {
    const found = reading({
      "tsconfig.json": { files: [], references: [{ path: "./node" }, { path: "./all" }] },
      "node/tsconfig.json": { ...node, references: [{ path: ".." }] },
      "all/tsconfig.json": { files: [], references: [{ path: "../tsconfig.app.json" }] },
      "tsconfig.app.json": app,
    });
    expect(found).toMatchObject({ isRead: true, isExact: true });
  });

  it("one that extends its patterns, or lists the file", () => {
    const { include: _, ...listed } = app;
    expect(
      reading({ "tsconfig.json": solution, "tsconfig.app.json": { ...listed, files: ["src/bindings.ts"] } }),
    ).toMatchObject({ isRead: true });
    expect(
      reading({
        "tsconfig.json": solution,
        "tsconfig.app.json": { extends: "./tsconfig.base.json" },
        "tsconfig.base.json": app,
      }),
    ).toMatchObject({ isRead: true, isExact: true });
  });

  it("the nearest tsconfig when that includes it, whatever it refers to", () => {
    const found = reading({
      "tsconfig.json": { ...app, references: [{ path: "./tsconfig.other.json" }] },
      "tsconfig.other.json": { ...node, include: ["**/*"] },
    });
    expect(found).toMatchObject({ isRead: true, isExact: true });
  });

  it("the nearest tsconfig when no project includes it, or none can be read", () => {
    const shared = { compilerOptions: app.compilerOptions, ...solution };
    expect(reading({ "tsconfig.json": shared, "tsconfig.node.json": node })).toMatchObject({ isRead: true });
    const excluded = { ...app, exclude: ["src/bindings.ts"] };
    expect(reading({ "tsconfig.json": solution, "tsconfig.app.json": excluded }).importExtension).toBe(".js");
  });
});
