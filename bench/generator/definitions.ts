/**
 * The projects that are generated from: the same leaves said in the words of each peer. Written into a work folder, never
 * committed.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Project {
  readonly folder: string;
  readonly leaves: number;
}

const header = `export type Id = string | number;
export interface Page { offset: number; limit: number; cursor?: string }
export interface Audit { createdAt: Date; updatedAt: Date | null; by: { id: Id; name: string } }
export interface Money { amount: number; currency: "EUR" | "USD" | "GBP" }
`;

function types(i: number): string {
  return `export interface Item${i} { id: Id; title: string; price: Money; tags: string[]; audit: Audit; parent?: Item${i}; state: "open" | "done" | "void" }
export interface Query${i} { text: string; states: ("open" | "done" | "void")[]; page: Page; min?: number; nested: { deep: { flag: boolean; code: [number, string] } } }
`;
}

const thirdParty = [
  {
    imports: `import type { QueryResult } from "pg";`,
    type: `Pick<QueryResult<{ id: string; n: number }>, "rows" | "rowCount">`,
  },
  { imports: `import type { z } from "zod";`, type: `z.infer<typeof model>` },
  { imports: `import type Stripe from "stripe";`, type: `Pick<Stripe.Customer, "id" | "email" | "created">` },
] as const;

/** A definition with `leaves` functions in namespaces of eight; with `external`, every third uses pg, zod or stripe types. */
export function project(root: string, name: string, leaves: number, external = false): Project {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  const indices = Array.from({ length: leaves }, (_, i) => i);
  const file = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  file("types.ts", header + indices.map(types).join(""));
  const result = (i: number): string =>
    external && i % 3 === 0 ? (thirdParty[(i / 3) % 3] as (typeof thirdParty)[number]).type : `Item${i}[]`;
  const imports = [
    `import type { ${["Id", ...indices.flatMap((i) => [`Item${i}`, `Query${i}`])].join(", ")} } from "./types.ts";`,
    ...(external
      ? [
          ...thirdParty.map((t) => t.imports.replace("import type { z }", "import { z }")),
          `const model = z.object({ id: z.string(), name: z.string().optional(), kind: z.enum(["a", "b"]) });`,
        ]
      : []),
  ];
  const groups = Array.from({ length: Math.ceil(leaves / 8) }, (_, g) => indices.slice(g * 8, g * 8 + 8));
  const tree = groups
    .map((group, g) => {
      const lines = group.map(
        (i) =>
          `    /** Finds items of kind ${i}. */\n    find${i}(query: Query${i}, limit?: number): Promise<${result(i)}>;`,
      );
      return `  group${g}: {\n${lines.join("\n")}\n  };`;
    })
    .join("\n");
  file("bindings.ts", `${imports.join("\n")}\nexport interface Bindings {\n${tree}\n}\n`);
  file(
    "schema.ts",
    `export * from "./types.ts";\nimport type { ${indices.map((i) => `Query${i}, Item${i}`).join(", ")} } from "./types.ts";\nexport interface Root {\n${indices.map((i) => `  find${i}: { query: Query${i}; limit?: number; result: Item${i}[] };`).join("\n")}\n}\n`,
  );
  file(
    "typia/validators.ts",
    `import typia from "typia";\nimport type * as T from "../types.ts";\n${indices.map((i) => `export const find${i} = typia.createAssert<[T.Query${i}, number?]>();`).join("\n")}\n`,
  );
  file("openapi.json", JSON.stringify(openapi(indices)));
  file("bindings.config.ts", `export default { definition: "./bindings.ts", outDir: "./generated" };\n`);
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
  };
  file(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, files: ["bindings.ts"] }),
  );
  file(
    "tsconfig.schema.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, files: ["schema.ts"] }),
  );
  file(
    "tsconfig.typia.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ["typia"] }),
  );
  file(
    "tsconfig.dts.json",
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        moduleResolution: "nodenext",
        strict: true,
        types: [],
        skipLibCheck: true,
        declaration: true,
        emitDeclarationOnly: true,
        rewriteRelativeImportExtensions: true,
        outDir: "types-out",
        rootDir: ".",
      },
      files: ["bindings.ts"],
    }),
  );
  file(
    "api-extractor.json",
    JSON.stringify({
      mainEntryPointFilePath: "<projectFolder>/types-out/bindings.d.ts",
      projectFolder: folder,
      compiler: { tsconfigFilePath: "<projectFolder>/tsconfig.json" },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: "<projectFolder>/types-out/rolled.d.ts" },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: "none" } },
        compilerMessageReporting: { default: { logLevel: "none" } },
      },
    }),
  );
  file(
    "rollup.config.mjs",
    `import { dts } from "rollup-plugin-dts";\nexport default { input: "bindings.ts", output: { file: "types-out/rollup.d.ts" }, plugins: [dts({ tsconfig: "tsconfig.json" })] };\n`,
  );
  file(
    "rolldown.config.mjs",
    `import { dts } from "rolldown-plugin-dts";\nexport default { input: "bindings.ts", output: { dir: "types-out/rolldown" }, plugins: [dts({ tsconfig: "tsconfig.json", emitDtsOnly: true })] };\n`,
  );
  file(
    "package.json",
    JSON.stringify({ name: `bench-${name}`, version: "0.0.0", private: true, type: "module" }),
  );
  return { folder, leaves };
}

