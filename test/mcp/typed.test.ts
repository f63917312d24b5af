/** Structured output: the official client holds each result to the schema that it was told. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveHttp, type HttpServer } from "../../src/mcp/index.ts";
import { made } from "../script-tool/shop.ts";

const definition = `
export interface Bindings { now(): number }

/** One line of a report. */
export interface Line<T> { label: string; value: T; also?: Line<T> }

export interface Everything {
  title: string;
  kind: "month" | "year";
  none: null;
  maybe?: string;
  either: string | undefined;
  big: bigint;
  at: Date;
  bytes: Uint8Array;
  pattern: RegExp;
  problem: RangeError;
  totals: Map<string, number>;
  seen: Set<bigint>;
  pair: [string, number?];
  rest: [string, ...number[]];
  lines: Line<number>[];
  byName: Record<string, Line<Date>>;
  both: { a: string } & { b: number };
  id: string & { readonly __brand: "Id" };
  code: \`user-\${number}\`;
  any: unknown;
  object: object;
}
export interface Script { input: { month: number; since?: Date }; result: Everything }
export interface Scripts {
  list: { result: number[] };
  text: { input: string; result: string };
  loop: { result: Loop };
  free: { input: number };
}
export interface Loop { next?: Loop; also?: Loop }
`;

const whole = `({
  title: "x", kind: "month", none: null, either: undefined, big: 7n, at: new Date(0), bytes: new Uint8Array(3),
  pattern: /x/g, problem: new RangeError("out"), totals: new Map([["a", NaN], ["b", 1]]), seen: new Set([1n]),
  pair: ["a"], rest: ["a", 1, -0, Infinity], lines: [{ label: "l", value: 1, also: { label: "m", value: 2 } }],
  byName: { a: { label: "l", value: new Date(NaN) }, $type: { label: "t", value: new Date(1) } },
  both: { a: "x", b: 1 }, id: "7" as never, code: "user-7" as const, any: [undefined, { deep: new Map() }], object: new Map(),
})`;

const eras = ["legacy", "auto"] as const;

describe.each(eras)("in protocol %s", (mode) => {
  let server: HttpServer;
  let client: Client;
  beforeAll(async () => {
    const { contract, createRegistry } = await made(definition);
    const registry = createRegistry({ now: () => 1 });
    server = await serveHttp({ registry, contract, isolation: "none", port: 0 });
    client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    await client.listTools();
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const run = (source: string, more: object = {}): ReturnType<Client["callTool"]> =>
    client.callTool({ name: "run_script", arguments: { source, ...more } });

  it("the client is told of the kinds of script, and what each is given", async () => {
    const [tool] = (await client.listTools()).tools;
    expect(tool?.description).toContain("`kind` says which of `SecureExec.Scripts` it is");
    expect(tool?.inputSchema.properties?.["kind"]).toMatchObject({
      enum: ["default", "list", "text", "loop", "free"],
    });
    expect(tool?.outputSchema).toMatchObject({ type: "object" });
  });

  it("a result of every type fits what the client was told", async () => {
    const { isError, structuredContent, content } = await run(`export default ${whole};`, {
      input: { month: 1 },
    });
    expect(isError, JSON.stringify(content)).toBeUndefined();
    const { result } = structuredContent as { result: Record<string, unknown> };
    expect(result).toMatchObject({
      title: "x",
      big: { $type: "bigint", value: "7" },
      at: { $type: "Date", value: "1970-01-01T00:00:00.000Z" },
      both: { a: "x", b: 1 },
      rest: ["a", 1, { $type: "number", value: "-0" }, { $type: "number", value: "Infinity" }],
    });
    expect(result).not.toHaveProperty("either");
  });

  it("lists and texts are the same in both protocols, because an object is around them", async () => {
    const list = await run("export default [1, 2];", { kind: "list" });
    expect(list.structuredContent).toEqual({ kind: "list", result: [1, 2] });
    const text = await run("export default input + '!';", { kind: "text", input: "hi" });
    expect(text.structuredContent).toEqual({ kind: "text", result: "hi!" });
    const free = await run("export default new Map([[input, 1n]]);", { kind: "free", input: 7 });
    expect(free.structuredContent).toMatchObject({ kind: "free", result: { $type: "Map" } });
  });

  it("what a type does not declare is left out, so that the client does not refuse it", async () => {
    const { structuredContent } = await run(
      "const numbers: number[] = [1]; (numbers as any).more = 2; export default numbers;",
      { kind: "list" },
    );
    expect(structuredContent).toEqual({ kind: "list", result: [1] });
  });

  it("shared parts are written at each place; what holds itself, and what is too long, is said and not cut", async () => {
    const shared = await run("const one = {}; export default { next: one, also: one };", { kind: "loop" });
    expect(shared.structuredContent).toEqual({ kind: "loop", result: { next: {}, also: {} } });
    const loop = await run("const loop: SecureExec.Loop = {}; loop.next = loop; export default loop;", {
      kind: "loop",
    });
    expect(loop).toMatchObject({ isError: true });
    expect(JSON.stringify(loop.content)).toContain("holds itself");
    const long = await run("export default Array.from({ length: 300_000 }, (_, at) => at);", {
      kind: "list",
    });
    expect(long).toMatchObject({ isError: true });
    expect(JSON.stringify(long.content)).toContain("Give back less");
    // A list that fits as a whole is whole, though a model is shown its beginning.
    const half = await run("export default Array.from({ length: 9_000 }, (_, at) => at);", { kind: "list" });
    expect((half.structuredContent as { result: number[] }).result).toHaveLength(9_000);
    expect(JSON.stringify(half.content)).toContain("Not shown");
  });

  it("a wrong result, a wrong input and a wrong kind are said in words to mend them", async () => {
    const wrong = await run(`export default ["1"];`, { kind: "list" });
    expect(wrong.isError).toBe(true);
    expect(JSON.stringify(wrong.content)).toContain("ERR_SCRIPT_TYPES");
    const late = await run(`const any: any = ["1"]; export default any;`, { kind: "list" });
    expect(JSON.stringify(late.content)).toContain("at [0]: expected number");
    const input = await run("export default input;", { kind: "text", input: 7 });
    expect(JSON.stringify(input.content)).toContain("ERR_SCRIPT_INPUT");
    expect(JSON.stringify(input.content)).toContain("expected string, got 7");
    const kind = await run("export default 1;", { kind: "txt" });
    expect(JSON.stringify(kind.content)).toContain("Did you mean `text`?");
    const none = await run("export default 1;");
    expect(JSON.stringify(none.content)).toContain("input");
  });

  it("an input that JSON cannot hold is given in the JSON form", async () => {
    const since = { $type: "Date", value: "2026-01-01T00:00:00.000Z" };
    const { content, structuredContent } = await run(
      `export default { ...${whole}, title: String(input.since?.getUTCFullYear()) };`,
      { input: { month: 1, since } },
    );
    expect(structuredContent, JSON.stringify(content)).toMatchObject({ result: { title: "2026" } });
  });
});
