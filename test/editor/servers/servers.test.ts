/**
 * A folder of scripts as `init` and `generate` write it, in the language servers of the TypeScript versions that people have: what an
 * author sees while writing. What a server cannot show is named in `servers`, and the table of docs/editor.md says the same.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaults, projectFiles } from "../../../src/cli/init/project.ts";
import { generate } from "../../../src/generator/generate.ts";
import { compilers, tsc } from "../../emit/compile.ts";
import { startLsp } from "./lsp.ts";
import type { At, LanguageServer } from "./server.ts";
import { startTsserver } from "./tsserver.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "isobind-servers-")));
const declaration = join(root, "generated/secure-exec.d.ts");

/** What an editor shows, in the words of the table. */
const abilities = [
  "completion of bindings, nested and destructured",
  "signature help, with each parameter's documentation",
  "policy (`@timeout`, `@maxCalls`) in signature help",
  "hover with documentation and policy",
  "quick fix for a misspelt name",
  "go to the declaration",
  "errors while typing",
] as const;
type Ability = (typeof abilities)[number];

interface Server {
  readonly name: string;
  start(): Promise<LanguageServer>;
  readonly lacks: readonly Ability[];
}

const servers: readonly Server[] = [
  { name: "TypeScript 5.9", start: () => startTsserver("5.9"), lacks: [] },
  { name: "TypeScript 6.0", start: () => startTsserver("6.0"), lacks: [] },
  {
    name: "TypeScript 7.0",
    start: () => startLsp(join(root, "scripts")),
    lacks: ["policy (`@timeout`, `@maxCalls`) in signature help", "quick fix for a misspelt name"],
  },
];

const definition = `export interface Row {
  /** Counted from 1. */
  id: number;
}

export interface Bindings {
  /** Talks to the database. */
  db: {
    /**
     * Runs one statement.
     *
     * @param sql The text of the statement.
     * @timeout 500ms
     * @maxCalls 100
     */
    query(sql: string, /** Bound in order. */ params: (string | number)[]): Promise<Row[]>;
    stats: {
      /** Counts rows. */
      count(): number;
    };
  };
  /** Greets someone by name. */
  greet(name: string): string;
}

export interface Script {
  input: {
    /** From 1 to 12. */
    month: number;
  };
}
`;