/** Five annotated leaves whose bodies use pg, stripe and zod: what an application's definition looks like. */
export function application(root: string): Project {
  const base = project(root, "app", 1);
  const write = (text: string): void => writeFileSync(join(base.folder, "bindings.ts"), text);
  write(`import { createHash } from "node:crypto";
import type { Pool } from "pg";
import Stripe from "stripe";
import { z } from "zod";

declare const pool: Pool;
const stripe = new Stripe("key");
const input = z.object({ email: z.string(), tags: z.array(z.string()) });

export interface Customer { id: string; email: string; tags: string[] }
export interface Order { id: number; total: number; at: Date; lines: { sku: string; count: number }[] }

export default {
  customers: {
    /** Finds one customer. */
    async find(id: string): Promise<Customer | null> {
      const { rows } = await pool.query("select * from customers where id = $1", [id]);
      const parsed = input.parse(rows[0]);
      return { id, email: parsed.email, tags: parsed.tags };
    },
    async create(customer: Omit<Customer, "id">): Promise<Customer> {
      const created = await stripe.customers.create({ email: customer.email });
      await pool.query("insert into customers values ($1, $2)", [created.id, customer.email]);
      return { id: created.id, ...customer };
    },
  },
  orders: {
    async list(customer: string, since?: Date): Promise<Order[]> {
      const { rows } = await pool.query("select * from orders where customer = $1 and at > $2", [customer, since]);
      return rows.map((row) => ({ id: row.id, total: row.total, at: row.at, lines: z.array(z.any()).parse(row.lines) }));
    },
    async charge(order: number): Promise<{ paid: boolean; receipt: string }> {
      const intent = await stripe.paymentIntents.create({ amount: order, currency: "eur" });
      return { paid: intent.status === "succeeded", receipt: intent.id };
    },
  },
  fingerprint(text: string): string {
    return createHash("sha256").update(text).digest("hex");
  },
};
`);
  return { ...base, leaves: 5 };
}

function openapi(indices: readonly number[]): unknown {
  const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });
  const object = (properties: Record<string, unknown>): unknown => ({
    type: "object",
    properties,
    required: Object.keys(properties),
  });
  const schemas: Record<string, unknown> = {
    Page: object({ offset: { type: "number" }, limit: { type: "number" }, cursor: { type: "string" } }),
    Money: object({ amount: { type: "number" }, currency: { enum: ["EUR", "USD", "GBP"] } }),
    Audit: object({
      createdAt: { type: "string" },
      updatedAt: { type: "string" },
      by: object({ id: { type: "string" }, name: { type: "string" } }),
    }),
  };
  const paths: Record<string, unknown> = {};
  for (const i of indices) {
    schemas[`Item${i}`] = object({
      id: { type: "string" },
      title: { type: "string" },
      price: ref("Money"),
      tags: { type: "array", items: { type: "string" } },
      audit: ref("Audit"),
      parent: ref(`Item${i}`),
      state: { enum: ["open", "done", "void"] },
    });
    schemas[`Query${i}`] = object({
      text: { type: "string" },
      states: { type: "array", items: { enum: ["open", "done", "void"] } },
      page: ref("Page"),
      min: { type: "number" },
      nested: object({ deep: object({ flag: { type: "boolean" } }) }),
    });
    paths[`/find${i}`] = {
      post: {
        operationId: `find${i}`,
        requestBody: { content: { "application/json": { schema: ref(`Query${i}`) } } },
        responses: {
          200: {
            description: "ok",
            content: { "application/json": { schema: { type: "array", items: ref(`Item${i}`) } } },
          },
        },
      },
    };
  }
  return { openapi: "3.1.0", info: { title: "bench", version: "1" }, paths, components: { schemas } };
}
