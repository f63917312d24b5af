/** Operations of OpenAPI documents, called by scripts over HTTP on this machine. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox } from "../../src/runtime/index.ts";
import { fromOpenApi, type ImportedTools } from "../../src/tools/index.ts";
import { openApiSource } from "../../src/tools/openapi/openapi.ts";
import { definitionText } from "../../src/tools/definition/definition.ts";
import { place } from "../../src/tools/names.ts";
import { planOf } from "../../src/tools/plan.ts";
import type { SourceSettings } from "../../src/tools/tool.ts";
import { project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";
import { fixtures, imported } from "./imported.ts";

const document = join(fixtures, "openapi/petstore.yaml");

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

let seen: Seen[] = [];
let answer: Answer | null = {};
let whenSeen = (): void => {};
let base = "";
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    seen.push({
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(parts),
    });
    whenSeen();
    if (answer === null) return;
    const { status = 200, type = "application/json", body = "" } = answer;
    response.writeHead(status, type === "" ? {} : { "content-type": type }).end(body);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What one call sends, and what it gives. */
async function call<T = unknown>(
  make: () => Promise<T>,
  answers: Answer = {},
): Promise<{ sent: Seen | undefined; result: T }> {
  seen = [];
  answer = answers;
  const result = await make();
  return { sent: seen[0], result };
}

type Calls = Readonly<Record<string, (input?: unknown) => Promise<unknown>>>;

