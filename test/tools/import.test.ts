/** `isobind import`: what it writes, keeps, replaces and refuses. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/runtime/index.ts";
import { fromJsonSchema } from "../../src/tools/index.ts";
import { config, manifest, project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";
import { fixtures, imported } from "./imported.ts";

const list = (...tools: readonly object[]): string => JSON.stringify({ tools });
const search = { name: "search", inputSchema: { type: "object", properties: { q: { type: "string" } } } };
const ping = { name: "ping", outputSchema: { type: "string" } };

describe("isobind import json-schema", () => {
  it("understands the lists that models are given, and calls what the host says", async () => {
    const { made, tools, createRegistry } = await imported("json-schema", [
      "json-schema",
      join(fixtures, "json-schema/tools.yaml"),
    ]);
    const called: unknown[] = [];
    const bindings = await fromJsonSchema(join(fixtures, "json-schema/tools.yaml"), tools, {
      call: (tool, input, { signal }) => {
        called.push([tool, input, signal instanceof AbortSignal]);
        if (tool === "broken") throw new Error("out of order");
        return { rows: [{ id: 1, at: "2026-02-03T04:05:06Z", parent: { id: 2 } }] };
      },
    });
    await using sandbox = await createSandbox({
      registry: createRegistry(bindings),
      declaration: readFileSync(made.path("generated/secure-exec.d.ts"), "utf8"),
      isolation: "none",
    });
    expect(
      await sandbox.run(`
        const { findRows, broken } = SecureExec.bindings;
        const { rows: [row] } = await findRows({ query: "a" });
        export default [row.at.getUTCFullYear(), row.parent.id, await broken({}).catch(({ code, message }) => [code, message])];
      `),
    ).toMatchObject({ status: "ok", exports: { default: [2026, 2, ["ERR_TOOL_FAILED", "out of order"]] } });
    expect(called).toEqual([
      ["find-rows", { query: "a" }, true],
      ["broken", {}, true],
    ]);
  });

  it("replaces its own file whole, leaves the same one alone, and never touches another", async () => {
    const made = project({
      "package.json": manifest,
      "tools.json": list(search),
      "own.ts": "export interface Bindings {}\n",
    });
    const run = (...argv: string[]) =>
      isobind(["import", "json-schema", "tools.json", ...argv], { cwd: made.root });
    expect(await run("--out", "far/tools.ts")).toMatchObject({
      code: 0,
      stdout: "written    far/tools.ts\n",
    });
    const text = readFileSync(made.path("far/tools.ts"), "utf8");
    expect(await run("--out", "far/tools.ts")).toMatchObject({
      code: 0,
      stdout: "unchanged  far/tools.ts\n",
    });
    made.write("far/tools.ts", `${text}\nexport const mine = 1;\n`);
    expect(await run("--out", "far/tools.ts")).toMatchObject({
      code: 0,
      stdout: "written    far/tools.ts\n",
    });
    expect(readFileSync(made.path("far/tools.ts"), "utf8")).toBe(text);
    expect(await run("--out", "own.ts")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("`own.ts` was not written by `isobind import`") as string,
    });
    expect(readFileSync(made.path("own.ts"), "utf8")).toBe("export interface Bindings {}\n");
  });

  it("prints no name of the far side that speaks to a terminal", async () => {
    const made = project({ "package.json": manifest, "tools.json": list({ name: "a\u001b[2Jb" }) });
    const { code, stderr } = await isobind(["import", "json-schema", "tools.json"], { cwd: made.root });
    expect(code).toBe(0);
    expect(stderr).toContain("`a\\u{1b}[2Jb` is called `");
    expect(stderr).not.toContain("\u001b");
  });

  it("--check names what is new, gone and changed, and does not mind how the file is formatted", async () => {
    const made = project({ "package.json": manifest, "tools.json": list(search, ping) });
    const run = (...argv: string[]) =>
      isobind(["import", "json-schema", "tools.json", ...argv], { cwd: made.root });
    expect(await run("--check")).toMatchObject({ code: 1, stdout: "missing    bindings.ts\n" });
    await run();
    const text = readFileSync(made.path("bindings.ts"), "utf8");
    made.write("bindings.ts", text.replaceAll('"', "'").replaceAll("  ", "\t").replaceAll("\n", "\r\n"));
    expect(await run("--check")).toMatchObject({ code: 0, stdout: "unchanged  bindings.ts\n" });
    made.write("tools.json", list({ ...search, description: "Finds." }, ping));
    expect(await run("--check")).toMatchObject({
      code: 1,
      stdout: "what is only read has changed\nstale      bindings.ts\n",
    });
    made.write("tools.json", list({ ...search, outputSchema: { type: "number" } }, { name: "pong" }));
    expect(await run("--check")).toMatchObject({
      code: 1,
      stdout:
        "`pong` is new\n`ping` is gone\n`search` takes or gives something else\nstale      bindings.ts\n",
    });
  });

  it("docs/import.md: can be a part of a definition of one's own, with limits", async () => {
    const read = (name: string) => readFileSync(join(fixtures, name), "utf8");
    const made = project({
      "package.json": manifest,
      "bindings.config.ts": config,
      "library.ts": read("mcp/bindings.ts"),
      "bindings.ts": read("part/bindings.ts"),
    });
    const { code, stdout } = await isobind(["generate", "--format", "json"], { cwd: made.root });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { diagnostics: [] }]);
    const registry = readFileSync(made.path("generated/registry.ts"), "utf8");
    expect(registry).toContain("policy: { timeoutMs: 2000, maxCalls: 10 }");
    expect(registry.match(/throws: \[/gu)).toHaveLength(7);
  });

  it.each([
    [[], "`isobind import` needs `<kind>`"],
    [["mpc"], "there is nothing to import from `mpc`. Did you mean `mcp`?"],
    [["json-schema"], "`isobind import json-schema` takes one file."],
    [["json-schema", "none.json"], "cannot be read: there is no file `"],
    [["json-schema", "broken.json"], "cannot be read"],
    [["json-schema", "text.json"], "cannot be read"],
    [["json-schema", "number.json"], "this is no list of tools"],
    [["json-schema", "nameless.json"], "the tool at place 1 has no name"],
    [["json-schema", "twins.json"], "`a-b` and `aB` would both be `aB`"],
    [["json-schema", "tools.json", "--only", "serach"], "there is no tool `serach`. Did you mean `search`?"],
    [["json-schema", "tools.json", "--rename", "search"], "--rename"],
    [["json-schema", "tools.json", "--out", "."], "a folder of that name is in the way"],
    [["json-schema", "tools.json", "--out", "tools.json/a.ts"], "a file is where a folder should be"],
    [["ai", "none.ts"], "the module `none.ts` does not exist"],
    [["ai", "tools.json"], "failed while it was loaded"],
    [["mcp"], "an MCP server is either started or reached by an address"],
    [["mcp", "--url", "nowhere"], "error: `nowhere` is no address"],
    [["mcp", "--url", "http://127.0.0.1:1/mcp", "--header", "x"], "error: a `--header` has no name"],
    [["mcp", "--url", "http://127.0.0.1:1/mcp"], "did not list its tools"],
    [["mcp", "--", "no-such-program-here"], "did not list its tools"],
  ])("isobind import %j is a mistake of the command line", async (argv, message) => {
    const made = project({
      "package.json": manifest,
      "tools.json": list(search),
      "broken.json": "{",
      "text.json": '"a"',
      "number.json": '{ "a": 1 }',
      "nameless.json": list({}),
      "twins.json": list({ name: "a-b" }, { name: "aB" }),
    });
    const { code, stdout, stderr } = await isobind(["import", ...argv], {
      cwd: made.root,
      env: { PATH: "" },
    });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});

it.each([
  [["mcp"], "an MCP server is either started or reached by an address"],
  [["mcp", "--url", "http://127.0.0.1:1", "--", "node"], "an MCP server is either started or reached"],
  [["mcp", "--url", "nowhere"], "`nowhere` is no address"],
  [["ai"], "`isobind import ai` takes one file"],
])("isobind import %j is said before that a file is in the way", async (argv, message) => {
  const { root } = project({ "package.json": manifest, "bindings.ts": "export interface Bindings {}" });
  const { code, stderr } = await isobind(["import", ...argv], { cwd: root });
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("bindings.ts");
});

describe("a flag of another kind", () => {
  it.each([
    ["mcp", "--tree", "flat", "openapi", "For mcp there are `--url`, `--header`, `--content`."],
    ["openapi", "--url", "http://127.0.0.1:1", "mcp", "For openapi there are `--tree`, `--parameters`."],
    ["openapi", "--header", "a: b", "mcp", "For openapi there are"],
    ["ai", "--content", "text", "mcp", "For ai there are `--export`."],
    ["json-schema", "--export", "tools", "ai", "leave it out. `isobind import --help` lists all."],
    ["json-schema", "--parameters", "grouped", "openapi", "leave it out."],
  ])("is refused: import %s %s", async (kind, flag, value, owner, help) => {
    const made = project({ "package.json": manifest, "tools.json": list(search) });
    const { code, stdout, stderr } = await isobind(["import", kind, flag, value, "tools.json"], {
      cwd: made.root,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`\`${flag}\` is for \`isobind import ${owner}\`, and says nothing of ${kind}.`);
    expect(stderr).toContain(help);
    expect(() => readFileSync(made.path("bindings.ts"))).toThrow("ENOENT");
  });

  it("is refused with the name of the one that was meant, where no kind has it", async () => {
    const made = project({ "package.json": manifest });
    const { code, stderr } = await isobind(["import", "mcp", "--urll", "http://127.0.0.1:1"], {
      cwd: made.root,
    });
    expect(code).toBe(2);
    expect(stderr).toContain("--url");
  });
});
