import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import type { Registry } from "../../../src/model/registry.ts";
import { createSandbox, formatError, type RunError, type Sandbox } from "../../../src/runtime/index.ts";
import { mockRegistry } from "../../../src/testing/index.ts";
import { contract } from "../../testing/orders.ts";

let sandbox: Sandbox;
const registry = mockRegistry(contract);
beforeAll(async () => {
  sandbox = await createSandbox({ registry, isolation: "none" });
});
afterAll(() => sandbox.dispose());

async function errorOf(source: string, filename?: string): Promise<RunError> {
  const result = await sandbox.run(source, filename === undefined ? {} : { filename });
  if (result.status === "ok") throw new Error("the script ended well");
  return result.error;
}

async function told(source: string, registryOf: Registry | null = registry): Promise<string> {
  const error = await errorOf(source, "report.ts");
  const known = registryOf === null ? {} : { registry: registryOf };
  return formatError(error, { source, filename: "report.ts", ...known });
}

/** The help of an error, without the command that explains its code. */
async function help(source: string, registryOf: Registry | null = registry): Promise<string | undefined> {
  const lines = (await told(source, registryOf)).split("\n").filter((line) => line.startsWith("  help: "));
  return lines.find((line) => !line.includes("isobind explain"))?.slice("  help: ".length);
}