describe("operations of an OpenAPI document", () => {
  it("are imported, called by scripts, and fail with the status and body of their answer", async () => {
    const { made, ran, tools, createRegistry } = await imported("openapi", ["openapi", document]);
    expect(ran.stderr).toBe(
      [
        "`upload-photo` is left out: its body is `multipart/form-data`, whose fields it does not name.",
        "`DELETE /pets/{petId}` is called `pets.deletePetsByPetId`.",
        "`get-photo` is called `petPhotos.getPhoto`.",
        "`put-photo` is called `petPhotos.putPhoto`.",
        "",
      ].join("\n"),
    );
    const asked: unknown[] = [];
    const bindings = await fromOpenApi(document, tools, {
      baseUrl: base,
      headers: (request) => {
        asked.push(request.tool);
        return { authorization: "Bearer secret" };
      },
    });
    await using sandbox = await createSandbox({
      registry: createRegistry(bindings),
      declaration: readFileSync(made.path("generated/secure-exec.d.ts"), "utf8"),
      isolation: "none",
      errors: "mask",
    });
    const run = (source: string, signal?: AbortSignal) =>
      sandbox.run(`const { pets, petPhotos } = SecureExec.bindings;\n${source}`, signal && { signal });
    const failure = async (source: string) => {
      const result = await run(
        `export default await (async () => ${source})().catch(({ name, code, status, body, tool, message }) => ({ name, code, status, body, tool, message }));`,
      );
      return result.status === "ok" ? result.exports["default"] : result.error;
    };

    const pet = {
      id: 1,
      name: "Ada",
      born: "2020-02-03T04:05:06.000Z",
      owner: { kind: "person", name: "Bo" },
    };
    const listed = await call(
      () =>
        run(`
          const [pet] = await pets.listPets({ limit: 2, tags: ["a b", "c&d"], born: new Date(0), "X-Trace-Id": "t1" });
          export default [pet.born.getUTCDate(), pet.owner.name];
        `),
      { body: JSON.stringify([{ ...pet, secret: "not declared" }]) },
    );
    expect(listed.result).toMatchObject({ status: "ok", exports: { default: [3, "Bo"] } });
    expect(listed.sent).toMatchObject({
      method: "GET",
      url: "/v1/pets?limit=2&tags=a%20b&tags=c%26d&born=1970-01-01T00%3A00%3A00.000Z",
      headers: { authorization: "Bearer secret", "x-trace-id": "t1" },
    });
    const added = await call(
      () => run(`export default (await pets.addPet({ body: { name: "Ada", born: new Date(0) } })).id;`),
      { status: 201, body: JSON.stringify(pet) },
    );
    expect(added.result).toMatchObject({ status: "ok", exports: { default: 1 } });
    expect(JSON.parse(String(added.sent?.body))).toEqual({ name: "Ada", born: "1970-01-01T00:00:00.000Z" });
    expect(added.sent?.headers["content-type"]).toBe("application/json");

    const gone = await call(() => run(`export default await pets.deletePetsByPetId({ petId: "a/b?c" });`), {
      status: 204,
    });
    expect(gone.result).toMatchObject({ status: "ok" });
    expect(gone.sent?.url).toBe("/v1/pets/a%2Fb%3Fc");
    const photo = await call(() => run(`export default [...(await petPhotos.getPhoto({ petId: "1" }))];`), {
      type: "image/png",
      body: Uint8Array.of(1, 2, 255),
    });
    expect(photo.result).toMatchObject({ status: "ok", exports: { default: [1, 2, 255] } });
    const put = await call(
      () =>
        run(`export default await petPhotos.putPhoto({ petId: "1", body: new Uint8Array([1, 2, 255]) });`),
      { type: "text/plain", body: "3 bytes" },
    );
    expect(put.result).toMatchObject({ status: "ok", exports: { default: "3 bytes" } });
    expect([put.sent?.headers["content-type"], [...(put.sent?.body ?? [])]]).toEqual([
      "image/png",
      [1, 2, 255],
    ]);
    expect(asked).toEqual(["listPets", "addPet", "DELETE /pets/{petId}", "get-photo", "put-photo"]);

    const missing = await call(() => failure(`pets.getPet({ petId: "1" })`), {
      status: 404,
      body: JSON.stringify({ why: "moved away" }),
    });
    expect(missing.result).toEqual({
      name: "HttpError",
      code: "ERR_TOOL_FAILED",
      tool: "getPet",
      status: 404,
      body: { why: "moved away" },
      message: "`getPet` was answered with status 404.",
    });
    const wrong = await call(() => failure(`pets.getPet({ petId: "1" })`), { body: `{"id":1}` });
    expect(wrong.result).toMatchObject({ code: "ERR_BINDING_INVALID_RESULT" });
    const half = await call(() => failure(`pets.getPet({ petId: "1" })`), { body: `{"id":` });
    expect(half.result).toMatchObject({ name: "ToolError", code: "ERR_TOOL_RESULT", tool: "getPet" });

    const stop = new AbortController();
    answer = null;
    whenSeen = () => stop.abort();
    expect(await run(`await pets.getPet({ petId: "1" });`, stop.signal)).toMatchObject({ status: "aborted" });
    whenSeen = () => {};
  });

  it("have a path that no argument of a script can leave", async () => {
    const { getPet } = await flat(`/pets/{id}`, [{ name: "id", in: "path", schema: { type: "string" } }]);
    for (const id of ["", ".", ".."]) {
      await expect(getPet?.({ id })).rejects.toMatchObject({ name: "ToolError", code: "ERR_TOOL_ARGUMENT" });
    }
    for (const [id, url] of [
      ["../admin", "/v1/pets/..%2Fadmin"],
      ["%2e%2e", "/v1/pets/%252e%252e"],
      ["..\\", "/v1/pets/..%5C"],
      ["a?b#c", "/v1/pets/a%3Fb%23c"],
    ]) {
      expect((await call(() => getPet!({ id }))).sent?.url).toBe(url);
    }
    await expect(getPet?.({ id: "\ud800" })).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
  });

  it("send nothing for a parameter that is left out, though every object has its name", async () => {
    const { getPet } = await flat("/pets", [
      { name: "constructor", in: "query", schema: { type: "string" } },
      { name: "valueOf", in: "header", schema: { type: "string" } },
    ]);
    const { sent } = await call(() => getPet!({}));
    expect([sent?.url, sent?.headers["valueof"]]).toEqual(["/v1/pets", undefined]);
    expect((await call(() => getPet!({ constructor: "a" }))).sent?.url).toBe("/v1/pets?constructor=a");
  });

  it("take no header from a script that is the host's, or that is no header", async () => {
    const bindings = await flat(
      "/pets",
      [
        { name: "X-Key", in: "header", schema: { type: "string" } },
        { name: "Authorization", in: "header", schema: { type: "string" } },
      ],
      { headers: { "x-key": "host" } },
    );
    expect((await call(() => bindings["getPet"]!({ "X-Key": "script" }))).sent?.headers["x-key"]).toBe(
      "host",
    );
    await expect(bindings["getPet"]!({ "X-Key": "a\r\nb: c" })).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
    });
    await expect(bindings["getPet"]!({ Authorization: "mine" })).rejects.toMatchObject({
      code: "ERR_TOOL_ARGUMENT",
    });
  });

  it("have answers of a bounded size, and no words of the host's network", async () => {
    const small = await flat("/pets", [], { maxResponseBytes: 10 });
    answer = { body: JSON.stringify("a".repeat(20)) };
    await expect(small["getPet"]!()).rejects.toMatchObject({ code: "ERR_TOOL_RESULT" });
    const nowhere = await flat("/pets", [], { baseUrl: "http://127.0.0.1:1/" });
    await expect(nowhere["getPet"]!()).rejects.toMatchObject({
      code: "ERR_TOOL_FAILED",
      message: "`getPet` was not answered.",
    });
  });
});