beforeAll(async () => {
  const setting = {
    style: "contract",
    hasDefinition: false,
    declaresScripts: false,
    importExtension: ".ts",
    isCommonJs: false,
  } as const;
  for (const { path, text } of projectFiles(defaults, setting)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path === defaults.definition ? definition : text);
  }
  writeFileSync(join(root, "package.json"), `{ "type": "module" }`);
  writeFileSync(join(root, "scripts/typed.ts"), "");
  writeFileSync(join(root, "scripts/plain.js"), "");
  const config = { definition: `./${defaults.definition}`, outDir: `./${defaults.outDir}` };
  expect(await generate(config, { cwd: root })).toMatchObject({ ok: true, diagnostics: [] });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(servers)("$name", ({ start, lacks }) => {
  let server: LanguageServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  describe.each(["typed.ts", "plain.js"])("in %s", (name) => {
    const file = join(root, "scripts", name);
    /** Writes a script, and goes to the `|` in it. */
    const at = async (text: string): Promise<At> => {
      await server.type(file, text.replace("|", ""));
      return { file, offset: text.indexOf("|") };
    };
    const has = (ability: Ability): boolean => !lacks.includes(ability);

    it.each([
      ["SecureExec.bindings.|", ["db", "greet"]],
      ["SecureExec.bindings.db.|", ["query", "stats"]],
      ["SecureExec.bindings.db.stats.|", ["count"]],
      ["const { | } = SecureExec.bindings;", ["db", "greet"]],
      ["const { db } = SecureExec.bindings;\ndb.|", ["query", "stats"]],
      ["const { db: { | } } = SecureExec.bindings;", ["query", "stats"]],
      ["for (const row of await SecureExec.bindings.db.query('', [])) row.|", ["id"]],
      ["input.|", ["month"]],
    ])("completes %j", async (text, names) => {
      expect([...(await server.complete(await at(text)))].sort()).toEqual(names);
    });

    it("offers the globals of a sandbox alone", async () => {
      const names = await server.complete(await at("|"));
      expect(names).toEqual(expect.arrayContaining(["SecureExec", "console", "input", "URL", "Map"]));
      for (const absent of ["process", "document", "fetch", "setTimeout", "Atomics", "WebAssembly"]) {
        expect(names).not.toContain(absent);
      }
    });

    it.each([
      ["SecureExec.bindings.db.query(|)", "The text of the statement."],
      ["SecureExec.bindings.db.query('', |)", "Bound in order."],
      ["const { query } = SecureExec.bindings.db;\nquery('', |)", "Bound in order."],
    ])("explains the parameter of %j", async (text, parameter) => {
      const shown = await server.signature(await at(text));
      expect(shown).toMatchObject({
        code: "query(sql: string, params: (string | number)[]): Promise<SecureExec.Row[]>",
        docs: expect.stringContaining("Runs one statement.") as string,
        parameter,
      });
      const hasPolicy = has("policy (`@timeout`, `@maxCalls`) in signature help");
      expect(shown?.docs.includes("500ms")).toBe(hasPolicy);
      expect(/@maxCalls\W+100/u.test(shown?.docs ?? "")).toBe(hasPolicy);
    });

    it("shows documentation and policy at a call", async () => {
      const shown = await server.hover(await at("SecureExec.bindings.db.qu|ery('', []);"));
      expect(shown?.code).toBe(
        "(property) query: (sql: string, params: (string | number)[]) => Promise<SecureExec.Row[]>",
      );
      expect(shown?.docs).toMatch(
        /Runs one statement\.[^]*@param\W+sql\W+The text of the statement\.[^]*params\W+Bound in order\.[^]*@timeout\W+500ms[^]*@maxCalls\W+100/u,
      );
    });

    it.each([
      ["SecureExec.bindings.d|b;", "Talks to the database."],
      ["const { query } = SecureExec.bindings.db;\nque|ry;", "Runs one statement."],
      ["input.mon|th;", "From 1 to 12."],
      ["for (const row of await SecureExec.bindings.db.query('', [])) row.i|d;", "Counted from 1."],
      ["Secu|reExec;", "What the host offers to this script. Frozen at every level."],
    ])("shows the documentation of %j", async (text, docs) => {
      expect((await server.hover(await at(text)))?.docs.trim()).toBe(docs);
    });

    it.each([
      "SecureExec.bindings.db.qu|ery('', []);",
      "const { query } = SecureExec.bindings.db;\nqu|ery('', []);",
    ])("goes to the declaration of %j", async (text) => {
      const targets = await server.definition(await at(text));
      const lines = readFileSync(declaration, "utf8").split("\n");
      const shown = targets
        .filter((target) => target.file === declaration)
        .map(({ line }) => lines[line - 1]?.trim() ?? "");
      expect(shown.length).toBeGreaterThan(0);
      for (const one of shown) expect(one).toMatch(/^(?:readonly query: \{|\()/u);
    });

    it("underlines a mistake as soon as it is there, and no longer than it is", async () => {
      const errors = async (text: string): Promise<readonly string[]> => {
        await server.type(file, text);
        return (await server.underlined(file)).map((one) => one.text);
      };
      expect(await errors("SecureExec.bindings.greet(input.month);")).toEqual(["input.month"]);
      expect(await errors("SecureExec.bindings.greet('you');")).toEqual([]);
      expect(await errors("SecureExec.bindings.gret('you');")).toEqual(["gret"]);
      expect(await errors("process.exit();\nsetTimeout(() => {});\nnew URL('a:b');")).toEqual([
        "process",
        "setTimeout",
      ]);
      expect(await errors("await SecureExec.bindings.db.query('', []);")).toEqual([]);
    });

    it("mends a misspelt name, where the server can", async () => {
      await server.type(file, "SecureExec.bindings.db.qeury('', []);\nconsol.log(1);");
      const fixes = (await server.fixes(file)).filter((title) => title.startsWith("Change spelling"));
      const wanted = ["Change spelling to 'query'", "Change spelling to 'console'"];
      expect(fixes).toEqual(has("quick fix for a misspelt name") ? wanted : []);
    });
  });
});

it("tests beside scripts are not taken for scripts", async () => {
  writeFileSync(
    join(root, "scripts/typed.test.ts"),
    `import { test } from "node:test";\ntest("a", () => process.exit());\n`,
  );
  for (const compiler of compilers)
    expect(await tsc(compiler, ["-p", "scripts", "--listFiles"], root)).not.toContain("typed.test.ts");
});

it("the table of the page says what each server has", () => {
  const page = readFileSync(new URL("../../../docs/editor.md", import.meta.url), "utf8");
  const cells = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  const wanted = [
    cells(["an editor shows", ...servers.map(({ name }) => name)]),
    cells(["---", ...servers.map(() => "---")]),
    ...abilities.map((ability) =>
      cells([ability, ...servers.map(({ lacks }) => (lacks.includes(ability) ? "no" : "yes"))]),
    ),
  ];
  expect(page.split("\n").filter((line) => line.startsWith("|"))).toEqual(expect.arrayContaining(wanted));
});
