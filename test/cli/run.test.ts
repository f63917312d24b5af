import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/cli/exit.ts";
import { asUsageError } from "../../src/cli/run/refused.ts";
import { limitTable } from "../../src/runtime/limits.ts";
import { definition, files, project, type Project } from "./project.ts";
import { isobind, type Ran } from "./testing-io.ts";

interface RunReport {
  readonly status: string;
  readonly exports: Record<string, unknown> | null;
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code: string | null;
    readonly stack: string;
  } | null;
  readonly console: readonly { readonly level: string; readonly text: string }[];
  readonly stats: Record<string, number>;
}

async function sample(script: string, name = "script.ts"): Promise<Project> {
  const made = project({ ...files, [name]: script });
  const { code, stdout } = await isobind(["generate"], { cwd: made.root });
  expect(code, stdout).toBe(0);
  return made;
}

const report = (ran: Ran): RunReport => JSON.parse(ran.stdout) as RunReport;

describe("isobind run", () => {
  it("takes the kind of a script from its own line, or from `--kind`", async () => {
    const made = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
        export interface Scripts { rule: { input: { cents: number }; result: boolean }; sum: { result: number } }`,
      "rule.js": "// @script rule\nexport default input.cents < 10;\n",
      "sum.js": "export default 'three';\n",
    });
    await isobind(["generate"], { cwd: made.root });
    const rule = await isobind(["run", "rule.js", "--input", '{"cents":5}'], { cwd: made.root });
    expect(rule).toMatchObject({ code: 0, stdout: "default = true\n" });
    const wrong = await isobind(["run", "rule.js", "--input", '{"cents":"5"}'], { cwd: made.root });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("input of the kind `rule`, at .cents: expected number");
    expect(wrong.stderr).toContain("isobind explain ERR_SCRIPT_INPUT");
    const without = await isobind(["run", "rule.js"], { cwd: made.root });
    expect(without.stderr).toContain("help: give the script its input: `--input");
    const sum = await isobind(["run", "sum.js", "--kind", "sum", "--format", "json"], { cwd: made.root });
    expect(report(sum).error?.code).toBe("ERR_SCRIPT_RESULT");
  });

  it("says how an input and globals that JSON has no word for are written, and takes them so", async () => {
    const made = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
        export interface Globals { region: string; since: Date }
        export interface Script { input: { at: Date | null; bytes: Uint8Array; seen: Set<string>; many: bigint } }`,
      "script.ts": "export default [since, input.at, input.bytes, input.seen, input.many];\n",
    });
    const { root: cwd } = made;
    await isobind(["generate"], { cwd });
    const helps: string[] = [];
    const form = async (globals: object, input: object): Promise<string> => {
      const args = ["--globals", JSON.stringify(globals), "--input", JSON.stringify(input)];
      const { stderr } = await isobind(["run", "script.ts", ...args], { cwd });
      const [, help = stderr] = /help: (.+)/u.exec(stderr) ?? [];
      helps.push(help);
      return /`(\{.+\})`/u.exec(help)?.[1] ?? "null";
    };
    await form({ region: "eu" }, {});
    expect(helps[0]).toBe("give them: `--globals '{ … }'` or `--globals @file.json`.");
    const globals = {
      region: "eu",
      since: JSON.parse(await form({ region: "eu", since: "2026" }, {})) as object,
    };
    let input: Record<string, unknown> = { at: "2026", bytes: [1], seen: ["a"], many: 1 };
    for (const name of ["at", "bytes", "seen", "many"])
      input = { ...input, [name]: JSON.parse(await form(globals, input)) };
    expect(helps[2]).toBe(
      'in JSON a Date is written `{ "$type": "Date", "value": "2026-11-22T10:00:00Z" }`; docs/json-form.md has every form.',
    );
    const args = [
      "--globals",
      JSON.stringify(globals),
      "--input",
      JSON.stringify({ ...input, seen: { $type: "Set", values: ["a"] } }),
    ];
    const ran = await isobind(["run", "script.ts", ...args], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("Uint8Array(2) [ 1, 2 ]");
  });

  it("gives the globals that the definition lists: typed, or made with `--mock`", async () => {
    const made = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}\nexport interface Globals { region: "eu" | "us" }`,
      "script.ts": "export default region;\n",
    });
    await isobind(["generate"], { cwd: made.root });
    const { root: cwd } = made;
    const given = await isobind(["run", "script.ts", "--globals", '{"region":"us"}'], { cwd });
    expect(given).toMatchObject({ code: 0, stdout: "default = 'us'\n" });
    const without = await isobind(["run", "script.ts"], { cwd });
    expect(without.stderr).toContain("globals: region is missing");
    expect(without.stderr).toContain("help: give them: `--globals '{ … }'`");
    const wrong = await isobind(["run", "script.ts", "--globals", '{"region":1}'], { cwd });
    expect(wrong.stderr).toContain('globals: region: expected "eu" | "us", got 1.');
    const list = await isobind(["run", "script.ts", "--globals", "[1]"], { cwd });
    expect(list.stderr).toContain("`--globals` is no object of names and values");
    const mocked = await isobind(["run", "script.ts", "--mock"], { cwd });
    expect(mocked.stdout).toMatch(/^default = '(?:eu|us)'\n$/u);
    const overridden = await isobind(["run", "script.ts", "--mock", "--globals", '{"region":"us"}'], { cwd });
    expect(overridden.stdout).toBe("default = 'us'\n");
    const misspelt = await isobind(["run", "script.ts", "--mock", "--globals", '{"regoin":"us"}'], { cwd });
    expect(misspelt.stderr).toContain("Did you mean `region`?");
  });

  it("shows the export whose value has another type than the definition says, and the one kind there is", async () => {
    const made = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
        export interface Scripts { rule: { result: boolean } }`,
      "rule.ts": "// @script rule\nconst answer: unknown = 3;\nexport default answer;\n",
      "other.ts": "// @script rul\nexport default true;\n",
    });
    await isobind(["generate"], { cwd: made.root });
    const wrong = await isobind(["run", "rule.ts", "--isolation", "none"], { cwd: made.root });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(
      /ERR_SCRIPT_RESULT[^\n]*\n {2}rule\.ts:3:1\n {2}3 \| export default answer;/u,
    );
    const checked = await isobind(["typecheck", "other.ts"], { cwd: made.root });
    expect(checked.stdout + checked.stderr).toContain("he only one is `rule`.");
  });

  it("runs a script with the generated registry: console and result", async () => {
    const { root } = await sample(`const { math, greet } = SecureExec.bindings;
console.log(greet("Ada"));
console.warn("careful");
const sums: number[] = await Promise.all([math.later(1), math.later(2)]);
export default sums;
export const sum: number = math.add(1, 2);
`);
    const ran = await isobind(["run", "script.ts"], { cwd: root });
    expect(ran).toEqual({
      code: 0,
      stdout: "Hello, Ada!\ndefault = [ 1, 2 ]\nsum = 3\n",
      stderr: "careful\n",
    });
  });

  it.each([
    ["module", "nodenext", ".js"],
    ["commonjs", "nodenext", ""],
    ["module", "preserve", ""],
  ])(
    "reads the sources that imports name by what they are compiled to, in a %s package under %s",
    async (type, kind, extension) => {
      const { root } = project({
        ...files,
        "package.json": `{ "name": "sample", "type": "${type}" }\n`,
        "tsconfig.json": `{ "compilerOptions": { "module": "${kind}", "strict": true } }`,
        "bindings.ts": `import { defineBindings } from "isobind";
import { greet } from "./greet.js";
import { add } from "./math/index.js";
import { twice } from "./twice${extension}";
import { folder } from "./math${extension && "/index.js"}";
export default defineBindings({ greet, add, twice, folder });
`,
        "greet.ts": `import { hello } from "./hello.mjs";\nexport const greet = (name: string) => hello + name;\n`,
        "hello.mts": `export const hello: string = "Hello, ";\n`,
        "twice.ts": `export const twice = (text: string) => text + text;\n`,
        "math/index.ts": `export const add = (a: number, b: number) => a + b;\nexport const folder = () => "math";\n`,
        "host.ts": `import registry from "./generated/registry.js";\nexport default registry;\n`,
        "script.ts": `const { greet, add, twice, folder } = SecureExec.bindings;
export default [greet("Ada"), add(1, 2), twice("a"), folder()].join();
`,
      });
      const made = await isobind(["generate"], { cwd: root });
      expect(made.code, made.stdout).toBe(0);
      expect(readFileSync(join(root, "generated/registry.ts"), "utf8")).toContain(`from "../bindings.js"`);
      for (const flags of [[], ["--registry", "host.ts"], ["--registry", "./host.js"]]) {
        const ran = await isobind(["run", "script.ts", ...flags], { cwd: root });
        expect(ran).toEqual({ code: 0, stdout: "default = 'Hello, Ada,3,aa,math'\n", stderr: "" });
      }
    },
  );

  it("says which import was not found, when there is no source either", async () => {
    const { root } = project({
      ...files,
      "host.ts": `import { nothing } from "./nothing.js";\nexport default nothing;\n`,
      "script.ts": "export default 1;",
    });
    const { code, stderr } = await isobind(["run", "script.ts", "--registry", "host.ts"], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain("nothing.js");
  });

  it("--format json prints one object with every key of the form", async () => {
    const { root } = await sample(`console.info("a"); export default new Map([[1n, new Date(0)]]);`);
    const ran = await isobind(["run", "script.ts", "--format", "json"], { cwd: root });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const it = report(ran);
    expect(Object.keys(it)).toEqual(["status", "exports", "error", "console", "stats"]);
    expect(it).toMatchObject({
      status: "ok",
      exports: {
        default: {
          $type: "Map",
          entries: [
            [
              { $type: "bigint", value: "1" },
              { $type: "Date", value: "1970-01-01T00:00:00.000Z" },
            ],
          ],
        },
      },
      error: null,
      console: [{ level: "info", text: "a" }],
    });
    expect(it.stats["wallMs"]).toBeGreaterThan(0);
  });

  it.each([{}, { CI: "true" }, { FORCE_COLOR: "1" }])(
    "prints nothing that steers a terminal or a CI log: %j",
    async (env) => {
      const { root } = await sample(
        `const evil = "a\\u001b[2J\\u009b31m\\u202e\\rb\\n::error file=x::gone\\n  ::set-output name=x::1\\n##[group]";
console.log(evil); console.error(evil);
const name = new RangeError(evil); name.name = evil;
export { name as "::warning::n\\u001b[0m" };
if (input === null) throw Object.assign(name, { code: evil, cause: new Error(evil) });
`,
        "script.js",
      );
      for (const input of ["1", "null"]) {
        const ran = await isobind(["run", "script.js", "--input", input], { cwd: root, env });
        for (const text of [ran.stdout, ran.stderr]) {
          // Our own colours are all that is left.
          const foreign = text.replaceAll(/\u001b\[\d+m/g, "");
          expect(foreign).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
          if ("CI" in env) expect(foreign).not.toMatch(/^\s*(?:::|##\[)/m);
        }
        expect(ran.stdout).toContain("a\\u{1b}[2J\\u{9b}31m\\u{202e}\\u{d}b\n");
        expect(ran.stdout).toContain("CI" in env ? "\n\\u{3a}:error file=x::gone" : "\n::error file=x::gone");
        const json = await isobind(["run", "script.js", "--input", input, "--format", "json"], {
          cwd: root,
          env,
        });
        expect(json.stdout).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]|^\s*(?:::|##\[)/m);
        expect(report(json).console[0]?.text).toContain("a\u001b[2J\u009b31m");
      }
    },
  );

  it("shows work that was left behind, and does with it what it is told", async () => {
    const { root } = await sample(
      `const { math } = SecureExec.bindings;\nvoid math.later(1);\nexport default 1;\n`,
    );
    const text = await isobind(["run", "script.ts"], { cwd: root });
    expect([text.code, text.stdout]).toEqual([1, ""]);
    expect(text.stderr).toContain(
      "error Error [ERR_SCRIPT_DETACHED]: The call of `math.later` (script.ts:2:",
    );
    expect(text.stderr).toContain("2 | void math.later(1);");
    expect(text.stderr).toContain("isobind explain ERR_SCRIPT_DETACHED");
    const json = report(
      await isobind(["run", "script.ts", "--on-detached", "wait", "--format", "json"], { cwd: root }),
    );
    expect(json).toMatchObject({ status: "ok", exports: { default: 1 }, stats: { detached: 1 } });
  });

  it("shows an error with the script's place and line, and no frame of the host", async () => {
    const { root } = await sample(`type N = number;\n\nconst it: N = SecureExec.bindings.math.fail();\n`);
    const text = await isobind(["run", "script.ts"], { cwd: root });
    expect(text.code).toBe(1);
    expect(text.stderr).toContain("error RangeError: out of numbers");
    expect(text.stderr).toContain("script.ts:3:");
    expect(text.stderr).toContain("3 | const it: N = SecureExec.bindings.math.fail();");
    expect(text.stderr).not.toContain(root);
    const { status, error, exports } = report(
      await isobind(["run", "script.ts", "--format", "json"], { cwd: root }),
    );
    expect([status, exports]).toEqual(["error", null]);
    expect(error).toMatchObject({ name: "RangeError", message: "out of numbers", code: null });
    expect(error?.stack).toContain("script.ts:3:");
  });

  it.each(["process", "none"])(
    "names the code of a refused argument and how to learn more (%s)",
    async (isolation) => {
      const { root } = await sample(`SecureExec.bindings.greet(42);`, "script.js");
      const { code, stderr } = await isobind(["run", "script.js", "--isolation", isolation], { cwd: root });
      expect(code).toBe(1);
      expect(stderr).toContain("TypeError [ERR_BINDING_INVALID_ARGUMENT]");
      expect(stderr).toContain("isobind explain ERR_BINDING_INVALID_ARGUMENT");
    },
  );

  it("hands the input in, from the flag, a file or standard input, in the JSON form", async () => {
    const { root, write } = await sample(
      `export default [input.id, input.when instanceof Date, Object.isFrozen(input)];`,
      "script.js",
    );
    const input = `{"id": 7, "when": {"$type": "Date", "value": "2026-01-01T00:00:00Z"}}`;
    write("order.json", `\uFEFF${input}`);
    for (const [flag, stdin] of [[input], ["@order.json"], ["-", input]] as const) {
      const ran = await isobind(["run", "script.js", "--input", flag, "--format", "json"], {
        cwd: root,
        ...(stdin === undefined ? {} : { stdin }),
      });
      expect(report(ran).exports).toEqual({ default: [7, true, true] });
    }
  });

  it("keeps limits: a run that takes too long ends as `timeout`", async () => {
    const { root } = await sample(`for (;;);`, "script.js");
    for (const limits of ["wallMs=300,memoryMb=64", `{"wallMs":300}`]) {
      const ran = await isobind(["run", "script.js", "--limits", limits, "--format", "json"], { cwd: root });
      expect(ran.code).toBe(1);
      expect(report(ran)).toMatchObject({ status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
    }
  });

  it("ends as `aborted` when it is interrupted", async () => {
    const { root } = await sample(
      `console.log("waiting"); await SecureExec.bindings.math.later(60_000);`,
      "script.js",
    );
    const controller = new AbortController();
    const ran = await isobind(["run", "script.js"], {
      cwd: root,
      signal: controller.signal,
      onStdout: () => controller.abort(),
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("ERR_SANDBOX_ABORTED");
  });

  it("takes a contract-style project's registry from --registry, and says so without it", async () => {
    const { root, write } = project({
      ...files,
      "bindings.ts": `export interface Bindings { greet(name: string): string }\n`,
      "host.ts": `import { createRegistry } from "./generated/registry.ts";\nexport default createRegistry({ greet: (name) => "Hi " + name });\n`,
      "script.ts": `export default SecureExec.bindings.greet("Ada");`,
    });
    await isobind(["generate"], { cwd: root });
    const without = await isobind(["run", "script.ts"], { cwd: root });
    expect([without.code, without.stdout]).toEqual([2, ""]);
    expect(without.stderr).toContain("--registry host.ts");
    const ran = await isobind(
      ["run", "script.ts", "--registry", "host.ts", "--declaration", "generated/secure-exec.d.ts"],
      { cwd: root },
    );
    expect(ran).toMatchObject({ code: 0, stdout: "default = 'Hi Ada'\n" });
    write("named.ts", `export { default as registry } from "./host.ts";\n`);
    expect((await isobind(["run", "script.ts", "--registry", "named.ts"], { cwd: root })).code).toBe(0);
  });

  describe("--mock", () => {
    const script = `const { math, greet } = SecureExec.bindings;
export default [greet("Ada"), await math.later(1)];
`;

    it("answers from the types: the definition's functions are not loaded", async () => {
      const made = await sample(script);
      made.write("bindings.ts", `throw new Error("loaded");\n${definition}`);
      const ran = await isobind(["run", "script.ts", "--mock"], { cwd: made.root });
      expect(ran).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^default = \[ 'greet \d+', \d+ \]\n$/),
        stderr: "",
      });
      const again = await isobind(["run", "script.ts", "--mock", "--seed", "0"], { cwd: made.root });
      expect(again).toEqual(ran);
      const other = await isobind(["run", "script.ts", "--mock", "--seed", "7"], { cwd: made.root });
      expect(other.code).toBe(0);
      expect(other.stdout).not.toBe(ran.stdout);
    });

    it("makes the input that is not given, of the kind of the script and by the seed, and takes one that is", async () => {
      const made = await sample("export default input;\n");
      made.write(
        "bindings.ts",
        `${definition}
export interface Script { input: { month: number } }
export interface Scripts { rule: { input: { customer: string } }; free: { result: unknown } }`,
      );
      await isobind(["generate"], { cwd: made.root });
      const run = async (...flags: string[]): Promise<string> =>
        (await isobind(["run", "script.ts", "--mock", ...flags], { cwd: made.root })).stdout;
      const one = await run();
      expect(one).toMatch(/^default = \{ month: \d+ \}\n$/u);
      expect([await run(), await run("--seed", "0")]).toEqual([one, one]);
      expect(await run("--seed", "7")).not.toBe(one);
      expect(await run("--kind", "rule")).toMatch(/^default = \{ customer: '.+' \}\n$/u);
      expect(await run("--kind", "free")).toBe("default = undefined\n");
      expect(await run("--input", '{"month":3}')).toBe("default = { month: 3 }\n");
      const { code, stderr } = await isobind(["run", "script.ts", "--mock", "--kind", "rul"], {
        cwd: made.root,
      });
      expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean `rule`?")]);
      const given = await isobind(["run", "script.ts", "--mock", "--kind", "rul", "--input", "{}"], {
        cwd: made.root,
      });
      expect(stderr).toBe(given.stderr);
    });

    it("holds arguments to the contract", async () => {
      const { root } = await sample(`SecureExec.bindings.greet(7 as never);\n`);
      const { code, stderr } = await isobind(["run", "script.ts", "--mock"], { cwd: root });
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining("greet, argument 1: expected string, got 7"),
      ]);
    });

    it("needs no project where the declaration is named, and the contract beside it", async () => {
      const made = await sample(script);
      const elsewhere = project({ "script.ts": script });
      const declaration = made.path("generated/secure-exec.d.ts");
      const ran = await isobind(["run", "script.ts", "--mock", "--declaration", declaration], {
        cwd: elsewhere.root,
      });
      expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining("default = [ 'greet ")]);
    });

    it.each([
      [["--seed", "7"], "`--seed` is for the values of mocks."],
      [["--mock", "--seed", "x"], "`--seed x` is not a whole number."],
      [["--mock", "--registry", "host.ts"], "`--mock` and `--registry` both say what answers."],
      [["--mock", "--replay", "calls.jsonl"], "`--mock` and `--replay` both say what answers."],
      [["--replay", "a.jsonl", "--record", "b.jsonl"], "`--replay` has nothing new to record."],
    ])("refuses %j", async (flags, words) => {
      const { root } = await sample(script);
      const { code, stderr } = await isobind(["run", "script.ts", ...flags], { cwd: root });
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    });

    it("says what is wrong with a contract that was damaged", async () => {
      const made = await sample(script);
      made.write("generated/contract.json", "{}");
      const { code, stderr } = await isobind(["run", "script.ts", "--mock"], { cwd: made.root });
      expect([code, stderr]).toEqual([2, expect.stringContaining("This is not a contract of isobind.")]);
    });
  });

  it("--record notes the calls of a run, and --replay answers from them without the project", async () => {
    const script = `const { math, greet } = SecureExec.bindings;
export default [greet(input.name), await math.later(1)];
`;
    const made = await sample(script);
    const args = ["run", "script.ts", "--input", '{"name":"Ada"}'];
    const real = await isobind([...args, "--record", "calls.jsonl"], { cwd: made.root });
    expect(real).toEqual({ code: 0, stdout: "default = [ 'Hello, Ada!', 1 ]\n", stderr: "" });
    const calls = readFileSync(made.path("calls.jsonl"), "utf8");
    // Its folder is made, as that of a journal and of a profile.
    expect((await isobind([...args, "--record", "new/folder/calls.jsonl"], { cwd: made.root })).code).toBe(0);
    expect(readFileSync(made.path("new/folder/calls.jsonl"), "utf8")).toBe(calls);
    const elsewhere = project({ "script.ts": script, "calls.jsonl": calls });
    expect(await isobind([...args, "--replay", "calls.jsonl"], { cwd: elsewhere.root })).toEqual(real);
    const other = await isobind(
      ["run", "script.ts", "--input", '{"name":"Eve"}', "--replay", "calls.jsonl"],
      {
        cwd: elsewhere.root,
      },
    );
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringContaining("`greet('Eve')` was not recorded. The nearest that was is `greet('Ada')`."),
    ]);
    const none = await isobind([...args, "--replay", "none.jsonl"], { cwd: elsewhere.root });
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining("cannot be read: there is no file of that name"),
    ]);
    made.write("taken", "text");
    const taken = await isobind([...args, "--record", "taken"], { cwd: made.root });
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining("is no recording")]);
  });

  it("refuses a registry and a declaration of different contracts, and says what differs", async () => {
    const { root, write, path } = await sample(`export default 1;`);
    const { readFileSync } = await import("node:fs");
    const old = readFileSync(path("generated/secure-exec.d.ts"), "utf8");
    write("bindings.ts", files["bindings.ts"].replace("add:", "sum:"));
    await isobind(["generate"], { cwd: root });
    write("old.d.ts", old);
    const { code, stderr } = await isobind(["run", "script.ts", "--declaration", "old.d.ts"], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain("ERR_REGISTRY_MISMATCH");
    expect(stderr).toContain("math.sum");
  });

  it("names every limit in its help", async () => {
    const { stdout } = await isobind(["run", "--help"]);
    expect(stdout.replace(/\s+/gu, " ")).toContain(`Limits: ${Object.keys(limitTable).join(", ")}.`);
  });

  it("refuses files of two generations, as a killed run may leave them, until they are generated again", async () => {
    const { root, write, path } = await sample(`export default SecureExec.bindings.math.sum(1, 2);`);
    const { readFileSync } = await import("node:fs");
    const old = readFileSync(path("generated/secure-exec.d.ts"), "utf8");
    write("bindings.ts", files["bindings.ts"].replace("add:", "sum:"));
    await isobind(["generate"], { cwd: root });
    write("generated/secure-exec.d.ts", old);
    expect(await isobind(["check"], { cwd: root })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("output-stale"),
    });
    const refused = await isobind(["run", "script.ts"], { cwd: root });
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("ERR_REGISTRY_MISMATCH");
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(await isobind(["run", "script.ts"], { cwd: root })).toMatchObject({
      code: 0,
      stdout: "default = 3\n",
    });
  });

  it.each([
    ["script.ts", "\n\nenum A { B }\nexport default A.B;\n", "script.ts:3:1"],
    ["script.js", "const a = ];\n", "script.js:1:11"],
  ])("names the place of a syntax error in %s once", async (name, text, place) => {
    const { root } = await sample(text, name);
    const { code, stderr } = await isobind(["run", name], { cwd: root });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error SyntaxError: [A-Z]/);
    expect(stderr.split(place)).toHaveLength(2);
  });

  it.each([
    ["ERR_ENGINE_MISSING", true],
    ["ERR_SANDBOX_CRASHED", true],
    ["ERR_SANDBOX_OPTION", false],
  ])("names the command that looks for the cause of %s: %s", (code, isDoctor) => {
    const refused = asUsageError(Object.assign(new Error("no"), { code }));
    expect(refused).toBeInstanceOf(UsageError);
    const { help } = refused as UsageError;
    expect(help).toContain(`isobind explain ${code}`);
    expect(help?.includes("isobind doctor")).toBe(isDoctor);
  });

  it.each([
    [["run", "nothing.ts"], "does not exist"],
    [["run", "nothing.ts"], "it is taken from the working folder"],
    [["run", "scirpt.ts"], "Did you mean `script.ts`?"],
    [["run", "script"], "Did you mean `script.ts`?"],
    [["run", "script.js"], "Did you mean `script.ts`?"],
    [["run", "deep.ts"], "Did you mean `scripts/deep.ts`?"],
    [["run", "script.ts", "--input", "{"], "not JSON"],
    [["run", "script.ts", "--input", "@nothing.json"], "cannot be read: there is no file of that name"],
    [["run", "script.ts", "--input", "@nothing.json"], "help: check the path behind the @"],
    [["run", "script.ts", "--globals", "@nothing.json"], "help: check the path behind the @"],
    [["run", "script.ts", "--input", '{"$type":"Dat"}'], "JSON form"],
    [["run", "script.ts", "--limits", "wallMs"], "not a list"],
    [["run", "script.ts", "--limits", "walMs=1"], "Did you mean `wallMs`?"],
    [["run", "script.ts", "--limits", "wallMs=0"], "ERR_SANDBOX_OPTION"],
    [["run", "script.ts", "--isolation", "thread"], "it can be `process` or `none`"],
    [["run", "."], "is a folder"],
    [["run", "script.ts", "--registry", "nothing.ts"], "`nothing.ts` does not exist"],
    [["run", "script.ts", "--registry", "nothing.ts"], "it is taken from the working folder"],
    [["run", "script.ts", "--registry", "throw.ts"], "does not exist. Did you mean `throws.ts`?"],
    [["run", "script.ts", "--registry", "scripts/deap.ts"], "Did you mean `scripts/deep.ts`?"],
    [["run", "script.ts", "--registry", "far/off.ts"], "`far/off.ts` does not exist.\n"],
    [["run", "script.ts", "--input", "@pakage.json"], "Did you mean `package.json`?"],
    [
      ["run", "script.ts", "--declaration", "generated/secureexec.d.ts"],
      "Did you mean `generated/secure-exec.d.ts`?",
    ],
    [["run", "script.ts", "--config", "binding.config.ts"], "Did you mean `bindings.config.ts`?"],
    [["run", "script.ts", "--registry", "throws.ts"], "throws.ts:2:7"],
    [["run", "script.ts", "--registry", "enum.ts"], "removing types"],
    [["run", "script.ts", "--registry", "script.ts"], "does not export a registry"],
    [["run", "script.ts", "--declaration", "nothing.d.ts"], "does not exist"],
    [["run", "script.ts", "--declaration", "nothing.d.ts"], "help: check the path"],
  ])("%j is a usage error without a stack", async (argv, words) => {
    const made = await sample(`export default 1;`);
    made.write("throws.ts", `const no = "no database";\nthrow new Error(no);\n`);
    made.write("scripts/deep.ts", "export default 1;\n");
    made.write("enum.ts", `export enum Color { Red }\n`);
    const { code, stderr } = await isobind(argv, { cwd: made.root });
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at \S+ \(/m);
    expect(stderr).not.toContain("defect of isobind");
  });

  it("says to generate first when there is no registry yet", async () => {
    const { root } = project({ ...files, "script.ts": "" });
    const { code, stderr } = await isobind(["run", "script.ts"], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain("isobind generate");
  });

  it("names everything that keeps the functions from becoming a registry, and what to do", async () => {
    const { root, write } = await sample("export default 1;");
    write("bindings.ts", definition.replace("greet:", "hail:"));
    const { code, stderr } = await isobind(["run", "script.ts"], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain("`greet` is declared, but the bindings have no such function.");
    expect(stderr).toContain("`hail` is a function that the definition does not declare.");
    expect(stderr).toContain("isobind generate");
    expect(stderr).not.toContain(root);
  });
});

it("gives errors of the platform's own classes as plain errors, and they are no wrong results", async () => {
  const { root } = project({
    ...files,
    "tsconfig.json": `{ "compilerOptions": { "target": "esnext", "lib": ["esnext", "dom"], "module": "nodenext", "types": [] } }`,
    "bindings.ts": `import { defineBindings } from "isobind";
export default defineBindings({
  gone: (): DOMException => new DOMException("gone", "AbortError"),
  both: (): SuppressedError => Object.assign(new Error("both"), { name: "SuppressedError", error: 1, suppressed: 2 }),
  told: (error: DOMException) => error.name,
});
`,
    "a.js": `const { gone, both, told } = SecureExec.bindings;
export default [gone(), both()].map(({ name, message }) => name + ": " + message).concat(told(gone()));`,
  });
  expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
  const { code, stdout } = await isobind(["run", "a.js", "--format", "json"], { cwd: root });
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { exports: { default: ["AbortError: gone", "SuppressedError: both", "AbortError"] } },
  ]);
});