const string = { type: "string" };
const list = { type: "array", items: string };
const color = {
  type: "object",
  properties: { R: { type: "number" }, G: { type: "number" } },
  required: ["R", "G"],
};

describe("parameters are written as the specification says", () => {
  it.each([
    [{ in: "path", schema: string }, "blue", "/v1/blue"],
    [{ in: "path", schema: list }, ["a", "b,c"], "/v1/a,b%2Cc"],
    [{ in: "path", schema: color }, { R: 100, G: 200 }, "/v1/R,100,G,200"],
    [{ in: "path", explode: true, schema: color }, { R: 100, G: 200 }, "/v1/R=100,G=200"],
    [{ in: "query", schema: string }, "a b&c", "/v1/x?p=a%20b%26c"],
    [{ in: "query", schema: list }, ["a", "b"], "/v1/x?p=a&p=b"],
    [{ in: "query", explode: false, schema: list }, ["a", "b"], "/v1/x?p=a,b"],
    [{ in: "query", style: "spaceDelimited", explode: false, schema: list }, ["a", "b"], "/v1/x?p=a%20b"],
    [{ in: "query", style: "pipeDelimited", explode: false, schema: list }, ["a", "b"], "/v1/x?p=a%7Cb"],
    [{ in: "query", schema: color }, { R: 100, G: 200 }, "/v1/x?R=100&G=200"],
    [{ in: "query", explode: false, schema: color }, { R: 100, G: 200 }, "/v1/x?p=R,100,G,200"],
    [
      { in: "query", style: "deepObject", schema: color },
      { R: 100, G: 200 },
      "/v1/x?p%5BR%5D=100&p%5BG%5D=200",
    ],
    [
      { in: "query", content: { "application/json": { schema: color } } },
      { R: 1, G: 2 },
      "/v1/x?p=%7B%22R%22%3A1%2C%22G%22%3A2%7D",
    ],
    [{ in: "query", schema: { type: "boolean" } }, true, "/v1/x?p=true"],
    [{ in: "query", schema: list }, undefined, "/v1/x"],
  ])("%j: %j", async (parameter, value, url) => {
    const path = parameter.in === "path" ? "/{p}" : "/x";
    const { getPet } = await flat(path, [{ name: "p", ...parameter }]);
    expect((await call(() => getPet!(value === undefined ? {} : { p: value }))).sent?.url).toBe(url);
  });

  it("in a header", async () => {
    const { getPet } = await flat("/x", [{ name: "x-list", in: "header", schema: list }]);
    expect((await call(() => getPet!({ "x-list": ["a", "b"] }))).sent?.headers["x-list"]).toBe("a,b");
  });

  it("in a form", async () => {
    const body = {
      content: {
        "application/x-www-form-urlencoded": {
          schema: { type: "object", properties: { a: string, b: list } },
        },
      },
    };
    const { getPet } = await flat("/x", [], {}, { requestBody: body }, "post");
    const { sent } = await call(() => getPet!({ body: { a: "x y", b: ["1", "2"] } }));
    expect([sent?.headers["content-type"], String(sent?.body)]).toEqual([
      "application/x-www-form-urlencoded",
      "a=x%20y&b=1&b=2",
    ]);
  });
});

