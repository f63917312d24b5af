/**
 * A process that generates again keeps what it has parsed and bound. Whatever is edited in between, it must say and write
 * what a process that starts afresh says and writes.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../built.ts";
import { generate } from "../../src/generator/generate.ts";
import { createMemory } from "../../src/generator/memory.ts";

const main = program("cli/main");
const outputs = ["registry.ts", "secure-exec.d.ts", "contract.json"];
const home = mkdtempSync(join(tmpdir(), "isobind-turns-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What an author may have written; every edit changes one part of it. */
interface State {
  readonly parameter: string;
  readonly doc: string;
  readonly leaves: readonly string[];
  readonly fields: readonly string[];
  readonly item: string;
  readonly global: string;
  readonly body: string;
  readonly type: string;
  readonly options: object;
}

const first: State = {
  parameter: "limit",
  doc: "Finds items.",
  leaves: ["find", "count"],
  fields: ["id: string", "at?: Date", "state: State"],
  item: "Item",
  global: "",
  body: "return [];",
  type: "module",
  options: {},
};

const edits: readonly ((state: State, turn: number) => State)[] = [
  (state, turn) => ({ ...state, parameter: `limit${turn}` }),
  (state, turn) => ({ ...state, doc: `Finds items, ${turn} at a time.` }),
  (state, turn) => ({ ...state, leaves: [...state.leaves, `more${turn}`] }),
  (state) => ({ ...state, leaves: state.leaves.length > 1 ? state.leaves.slice(1) : ["find"] }),
  (state, turn) => ({ ...state, fields: [...state.fields, `field${turn}: Map<string, ${state.item}>`] }),
  (state) => ({ ...state, fields: state.fields.toReversed() }),
  (state, turn) => ({ ...state, item: `Item${turn}` }),
  (state) => ({ ...state, global: state.global === "" ? "interface Shared { shared: bigint }" : "" }),
  (state, turn) => ({ ...state, body: `return [${turn}].map(() => { throw new Error(); });` }),
  (state, turn) => ({ ...state, fields: [...state.fields, `broken${turn}: Unknown`] }),
  (state) => ({ ...state, fields: state.fields.filter((field) => !field.startsWith("broken")) }),
  (state) => ({ ...state, type: state.type === "module" ? "commonjs" : "module" }),
  (state) => ({
    ...state,
    options: "module" in state.options ? { exactOptionalPropertyTypes: true } : { module: "nodenext" },
  }),
];

function filesOf(state: State): Record<string, string> {
  const { parameter, doc, leaves, fields, item, global, body, type, options } = state;
  const isShared = global !== "";
  const leaf = (name: string): string =>
    `  /** ${doc} */\n  async ${name}(query: Pick<${item}, "id">, ${parameter}?: number): Promise<${item}[]> { ${body} },\n`;
  return {
    "package.json": JSON.stringify({ name: "turns", type }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, ...options } }),
    "bindings.config.ts": 'export default { definition: "./bindings.ts" };\n',
    "bindings.ts": `import type { ${item} } from "./types.ts";\n${isShared ? 'import "./global.ts";\n' : ""}export default {\n${leaves.map(leaf).join("")}${isShared ? "  shared: (): Shared => ({ shared: 1n }),\n" : ""}};\n`,
    "types.ts": `import { State } from "./state.ts";\nexport interface ${item} { ${fields.join("; ")} }\nexport const unused = State.Open;\n`,
    "state.ts": "export enum State { Open, Done }\n",
    "global.ts": `export {};\ndeclare global { ${global} }\n`,
  };
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const file = join(folder, name);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  }
}

function outputOf(folder: string): (string | null)[] {
  return outputs.map((name) => {
    const file = join(folder, "generated", name);
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  });
}

/** A process of its own, in a folder of its own. */
async function afresh(folder: string): Promise<unknown> {
  const child = spawn(process.execPath, [main, "generate", "--format", "json"], {
    cwd: folder,
    stdio: "pipe",
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return (JSON.parse(out) as { diagnostics: unknown }).diagnostics;
}

/** Small and repeatable. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

describe("a generation after others in one process", () => {
  it.each([1, 2])("is what it would be in a process of its own (%i)", { timeout: 180_000 }, async (seed) => {
    const next = random(seed);
    const warm = join(home, `warm-${seed}`);
    let state = first;
    const memory = createMemory();
    for (let turn = 0; turn < 9; turn++) {
      const files = filesOf(state);
      write(warm, files);
      const { diagnostics, ok } = await generate(undefined, { cwd: warm, memory });
      const cold = join(home, `cold-${seed}-${turn}`);
      mkdirSync(cold);
      for (const name of Object.keys(files)) cpSync(join(warm, name), join(cold, name));
      expect(await afresh(cold), `turn ${turn}`).toEqual(
        diagnostics.map(
          (one) => expect.objectContaining({ code: one.code, message: one.message }) as unknown,
        ),
      );
      if (ok) expect(outputOf(warm), `turn ${turn}`).toEqual(outputOf(cold));
      for (let count = 1 + Math.floor(next() * 2); count > 0; count--) {
        const edit = edits[Math.floor(next() * edits.length)];
        state = edit?.(state, turn) ?? state;
      }
    }
  });
});
