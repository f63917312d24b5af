/** A prompt is TypeScript that compiles, keeps its budget, and says what it leaves out. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import ts from "typescript-6.0";
import { describe, expect, it } from "vitest";
import { contractData } from "../../src/model/file/serialize.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { walkLeaves } from "../../src/model/walk.ts";
import { apiText } from "../../src/prompt/api-text.ts";
import { createReference, prompt } from "../../src/prompt/index.ts";
import { scriptRules } from "../../src/prompt/rules.ts";
import { details } from "../../src/prompt/shorten.ts";
import { loadTokenizer } from "../../src/prompt/tokens.ts";
import { mockRegistry } from "../../src/testing/index.ts";
import * as of from "../emit/build.ts";
import { contractOfSize } from "./sizes.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = (contract: ReturnType<typeof contractOfSize>): object => contractData(contract) as object;

const small = of.contract(
  {
    db: {
      query: of.leaf(
        [of.parameter("sql", of.string), of.parameter("limit", of.number, "optional")],
        of.array(of.ref("Row")),
        {
          doc: of.doc("Runs one statement. It may be slow.", { name: "example", text: "query('select 1')" }),
        },
      ),
    },
    now: of.leaf([], of.date, { mode: "sync", doc: of.doc("The time of the host.") }),
    "odd name": of.leaf([], of.ref("Later")),
  },
  [
    of.interfaceOf("Row", of.object({ id: of.string, state: of.ref("Zustand") })),
    of.alias("Zustand", of.union(of.literal("open"), of.literal("done"))),
    of.interfaceOf("Later", of.object({ at: of.date })),
  ],
);

describe("the rules", () => {
  it("stand above the API where they are asked for, within the budget and on the page", async () => {
    const plain = await prompt(data(small));
    const { text, tokens } = await prompt(data(small), { rules: true });
    expect(text).toBe(scriptRules + plain.text);
    expect(tokens).toBe((await loadTokenizer())(text));
    expect((await prompt(data(small), { rules: false })).text).toBe(plain.text);
    const page = readFileSync(join(root, "docs/prompt.md"), "utf8");
    expect(page).toContain(`<!-- rules -->

\`\`\`typescript
${scriptRules}\`\`\`

<!-- /rules -->`);
    const budget = tokens - 1;
    const shorter = await prompt(data(small), { rules: true, budget });
    expect(shorter.tokens).toBeLessThanOrEqual(budget);
    expect(shorter.text.startsWith(scriptRules)).toBe(true);
    await expect(prompt(data(small), { rules: true, budget: 20 })).rejects.toThrow("the shortest text");
  });
});

describe("the text", () => {
  it("says once that a property may be left out", async () => {
    const due = of.union(of.date, of.undef);
    const contract = of.contract({
      set: of.leaf([of.parameter("job", of.object({ "due?": due, at: due }))], due),
    });
    const { text } = await prompt(data(contract));
    expect(text).toContain("set(job: { due?: Date; at: Date | undefined }): Promise<Date | undefined>;");
  });

  it("is compact TypeScript: methods, and types in the order of their use", async () => {
    const { text, omitted, detail } = await prompt(data(small));
    expect(text).toMatchInlineSnapshot(`
      "declare const SecureExec: { bindings: SecureExec.Bindings };
      declare namespace SecureExec {
        interface Bindings {
          db: {
            /**
             * Runs one statement. It may be slow.
             *
             * @example query('select 1')
             */
            query(sql: string, limit?: number): Promise<Row[]>;
          };
          /** The time of the host. */
          now(): Date;
          "odd name"(): Promise<Later>;
        }
        interface Row {
          id: string;
          state: Zustand;
        }
        type Zustand = "open" | "done";
        interface Later {
          at: Date;
        }
      }
      "
    `);
    expect(omitted).toEqual([]);
    expect(detail).toBe("everything");
  });

  it("says that a script has an input, where its type is known, and nothing of what only libraries read", () => {
    const file = join(root, "fixtures/valid/script-contract/expected/contract.json");
    const text = apiText(parseContract(readFileSync(file, "utf8")), "everything");
    expect(text).toContain(`\ndeclare const input: SecureExec.Script["input"];\n`);
    expect(text).not.toContain("ScriptGlobals");
    expect(apiText(small, "everything")).not.toContain("input");
  });

  it("compiles for every contract there is, with each amount of documentation", () => {
    const files = new Map<string, string>();
    for (const file of globSync("fixtures/valid/*/expected/contract.json", { cwd: root })) {
      const contract = parseContract(readFileSync(join(root, file), "utf8"));
      for (const detail of details)
        files.set(`/${file}.${details.indexOf(detail)}.ts`, `${apiText(contract, detail)}export {};\n`);
    }
    expect(files.size).toBeGreaterThan(100);
    const options: ts.CompilerOptions = {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ESNext,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (name, target) => {
      const text = files.get(name);
      return text === undefined
        ? getSourceFile.call(host, name, target)
        : ts.createSourceFile(name, text, target);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    expect(messages).toEqual([]);
  });
});

describe("the budget", () => {
  it("is kept by less documentation first, then by leaving bindings out; each is shown or named", async () => {
    const contract = contractOfSize(20);
    const count = await loadTokenizer();
    const whole = await prompt(data(contract), { budget: 100_000 });
    const all = [...walkLeaves(contract.root)].map(({ path }) => path.join("."));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: whole.tokens + 10 }), async (budget) => {
        const { text, tokens, omitted } = await prompt(data(contract), { budget });
        expect(tokens).toBeLessThanOrEqual(budget);
        expect(tokens).toBe(count(text));
        for (const path of all) expect(text.includes(`${path.split(".")[1]}(`)).toBe(!omitted.includes(path));
      }),
      { numRuns: 30 },
    );
    const spoken = [whole.tokens, Math.floor(whole.tokens * 0.9), Math.floor(whole.tokens * 0.7)];
    const lengths = await Promise.all(
      spoken.map(async (budget) => (await prompt(data(contract), { budget })).detail),
    );
    expect(new Set(lengths).size).toBeGreaterThan(1);
    expect(lengths[0]).toBe("everything");
  });

  it("leaves out what is too large, and not what comes after it", async () => {
    const kinds = of.union(...Array.from({ length: 400 }, (_, at) => of.literal(`kind_of_event_${at}`)));
    const contract = of.contract({
      large: of.leaf([kinds], of.nothing),
      little: of.leaf([of.string], of.number),
    });
    const { text, omitted } = await prompt(data(contract), {
      budget: 200,
      lookup: { describe: "api.describe" },
    });
    expect(omitted).toEqual(["large"]);
    expect(text).toContain("little(a: string)");
    expect(text).toContain(
      '// 1 binding is not shown: api.describe("large") shows one, search("some words") finds some:\n//   large\n',
    );
  });

  it("shortens the index too, to numbers and then to one line", async () => {
    const contract = data(contractOfSize(200));
    const { text } = await prompt(contract, { budget: 450 });
    expect(text).toMatch(/\/\/ {3}area\d+ \(8\)/u);
    const { text: shortest, omitted } = await prompt(contract, { budget: 40 });
    expect(shortest).toBe(
      '// 200 bindings are not shown: describe("area0.find0") shows one, search("some words") finds some.\n',
    );
    expect(omitted).toHaveLength(200);
  });

  it("that nothing fits is an error that says what would", async () => {
    const contract = data(contractOfSize(8));
    await expect(prompt(contract, { budget: 5 })).rejects.toMatchObject({
      code: "ERR_PROMPT_BUDGET",
      message: expect.stringMatching(
        /^budget: the shortest text of this contract has \d+ tokens\.$/u,
      ) as string,
    });
    await expect(prompt(contract, { budget: Number.NaN })).rejects.toMatchObject({
      code: "ERR_PROMPT_BUDGET",
    });
  });

  it("counts as its caller's model does", async () => {
    const { tokens, text } = await prompt(data(small), {
      budget: 10_000,
      countTokens: (text) => text.length,
    });
    expect(tokens).toBe(text.length);
  });
});

describe("the contract", () => {
  it.each([
    ["a folder", root],
    ["no file", join(root, "nothing.json")],
    ["no contract", {}],
    ["no JSON", join(root, "README.md")],
  ])("is refused: %s", async (_, source) => {
    await expect(prompt(source)).rejects.toMatchObject({ name: "PromptError", code: "ERR_PROMPT_CONTRACT" });
  });

  it("may be a module namespace of its JSON", async () => {
    const { text } = await prompt({ default: data(small) });
    expect(text).toBe((await prompt(data(small))).text);
  });
});

describe("the reference", () => {
  const { describe: show, search } = createReference(data(small));

  it("shows a binding with its types and nothing else", () => {
    const text = show("db.query");
    expect(text).toContain("query(sql: string, limit?: number): Promise<Row[]>");
    expect(text).toContain('type Zustand = "open" | "done";');
    expect(text).toContain("@example query('select 1')");
    expect(text).not.toContain("now(");
    expect(show("SecureExec.bindings.db.query")).toBe(text);
    expect(show("db")).toBe(text);
    expect(show("")).toContain("now(");
  });

  it("names the nearest of a path that is none", () => {
    expect(show("db.qeury")).toBe("There is no binding `db.qeury`. Did you mean `db.query`?");
    expect(show("query")).toBe("There is no binding `query`.");
  });

  it.each([
    ["statement", "db.query: Runs one statement."],
    ["statment", "db.query: Runs one statement."],
    ["QUERY", "db.query: Runs one statement."],
    ["sql", "db.query: Runs one statement."],
    ["time host", "now: The time of the host."],
    ["odd", "odd name"],
    ["weather", "No binding speaks of `weather`."],
    ["", "No binding speaks of ``."],
  ])("finds for %j", (words, answer) => {
    expect(search(words)).toBe(answer);
  });

  it("gives as many as are asked for", () => {
    const reference = createReference(data(contractOfSize(30)));
    expect(reference.search("items").split("\n")).toHaveLength(10);
    expect(reference.search("items", 3).split("\n")).toHaveLength(3);
  });
});

it("takes a registry, which has all but the documentation, and not that of a profile", async () => {
  const registry = mockRegistry(data(contractOfSize(2)));
  const { text } = await prompt(registry);
  expect(text).toContain("find0(query: Query0, limit?: number): Promise<Item0[]>;");
  expect(text).not.toContain("the newest first");
  expect(createReference(registry).describe("area0.find1")).toContain("find1(query: Query1");
  await expect(prompt({ ...registry, profile: "pro" })).rejects.toMatchObject({
    code: "ERR_PROMPT_CONTRACT",
  });
});