describe("a document", () => {
  const operation = (id: string, parameters: readonly object[] = []) => ({
    operationId: id,
    tags: ["pets"],
    parameters,
    responses: { "200": { content: { "application/json": { schema: string } } } },
  });
  const treeFor = async (settings: SourceSettings, paths: object, version = "3.0.3"): Promise<string> => {
    const source = await openApiSource({ openapi: version, paths }, settings);
    return definitionText(planOf(source, place(source.tools, {})));
  };

  it("becomes a tree by tags, by paths, or none", async () => {
    const paths = {
      "/pets": { get: operation("listPets") },
      "/pets/{id}/toys": { get: operation("listToys", [{ name: "id", in: "path", schema: string }]) },
    };
    const members = async (tree: "tags" | "paths" | "flat") =>
      (await treeFor({ tree }, paths))
        .split("/** What")[0]!
        .split("\n")
        .filter((line) => /^ {2,}(?:\w+: \{|\w+\()/u.test(line))
        .map((line) => line.trim().replace(/\(.*/u, "()"));
    expect(await members("tags")).toEqual(["pets: {", "listPets()", "listToys()"]);
    expect(await members("flat")).toEqual(["listPets()", "listToys()"]);
    expect(await members("paths")).toEqual(["pets: {", "get()", "byId: {", "toys: {", "get()"]);
  });

  it("groups parameters when it is asked to, and has to where two have one name", async () => {
    const paths = {
      "/pets/{id}": {
        get: operation("getPet", [
          { name: "id", in: "path", required: true, schema: string },
          { name: "id", in: "query", schema: { type: "integer", nullable: true } },
        ]),
      },
    };
    await expect(treeFor({}, paths)).rejects.toMatchObject({ code: "ERR_TOOLS_NAME" });
    const text = await treeFor({ parameters: "grouped" }, paths);
    expect(text).toContain(
      "  path: { id: string };\n  query?: {\n    /** A whole number. */\n    id?: number | null;\n  };",
    );
    const grouped = await fromOpenApi<{ pets: Calls }>(
      { openapi: "3.0.3", paths },
      pinsIn(text) as ImportedTools<{ pets: Calls }>,
      { baseUrl: base },
    );
    const { sent } = await call(() => grouped.pets["getPet"]!({ path: { id: "a" }, query: { id: 3 } }), {
      body: `"ok"`,
    });
    expect(sent?.url).toBe("/v1/pets/a?id=3");
  });

  it("that has changed is refused by the names of its operations", async () => {
    const paths = { "/pets": { get: operation("a"), post: operation("b") } };
    const pins = pinsIn(await treeFor({}, paths));
    const moved = { "/pets": { get: operation("a") }, "/animals": { post: operation("b") } };
    await expect(
      fromOpenApi({ openapi: "3.0.3", paths: moved }, pins, { baseUrl: base }),
    ).rejects.toMatchObject({
      code: "ERR_TOOLS_CHANGED",
      message: expect.stringContaining("from: `b` takes or gives something else.") as string,
    });
    await expect(fromOpenApi({ openapi: "3.0.3", paths }, pins, { baseUrl: base })).resolves.toBeDefined();
  });

  it.each([
    [{ swagger: "2.0" }, "convert it first"],
    [{ openapi: "4.0.0" }, "no OpenAPI document of version 3.0 or 3.1"],
    [{ openapi: "3.1.0", paths: {} }, "Nothing says where the API is"],
    [{ openapi: "3.1.0", paths: {}, servers: [{ url: "/v1" }] }, "`/v1` is no address of an API"],
    ["https://example.com/openapi.json", "is not a local file"],
    [join(fixtures, "none.yaml"), "cannot be read"],
  ])("is refused: %j", async (source, message) => {
    await expect(fromOpenApi(source)).rejects.toMatchObject({
      code: "ERR_TOOLS_SOURCE",
      message: expect.stringContaining(message) as string,
    });
  });

  it("asks no network, and reads no file outside its folder", async () => {
    const made = project();
    let isAsked = false;
    const spy = createServer((_, response) => {
      isAsked = true;
      response.end("{}");
    });
    await new Promise<void>((resolve) => spy.listen(0, "127.0.0.1", resolve));
    const port = (spy.address() as AddressInfo).port;
    const refer = (target: string) => {
      made.write(
        "api/a.yaml",
        `openapi: 3.1.0\npaths: {}\ncomponents: { schemas: { A: { $ref: "${target}" } } }\n`,
      );
      return isobind(["import", "openapi", "api/a.yaml"], { cwd: made.root });
    };
    made.write("secret.yaml", "A: { type: string }\n");
    expect(await refer(`http://127.0.0.1:${port}/a.json`)).toMatchObject({ code: 2 });
    expect(isAsked).toBe(false);
    expect(await refer("../secret.yaml#/A")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("outside the folder of the document and the working folder") as string,
    });
    spy.close();
  });
});

/** The one operation of a document, `getPet`. */
async function flat(
  path: string,
  parameters: readonly object[],
  options: object = {},
  more: object = {},
  method = "get",
): Promise<Calls> {
  const operation = {
    operationId: "getPet",
    parameters,
    responses: { "200": { content: { "application/json": {} } } },
    ...more,
  };
  return await fromOpenApi<Calls>(
    { openapi: "3.1.0", paths: { [path]: { [method]: operation } } },
    undefined,
    {
      baseUrl: base,
      ...options,
    },
  );
}

/** `tools` of a definition, without a file. */
function pinsIn(text: string): ImportedTools {
  const table = /export const tools: ImportedTools<Bindings> = ([^]*);\n$/u.exec(text)?.[1] ?? "";
  return new Function(`return ${table}`)() as ImportedTools;
}