describe("formatError", () => {
  it("shows the author's line with the word that is at fault, and the way there", async () => {
    const source = `function total(order: { total: number } | null): number {
  return order!.total;
}
export default total(null);
`;
    expect(await told(source)).toBe(`error TypeError: Cannot read properties of null (reading 'total')
  report.ts:2:17
  2 |   return order!.total;
    |                 ^^^^^
  at report.ts:4:16`);
  });

  it("shows the author's line also where the engine's own function has thrown", async () => {
    const text = await told(`const rows = JSON.parse("{");`);
    expect(text).toContain(
      '\n  report.ts:1:19\n  1 | const rows = JSON.parse("{");\n    |                   ^^^^^\n',
    );
    expect(text).toContain("  at JSON.parse (<anonymous>)");
    expect(text.split("report.ts:1:19")).toHaveLength(2);
  });

  it("names the code's page, and causes", async () => {
    const text = await told(`SecureExec.bindings.greet(7 as never);`);
    expect(text)
      .toBe(`error TypeError [ERR_BINDING_INVALID_ARGUMENT]: greet, argument 1: expected string, got 7
  report.ts:1:21
  1 | SecureExec.bindings.greet(7 as never);
    |                     ^^^^^
  help: \`isobind explain ERR_BINDING_INVALID_ARGUMENT\``);
    expect(await told(`throw new Error("a", { cause: new RangeError("b") });`)).toContain(
      "caused by RangeError: b",
    );
    expect(await told(`throw new AggregateError([new RangeError("b")], "a");`)).toContain(
      "one of its errors is RangeError: b",
    );
  });

  it("says where a cause and each of several errors was made", async () => {
    const source = `function root(): never {
  throw new TypeError("inner", { cause: "no error" });
}
try { root(); } catch (cause) { throw new Error("outer", { cause }); }`;
    expect(await told(source)).toContain("\n  caused by TypeError: inner (report.ts:2:9)\n");
    const several = `const one = JSON.stringify;
const errors = ["{", "["].map((text) => {
  try { return JSON.parse(text); } catch (error) { return error; }
});
throw new AggregateError(errors, "both");`;
    expect(await told(several)).toMatch(
      /one of its errors is SyntaxError: .* \(report\.ts:3:21\)\n.* \(report\.ts:3:21\)$/,
    );
  });

  it("does not say a place twice", async () => {
    const source = `Promise.reject(new RangeError("a"));`;
    const text = await told(source);
    expect(text).toContain("\n  caused by RangeError: a\n");
    expect(text).toContain("\n  report.ts:1:16\n");
  });

  it("shows the export that is too large", async () => {
    expect(await told(`const a = 1;\nexport default "x".repeat(5_000_000);`)).toContain(
      `  report.ts:2:1\n  2 | export default "x".repeat(5_000_000);\n    | ^^^^^^\n`,
    );
  });

  it("says of what is thrown and is no error why it has no place", async () => {
    for (const thrown of ["{ code: 7 }", '"plain"', "undefined"])
      expect(await help(`throw ${thrown};`)).toBe(
        "What is thrown and is no `Error` has no place: write `throw new Error(…)`.",
      );
    expect(await help(`throw new Error("a");`)).toBeUndefined();
    // An error that has another name and no place was made by somebody else.
    expect(await help(`Error.stackTraceLimit = 0; throw new RangeError("a");`)).toBeUndefined();
  });

  it("says of JSX that a script has none", async () => {
    for (const source of ["export default <div>a</div>;", "const a = (<p/>);", "f(<></>);"])
      expect(await help(source)).toBe(
        "A script has no JSX: export data or a text, and let the host draw it.",
      );
    for (const source of ["const a = 1 < ;", "const a = <T>(x: T) => ;", "const a = <string>;"])
      expect(await help(source)).toBeUndefined();
  });

  it("says what to write instead of TypeScript that needs code", async () => {
    expect(await told("enum Color { Red }")).toContain(
      "TypeScript enum is not supported in strip-only mode. Write an object, `const Color = { Red: 0, Green: 1 } as const`",
    );
    expect(await told("namespace N { export const a = 1; }")).toContain("mode. Write an object that has");
    expect(await told("class A { constructor(readonly x: number) {} }")).toContain(
      "mode. Write the property",
    );
    expect(await told('import a = require("a");')).toContain("mode. Write `import … from`.");
    expect(await told("const a = <string>1;")).toContain("Instead, use the 'as' syntax");
  });

  it("says how an error of the host is told, which has no class in a script", async () => {
    const caught = (test: string): string =>
      `try { throw new Error("a"); } catch (error) {\n  if (${test}) console.log(1);\n}`;
    expect(await help(caught("error instanceof SecureExec.NotFoundError"))).toBe(
      'Ask for its name, `error instanceof Error && error.name === "NotFoundError"`; what it holds has the type `SecureExec.NotFoundError`.',
    );
    expect(await help(caught("error instanceof NotFoundError"))).toContain('error.name === "NotFoundError"');
    expect(await help(caught("error instanceof MadeUp"))).toBeUndefined();
    expect(await help(caught("error instanceof SecureExec.MadeUp"))).toBeUndefined();
    expect(await help(caught("error instanceof NotFoundError"), null)).toBeUndefined();
    // Another mistake on such a line.
    expect(await help(caught("(null as any).a || error instanceof NotFoundError"))).toBeUndefined();
  });

  it("says what to do where a bigint meets a number or JSON", async () => {
    expect(await help("const cents: bigint = 5n;\nexport default (cents as any) * 2;")).toBe(
      "Write a bigint beside a bigint, `2n`, or make a number of it, `Number(…)`.",
    );
    expect(await help("export default JSON.stringify({ a: 5n });")).toBe(
      "JSON has no bigints. What a script exports need not be JSON, and may hold them; for a text write `String(…)`.",
    );
  });

  it("finds the place without a filename, and of a syntax error", async () => {
    const source = `const a = ;`;
    const text = formatError(await errorOf(source), { source });
    expect(text).toMatch(
      /^error SyntaxError: [^:]*\n {2}script\.js:1:11\n {2}1 \| const a = ;\n {4}\| {11}\^$/,
    );
  });

  it("shows no line of another file", () => {
    const error = {
      name: "Error",
      message: "m",
      stack: "Error: m\n    at other.ts:1:1\n    at report.ts:1:1",
    };
    const source = "const a = 1;";
    expect(formatError(error, { source, filename: "report.ts" })).toBe(
      "error Error: m\n  at other.ts:1:1\n  at report.ts:1:1",
    );
    expect(formatError(error, { source, filename: "report.ts", modules: { "other.ts": "throw it;" } })).toBe(
      "error Error: m\n  other.ts:1:1\n  1 | throw it;\n    | ^^^^^\n  at report.ts:1:1",
    );
    // Named as `run` was given it.
    const inFolder = { ...error, stack: "Error: m\n    at f (jobs/lib/other.ts:1:1)" };
    const given = { "./lib/other.ts": "throw it;" };
    expect(formatError(inFolder, { source, filename: "jobs/report.ts", modules: given })).toBe(
      "error Error: m\n  jobs/lib/other.ts:1:1\n  1 | throw it;\n    | ^^^^^",
    );
    const odd = { ...error, stack: "Error: m\n    at f (a (1).ts:1:7)" };
    expect(formatError(odd, { source, filename: "a (1).ts" })).toContain("1 | const a = 1;\n    |       ^");
  });

  it("lets no text of a script steer a terminal", () => {
    const text = formatError(
      {
        name: "E\u001B[2J",
        message: "m\u001B]0;t\u0007",
        code: "\u009B",
        stack: "E\n    at \u001B[31m.ts:1:1",
      },
      { source: "\u001B[2Ja" },
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(text).toContain("\\u{1b}");
  });
});

describe("the help for a missing await", () => {
  const orders = `const { orders } = SecureExec.bindings;\n`;

  it.each([
    [
      "a property of a call",
      `${orders}orders.find("a").total.toFixed();`,
      '`orders.find("a")` is a promise: write `(await …)` around it.',
    ],
    [
      "a method of a variable",
      `${orders}const rows = orders.list({ customer: "Ada" });\nrows.map(String);`,
      "`rows` is a promise: write `(await …)` around it.",
    ],
    [
      "a property of a variable",
      `${orders}let it = orders.find("a");\nit.placed.getTime();`,
      "`it` is a promise: write `(await …)` around it.",
    ],
    [
      "a loop over a variable",
      `${orders}const rows = orders.list({ customer: "Ada" });\nfor (const id of rows) ;`,
      "`rows` is a promise: write `await` before it.",
    ],
    [
      "a typed variable",
      `${orders}const rows: any = orders.list({ customer: "Ada" });\nrows.map(String);`,
      "`rows` is a promise: write `(await …)` around it.",
    ],
  ])("%s", async (_, source, words) => {
    expect(await help(source)).toBe(words);
  });

  it.each([
    ["an awaited value", `${orders}const order = await orders.find("a");\n(order as any).map(String);`],
    ["a synchronous binding", `SecureExec.bindings.greet("a").map(String);`],
    ["something else", `const list = [1];\n(list as any).mpa(String);`],
    [
      "a later variable of the name",
      `${orders}let rows: any = orders.list({ customer: "a" });\nrows = await rows;\nrows = {};\n{ const rows: any = Number(1); rows.map(String); }`,
    ],
    [
      "a parameter of the name",
      `${orders}async function a() { const rows = orders.list({ customer: "a" }); return (await rows).length; }\nconst b = (rows: any) => rows.map(String);\nawait a();\nb(1);`,
    ],
    [
      "a variable that was assigned again",
      `${orders}let rows: any = orders.list({ customer: "a" });\nrows = (await rows).length;\nrows.map(String);`,
    ],
    [
      "one of two variables of the name",
      `${orders}{ const rows: any = 1; void rows; }\n{ const rows: any = orders.list({ customer: "a" }); await rows; }\n{ const rows: any = Number(1); rows.map(String); }`,
    ],
    ["an error of the script's own", `throw new TypeError("it is not what was expected");`],
  ])("is not given for %s", async (_, source) => {
    expect(await help(source)).toBeUndefined();
  });

  it.each([
    ["a loop", `${orders}for (const id of orders.list({ customer: "A" })) console.log(id);`],
    ["a method", `SecureExec.bindings.orders.list({ customer: "(" }).map(String);`],
    ["a pattern", `const { list } = SecureExec.bindings.orders;\nconst [a] = list({ customer: "Ada" });`],
  ])("is in the message where that names the call, and is not said twice: %s", async (_, source) => {
    const text = await told(source);
    expect(text).toContain("`orders.list` gives a promise. Write `await` before it.");
    expect(text).not.toContain("help:");
  });

  it("needs the registry, and does not guess where two bindings are meant", async () => {
    const source = `${orders}orders.find("a").total.toFixed();`;
    expect(await help(source, null)).toBeUndefined();
    const two = defineRegistry({ orders: { find: () => 1 }, more: { orders: { find: () => 1 } } });
    const modes = [["orders.find", "async"] as const, ["more.orders.find", "sync"] as const];
    const leaves = two.leaves.map((leaf) => ({
      ...leaf,
      mode: new Map(modes).get(leaf.name as never) ?? leaf.mode,
    }));
    expect(await help(source, { ...two, leaves })).toBeUndefined();
  });
});

describe("the help for a value that cannot cross", () => {
  it.each([
    ["greet(() => 1 as never)", "Pass what it gives: call it. The host cannot call functions of a script."],
    ["greet(Symbol() as never)", "Pass its description."],
    ["greet(new WeakSet() as never)", "Pass a `Map`, a `Set` or an array."],
    ["greet({ a: Promise.resolve() } as never)", "Write `await` before it."],
  ])("as an argument: %s", async (call, words) => {
    const text = await told(`SecureExec.bindings.${call};`);
    expect(text).toContain(`  1 | SecureExec.bindings.${call};\n    |                     ^^^^^`);
    expect(text).toContain(`  help: ${words}\n`);
  });

  it.each([
    ["export default () => 1;", 1, "Call it and export what it gives, or do not export it."],
    ["export default { rows: Promise.resolve() };", 1, "Write `await` before it."],
    ["\nexport const weak = new WeakMap();", 2, "Export a `Map`, a `Set` or an array."],
    ["\n\nexport async function main() {}", 3, "Call it and export what it gives, or do not export it."],
  ])("as an export: %s", async (source, line, words) => {
    const text = await told(source);
    expect(text).toContain(`  report.ts:${line}:`);
    expect(text).toContain(`  ${line} | ${source.trim()}`);
    expect(text).toContain(`  help: ${words}\n`);
  });
});

describe("the name at a place is underlined whole", () => {
  it.each([
    ['import { total } from "./lib/mony.ts";', "                      ^^^^^^^^^^^^^^^"],
    ["import { total } from './lib/mony.ts';", "                      ^^^^^^^^^^^^^^^"],
    ["export default größe;", "               ^^^^^"],
    [
      "class A { m(o: object): unknown { return (o as A).#größe; } #größe = 1; } new A().m({});",
      "                                                  ^^^^^^",
    ],
    ["export const größe = () => 1;", "             ^^^^^"],
  ])("%s", async (source, carets) => {
    const result = await sandbox.run(source, { filename: "report.ts", modules: {} });
    if (result.status === "ok") throw new Error("the script ended well");
    const text = `${formatError(result.error, { source, filename: "report.ts" })}\n`;
    expect(text).toContain(`  1 | ${source}\n    | ${carets}\n`);
  });
});

describe("an error that the engine leaves unclear", () => {
  it.each([
    "export default input.month;",
    'export default input["month"];',
    "const { month } = input;",
    "function f(): unknown {\n  return input.month;\n}\nf();",
  ])("is that a run was given no input: %j", async (source) => {
    const result = await sandbox.run(source, { filename: "report.ts", input: undefined });
    if (result.status === "ok") throw new Error("the script ended well");
    const text = formatError(result.error, { source, filename: "report.ts" });
    expect(text).toContain(
      "help: `input` is undefined, because this run was given none: `isobind run script.ts --input",
    );
  });

  it.each([
    "const input: any = undefined;\nexport default input.month;",
    "const a: any = { };\na.input.month;",
  ])("and not that of a variable of its own: %j", async (source) => {
    expect(await told(source)).not.toContain("this run was given none");
  });

  it.runIf(Number.parseInt(process.versions.node, 10) < 26)(
    "names the engine that has a global",
    async () => {
      const { message } = await errorOf("export default Temporal.Now.instant();");
      expect(message).toMatch(
        /^Temporal is not defined\. The sandbox has no `Temporal`: Node \d+ does not have it, Node 26 does\. Write it another way/,
      );
    },
  );
});

describe("formatError of what is no error of a run", () => {
  const error: RunError = { name: "Error", message: "no", stack: "" };
  it.each([
    ["nothing", undefined, { source: "" }, "the `error` of a result whose `status` is not `ok`"],
    ["a result", { status: "error", error }, { source: "" }, "the `error` of a result"],
    ["no options", error, undefined, "`{ source }`, the text that was run"],
    ["a text in place of options", error, "text", "`{ source }`"],
  ])("is refused: %s", (_, wrong, options, words) => {
    expect(() => formatError(wrong as RunError, options as { source: string })).toThrow(TypeError);
    expect(() => formatError(wrong as RunError, options as { source: string })).toThrow(words);
  });

  it.each([
    ["return 7;", "What a script gives is its default export: write `export default` instead of `return`."],
    [
      "function load() { return await 1; }",
      "Write `async` before the function around it, and `await` where it is called.",
    ],
    [
      `import fs from "node:fs";`,
      "Write what you need into a module beside the script, or ask the platform for a binding.",
    ],
    [
      "input.month = 7;",
      "`input` is frozen, and all that is in it: change a copy, `structuredClone(input)`.",
    ],
    [
      "input.rows.push(7);",
      "`input` is frozen, and all that is in it: change a copy, `structuredClone(input)`.",
    ],
    [`import fs from "./fs.ts";`, undefined],
    [
      `import { SecureExec } from "secure-exec";`,
      "`SecureExec` is a global of every script: remove the import.",
    ],
    [
      `import { SecureExec } from "../generated/secure-exec.d.ts";`,
      "`SecureExec` is a global of every script: remove the import.",
    ],
    [
      `export default SecureExec.bindings.greet("Ada").then((text) => text);`,
      "This is a value and no promise: use it as it is, without `.then(…)`.",
    ],
    [
      `await SecureExec.bindings.orders.list({ customer: "Ada", since: "2024-01-01" });`,
      "A date is no text and no number here: make one, `new Date(…)`.",
    ],
    [
      `export default (\n  <div\n    title="a"\n  >\n    {input}\n  </div>\n);`,
      "A script has no JSX: export data or a text, and let the host draw it.",
    ],
    [
      `export default (\n  <div>\n    {input.month}\n  </div>\n);`,
      "A script has no JSX: export data or a text, and let the host draw it.",
    ],
    ["const a = <string>input.name;\nexport default a +;", undefined],
    ["const own = Object.freeze({ a: 1 }); own.a = 2;", undefined],
    ["const input = Object.freeze({ a: 1 }); input.a = 2;", undefined],
  ])("says what to do about %j", async (source, wanted) => {
    const result = await sandbox.run(source, {
      filename: "report.ts",
      modules: {},
      input: { month: 1, rows: [] },
    });
    if (result.status === "ok") throw new Error("the script ended well");
    const lines = formatError(result.error, { source, filename: "report.ts", registry }).split("\n");
    const helps = lines.filter((line) => line.startsWith("  help: ") && !line.includes("isobind explain"));
    expect(helps).toEqual(wanted === undefined ? [] : [`  help: ${wanted}`]);
  });
});
