/**
 * The host's side of an emitted registry: a wrong implementation does not compile, and the file runs as it is under
 * Node's type stripping.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emitRegistry } from "../../src/emit/registry/registry.ts";
import {
  array,
  contract,
  interfaceOf,
  leaf,
  literal,
  number,
  object,
  overloaded,
  ref,
  string,
  union,
} from "./build.ts";
import { compile } from "./compile.ts";

const registrySource = fileURLToPath(new URL("../../src/registry/index.ts", import.meta.url));
const definition = `
export interface Row { id: string; kind: "a" | "b" }
export interface Bindings {
  db: { query(sql: string, params: (string | number)[]): Promise<Row[]> };
  greet(name: string): string;
  both(value: string): string;
  both(value: number): number;
}
`;
const tree = contract(
  {
    db: { query: leaf([string, array(union(string, number))], array(ref("Row"))) },
    greet: leaf([string], string, { mode: "sync" }),
    both: overloaded(leaf([string], string, { mode: "sync" }), leaf([number], number, { mode: "sync" })),
  },
  [interfaceOf("Row", object({ id: string, kind: union(literal("a"), literal("b")) }))],
  "contract",
);
const registry = emitRegistry(tree, { definitionImport: "./bindings.ts", excessProperties: "refuse" });

/** One host each; `null` compiles, else what the compiler says about it. */
const hosts: Readonly<Record<string, readonly [string, RegExp | null]>> = {
  right: [
    `{ db: { query: async () => [{ id: "1", kind: "a" }] }, greet: (n) => n, both: (v: any) => v }`,
    null,
  ],
  missing: [`{ db: {}, greet: (n) => n, both: (v: any) => v }`, /'query' is missing/u],
  notAsync: [`{ db: { query: () => [] }, greet: (n) => n, both: (v: any) => v }`, /Promise<Row\[\]>/u],
  async: [
    `{ db: { query: async () => [] }, greet: async (n) => n, both: (v: any) => v }`,
    /not assignable to type 'string'/u,
  ],
  wrongResult: [
    `{ db: { query: async () => [{ id: 1, kind: "a" }] }, greet: (n) => n, both: (v: any) => v }`,
    /'number' is not assignable to type 'string'/u,
  ],
  // Methods would let a narrower parameter pass; a script may send any string.
  narrower: [
    `{ db: { query: async () => [] }, greet: (n: "Ada") => n, both: (v: any) => v }`,
    /not assignable to type '"Ada"'/u,
  ],
  extra: [
    `{ db: { query: async () => [], drop: () => 0 }, greet: (n) => n, both: (v: any) => v }`,
    /'drop' does not exist/u,
  ],
};

describe("HostBindings", () => {
  it("lets right implementations compile and no others", async () => {
    const files = {
      "bindings.ts": definition,
      "registry.ts": registry,
      ...Object.fromEntries(
        Object.entries(hosts).map(([name, [text]]) => [
          `${name}.ts`,
          `import { createRegistry } from "./registry.ts";\ncreateRegistry(${text});\n`,
        ]),
      ),
    };
    const options = { paths: { "isobind/registry": [registrySource] }, skipLibCheck: true, lib: ["es2024"] };
    const said = await compile("7.0", files, options);
    for (const [name, [, wanted]] of Object.entries(hosts)) {
      const own = said
        .split(/\n(?=\S)/u)
        .filter((line) => line.startsWith(`${name}.ts`))
        .join("\n");
      if (wanted === null) expect(own, name).toBe("");
      else expect(own, name).toMatch(wanted);
    }
  });
});

describe("an emitted registry", () => {
  it("runs under Node's type stripping", async () => {
    const folder = await mkdtemp(join(tmpdir(), "isobind-strip-"));
    try {
      await writeFile(join(folder, "package.json"), '{"type":"module"}');
      await writeFile(join(folder, "bindings.ts"), definition);
      await writeFile(
        join(folder, "registry.ts"),
        registry.replace('"isobind/registry"', JSON.stringify(registrySource)),
      );
      await writeFile(
        join(folder, "main.ts"),
        `import { createRegistry } from "./registry.ts";
const registry = createRegistry({ db: { query: async () => [] }, greet: (n) => "Hello, " + n, both: (v: any) => v });
const [query, greet] = registry.leaves;
console.log(JSON.stringify([
  registry.leaves.map(({ name, mode }) => [name, mode]),
  query!.contract!.accepts(["select 1", [1, "a"]]),
  query!.contract!.accepts(["select 1", [null]]),
  query!.contract!.acceptsResult([{ id: "1", kind: "b" }]),
  query!.contract!.acceptsResult([{ id: "1", kind: "c" }]),
  greet!.call("Ada"),
]));
`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, [
        "--no-warnings",
        join(folder, "main.ts"),
      ]);
      expect(JSON.parse(stdout)).toEqual([
        [
          ["db.query", "async"],
          ["greet", "sync"],
          ["both", "sync"],
        ],
        true,
        false,
        true,
        false,
        "Hello, Ada",
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
