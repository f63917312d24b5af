/** Which names tools get in a tree, and which are refused. */
import { describe, expect, it } from "vitest";
import { place, type Choice } from "../../src/tools/names.ts";
import type { Tool } from "../../src/tools/tool.ts";

const toolOf = (name: string): Tool => ({
  name,
  place: name.split("."),
  description: "",
  input: null,
  result: null,
  call: () => null,
});

const pathsOf = (names: readonly string[], choice: Choice = {}): string[] =>
  place(names.map(toolOf), choice).map(({ path }) => path.join("."));

describe("a name", () => {
  it.each([
    ["search_docs", "search_docs"],
    ["get-user", "getUser"],
    ["users.get-one", "users.getOne"],
    ["then", "next"],
    ["delete", "remove"],
    ["_hidden", "hidden"],
    ["constructor.prototype", "create.template"],
    ["a.b.c.d.e.f", "a.b.c.dEF"],
    ["1st", "n1st"],
    ["größe", "größe"],
    ["a..b.", "a.b"],
    ["...", "call"],
    ["a\u200bb", "ab"],
  ])("%j stands at %s", (name, path) => {
    expect(pathsOf([name])).toEqual([path]);
  });

  it("that two tools would have is refused with both of theirs", () => {
    expect(() => pathsOf(["get-user", "getUser", "a", "a.b"])).toThrow(
      "`get-user` and `getUser` would both be `getUser`; `a` would be `a`, which is the namespace of `a.b`. Give one of them another name, for example `--rename that-tool=otherName`.",
    );
    // The same to a reader.
    expect(() => pathsOf(["ﬁnd", "find"])).toThrow("would both be");
    expect(() => pathsOf(["twice", "twice"])).toThrow("would both be `twice`");
  });

  it("can be chosen", () => {
    expect(pathsOf(["get-user", "getUser"], { rename: { "get-user": "old.getUser" } })).toEqual([
      "old.getUser",
      "getUser",
    ]);
    expect(pathsOf(["a", "b", "c"], { only: ["c", "a"] })).toEqual(["a", "c"]);
    expect(() => pathsOf(["search"], { only: ["serach"] })).toThrow(
      "There is no tool `serach`. Did you mean `search`? There are `search`.",
    );
    expect(() => pathsOf(["search"], { rename: { find: "x" } })).toThrow("There is no tool `find`.");
    expect(pathsOf(["constructor", "toString"], { rename: { toString: "then" } })).toEqual([
      "create",
      "next",
    ]);
  });

  it("of a 65th tool is refused, and how to choose is said", () => {
    const names = Array.from({ length: 65 }, (_, at) => `t${at}`);
    expect(pathsOf(names.slice(1))).toHaveLength(64);
    expect(() => pathsOf(names)).toThrow(
      "There are 65 tools; a definition has at most 64 bindings. Name those you want with `--only`",
    );
  });
});

describe("the other way round", () => {
  it("is found beside the servers and tools that scripts are given by", async () => {
    const tools = await import("../../src/tools/index.ts");
    expect((await import("../../src/mcp/index.ts")).fromMcp).toBe(tools.fromMcp);
    expect((await import("../../src/ai/index.ts")).fromAiTools).toBe(tools.fromAiTools);
  });
});
