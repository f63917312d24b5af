/** Every entry that takes options refuses one that does not exist, and names the one that was probably meant. */
import { describe, expect, it } from "vitest";
import { createScriptTools } from "../../src/ai/index.ts";
import { editorSetup } from "../../src/editor/index.ts";
import { createMcpHandler, serveHttp, serveStdio } from "../../src/mcp/index.ts";
import { unknownOptions } from "../../src/model/option-names.ts";
import { prompt } from "../../src/prompt/index.ts";
import { defineRegistry } from "../../src/registry/index.ts";
import { createSandbox } from "../../src/runtime/index.ts";
import { createChecker } from "../../src/scripts/index.ts";
import { mockGlobals, mockInput, mockRegistry, mockScripts, record } from "../../src/testing/index.ts";
import { fromAiTools, fromJsonSchema, fromMcp, fromOpenApi } from "../../src/tools/index.ts";

const registry = defineRegistry({});
const declaration = "declare const SecureExec: {};";

/** What each is given, with one letter too few or too many. */
const entries: readonly (readonly [
  of: string,
  misspelt: string,
  meant: string,
  call: (options: object) => unknown,
])[] = [
  ["createSandbox", "limit", "limits", (options) => createSandbox(options)],
  [
    "createScriptTools",
    "promptToken",
    "promptTokens",
    (options) => createScriptTools({ registry, ...options }),
  ],
  ["createScriptTools", "aprove", "approve", (options) => createScriptTools({ registry, ...options })],
  ["serveStdio", "sesion", "session", (options) => serveStdio({ registry, ...options })],
  ["serveStdio", "stdot", "stdout", (options) => serveStdio({ registry }, options)],
  ["createMcpHandler", "maxSession", "maxSessions", (options) => createMcpHandler({ registry, ...options })],
  ["serveHttp", "authentcate", "authenticate", (options) => serveHttp({ registry, ...options })],
  ["fromMcp", "timeoutMS", "timeoutMs", (options) => fromMcp({} as never, undefined, options)],
  ["fromAiTools", "contxt", "context", (options) => fromAiTools({}, undefined, options)],
  ["fromOpenApi", "baseURL", "baseUrl", (options) => fromOpenApi({}, undefined, options)],
  ["fromJsonSchema", "cal", "call", (options) => fromJsonSchema({}, undefined as never, options as never)],
  ["prompt", "buget", "budget", (options) => prompt(registry, options)],
  ["createChecker", "engin", "engine", (options) => createChecker({ declaration, ...options })],
  ["check", "filname", "filename", (options) => createChecker({ declaration }).check("", options)],
  ["editorSetup", "librari", "library", (options) => editorSetup({ declaration, library: "", ...options })],
  ["mockRegistry", "override", "overrides", (options) => mockRegistry(registry, options)],
  ["mockScripts", "seeds", "seed", (options) => mockScripts(registry, options)],
  ["mockInput", "kinds", "kind", (options) => mockInput(registry, options)],
  ["mockGlobals", "override", "overrides", (options) => mockGlobals(registry, options)],
  ["record", "error", "errors", (options) => record(registry, "never-written.jsonl", options)],
];

describe("an option that does not exist", () => {
  it.each(entries)("of %s: %s is refused, for %s", async (of, misspelt, meant, call) => {
    const calling = (async () => call({ [misspelt]: undefined }))();
    const words = `${of}: there is no option \`${misspelt}\`. Did you mean \`${meant}\`?`;
    await expect(calling).rejects.toThrow(words);
  });
});

it("is named with all others, and without a control character", () => {
  expect(unknownOptions("run", { "a\u001b": 1, input: 1, imput: 1 }, { input: true })).toBe(
    "run: there is no option `a\\u{1b}`.\nrun: there is no option `imput`. Did you mean `input`?",
  );
  expect(unknownOptions("run", {}, { input: true })).toBeNull();
  expect(unknownOptions("run", "fast", { input: true })).toBe("run: expected an object of options.");
});
