/** What leaves this machine for an operation: where it goes when it is sent on, cookies, and forms with files. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromOpenApi, type OpenApiOptions } from "../../src/tools/index.ts";
import { openApiSource } from "../../src/tools/openapi/openapi.ts";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let seen: Seen[] = [];
let other: Seen[] = [];
/** Where requests for a path are sent on to. */
let moved: Readonly<Record<string, readonly [status: number, location: string]>> = {};

function listener(into: () => Seen[]): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      into().push({ method, url, headers, body: Buffer.concat(parts).toString("latin1") });
      const [status, location] = moved[url] ?? [200, ""];
      const type = { "content-type": "application/json" };
      response
        .writeHead(status, location === "" ? type : { location })
        .end(location === "" ? `"here"` : "moved");
    });
  });
}

const servers = [listener(() => seen), listener(() => other)] as const;
let origins: readonly string[] = [];
beforeAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origins = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => servers.forEach((server) => server.close()));
beforeEach(() => {
  seen = [];
  other = [];
  moved = {};
});

type Call = (input?: unknown) => Promise<unknown>;

function documentWith(operation: object, method: string, path: string, more: object = {}): object {
  const responses = { "200": { content: { "application/json": {} } } };
  return {
    openapi: "3.1.0",
    paths: { [path]: { [method]: { operationId: "run", responses, ...operation } } },
    ...more,
  };
}

async function operation(
  parts: object,
  {
    method = "get",
    path = "/a",
    more = {},
    ...options
  }: OpenApiOptions & { method?: string; path?: string; more?: object } = {},
): Promise<Call> {
  const bindings = await fromOpenApi<{ run: Call }>(documentWith(parts, method, path, more), undefined, {
    baseUrl: origins[0]!,
    ...options,
  });
  return bindings.run;
}

const string = { type: "string" };
const json = { requestBody: { content: { "application/json": { schema: string } } } };

describe("a request that is sent on", () => {
  const secret = { headers: { authorization: "Bearer secret", "x-key": "secret" } };

  it("is followed within its origin, with what the host says of each", async () => {
    moved = { "/a": [302, "/b?c=1"], "/b?c=1": [307, "d"] };
    const asked: string[] = [];
    const run = await operation(
      {},
      { headers: ({ url }) => (asked.push(new URL(url).pathname), { "x-key": `for ${url}` }) },
    );
    expect(await run()).toBe("here");
    expect(seen.map(({ url, headers }) => [url, headers["x-key"]])).toEqual(
      ["/a", "/b?c=1", "/d"].map((url) => [url, `for ${origins[0]}${url}`]),
    );
    expect(asked).toEqual(["/a", "/b", "/d"]);
  });

  it("is not followed to another origin, which hears nothing of the host's headers", async () => {
    for (const location of [
      `${origins[1]}/b`,
      origins[1]!.replace("127.0.0.1", "localhost"),
      "file:///etc/hosts",
    ]) {
      moved = { "/a": [302, location] };
      const run = await operation({}, secret);
      await expect(run()).rejects.toMatchObject({
        name: "ToolError",
        code: "ERR_TOOL_FAILED",
        message: "`run` was sent on to another origin, which is not followed.",
      });
    }
    moved = { "/a": [302, "http://"] };
    await expect((await operation({}, secret))()).rejects.toThrow("to what is no address");
    moved = { "/a": [302, origins[0]!.replace("//", "//ada:pass@")] };
    await expect((await operation({}, secret))()).rejects.toThrow("another origin");
    expect(other).toEqual([]);
  });

  it("goes where the host's own `fetch` goes, when that follows", async () => {
    moved = { "/a": [302, `${origins[1]}/b`] };
    const run = await operation({}, { fetch: (url, init) => fetch(url, { ...init, redirect: "follow" }) });
    expect(await run()).toBe("here");
    expect(other).toHaveLength(1);
  });

  it("does not go round in a circle for ever", async () => {
    moved = { "/a": [302, "/a"] };
    await expect((await operation({}, {}))()).rejects.toThrow("`run` was sent on more than 5 times.");
    expect(seen).toHaveLength(6);
  });

  it.each([
    [301, "post", "GET"],
    [302, "post", "GET"],
    [303, "put", "GET"],
    [302, "put", "PUT"],
    [307, "post", "POST"],
    [308, "patch", "PATCH"],
  ])("with %i: %s becomes %s", async (status, method, then) => {
    moved = { "/a": [status, "/b"] };
    await (
      await operation(json, { method })
    )({ body: "text" });
    const [, second] = seen;
    const isRead = then === "GET";
    expect([second?.method, second?.body, second?.headers["content-type"]]).toEqual([
      then,
      isRead ? "" : `"text"`,
      isRead ? undefined : "application/json",
    ]);
  });

  it("is an answer like another where it does not say where", async () => {
    moved = { "/a": [304, ""] };
    await expect((await operation({}, {}))()).rejects.toMatchObject({ name: "HttpError", status: 304 });
  });
});

it("leaves an operation out whose reference is no address", async () => {
  const parameters = [{ $ref: "#/components/parameters/%zz" }];
  const { left, tools } = await openApiSource(documentWith({ parameters }, "get", "/a"), {});
  expect(tools).toEqual([]);
  expect(left).toEqual(["`run` is left out: one of its parameters names nothing in the document."]);
});

describe("cookies", () => {
  const parameters = [
    { name: "theme", in: "cookie", schema: string },
    { name: "ids", in: "cookie", explode: false, schema: { type: "array", items: string } },
  ];
  const cookies = async (call: Promise<unknown>): Promise<string | undefined> => {
    await call;
    return seen.at(-1)?.headers.cookie;
  };

  it("are written as one header, and no value begins another", async () => {
    const run = await operation({ parameters });
    expect(await cookies(run({}))).toBeUndefined();
    expect(await cookies(run({ theme: "a; b=c\r\n", ids: ["1", "2,3"] }))).toBe(
      "theme=a%3B%20b%3Dc%0D%0A; ids=1,2%2C3",
    );
  });

  it("of the host stay beside them, and are never replaced", async () => {
    const run = await operation({ parameters }, { headers: { Cookie: "session=s; theme=host" } });
    expect(await cookies(run({ theme: "mine", ids: ["1"] }))).toBe("session=s; theme=host; ids=1");
    expect(await cookies(run({}))).toBe("session=s; theme=host");
  });

  it("that say who asks are the host's alone", async () => {
    const key = [...parameters, { name: "session", in: "cookie", required: true, schema: string }];
    const components = { securitySchemes: { login: { type: "apiKey", in: "cookie", name: "session" } } };
    const run = await operation({ parameters: key }, { more: { components } });
    await expect(run({ session: "mine" })).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
    expect(await cookies(run({ theme: "a" }))).toBe("theme=a");
  });

  it("that say who asks are no part of another parameter", async () => {
    const components = { securitySchemes: { login: { type: "apiKey", in: "cookie", name: "session" } } };
    const free = [{ name: "all", in: "cookie", schema: { type: "object", additionalProperties: string } }];
    const run = await operation({ parameters: free }, { more: { components } });
    expect(await cookies(run({ all: { session: "mine", theme: "a" } }))).toBe("theme=a");
  });

  it.each(["Cookie", "host", "Proxy-Authorization"])("and the header %s are no parameter", async (name) => {
    const header = [...parameters, { name, in: "header", schema: string }];
    const run = await operation({ parameters: header }, { headers: { cookie: "session=s" } });
    await expect(run({ [name]: "a=1;session=mine" })).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
    expect(await cookies(run({}))).toBe("session=s");
  });

  it("that say who asks are no headers of a script either, however they are written", async () => {
    const header = [...parameters, { name: "X-Api-Key", in: "header", required: true, schema: string }];
    const components = { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } } };
    const { tools } = await openApiSource(
      documentWith({ parameters: header }, "get", "/a", { components }),
      {},
    );
    expect(JSON.stringify(tools[0]?.input)).not.toMatch(/api-?key/i);
    const run = await operation(
      { parameters: header },
      { more: { components }, headers: { "x-api-key": "host" } },
    );
    await expect(run({ "X-Api-Key": "mine" })).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
    await run({});
    expect(seen.at(-1)?.headers["x-api-key"]).toBe("host");
  });

  it("have a group of their own where parameters are grouped", async () => {
    const source = await openApiSource(documentWith({ parameters }, "get", "/a"), { parameters: "grouped" });
    expect(JSON.stringify(source.tools[0]?.input)).toContain('"cookies"');
  });
});

const list = { type: "array", items: string };
const color = { type: "object", properties: { R: { type: "number" }, G: { type: "number" } } };

describe("a path", () => {
  it.each([
    ["label", false, string, "blue", ".blue"],
    ["label", false, list, ["a", "b"], ".a,b"],
    ["label", true, list, ["a", "b/c"], ".a.b%2Fc"],
    ["label", false, color, { R: 100, G: 200 }, ".R,100,G,200"],
    ["label", true, color, { R: 100, G: 200 }, ".R=100.G=200"],
    ["matrix", false, string, "blue;x=1", ";p=blue%3Bx%3D1"],
    ["matrix", false, string, "", ";p"],
    ["matrix", false, list, ["a", "b"], ";p=a,b"],
    ["matrix", true, list, ["a", "b"], ";p=a;p=b"],
    ["matrix", false, color, { R: 100, G: 200 }, ";p=R,100,G,200"],
    ["matrix", true, color, { R: 100, G: 200 }, ";R=100;G=200"],
  ])("in the style %s, explode %s: %j", async (style, explode, schema, value, written) => {
    const parameters = [{ name: "p", in: "path", style, explode, schema }];
    const run = await operation({ parameters }, { path: "/{p}" });
    await run({ p: value });
    expect(seen[0]?.url).toBe(`/${written}`);
  });

  it("is left by no value in these styles", async () => {
    const parameters = [{ name: "p", in: "path", style: "label", schema: string }];
    const run = await operation({ parameters }, { path: "/{p}" });
    for (const p of ["", "."]) await expect(run({ p })).rejects.toMatchObject({ code: "ERR_TOOL_ARGUMENT" });
  });
});

describe("multipart/form-data", () => {
  const form = (properties: object, encoding: object = {}): object => ({
    requestBody: { content: { "multipart/form-data": { schema: { type: "object", properties }, encoding } } },
  });
  /** The parts that arrive: their lines of header, and their content. */
  const parts = (): readonly (readonly string[])[] => {
    const { headers, body } = seen[0]!;
    const boundary =
      /^multipart\/form-data; boundary=([\w-]+)$/u.exec(headers["content-type"] ?? "")?.[1] ?? "";
    const [first, ...rest] = body.split(`--${boundary}`);
    expect([first, rest.pop()]).toEqual(["", "--\r\n"]);
    return rest.map((part) => {
      const [head = "", content = ""] = part.slice(2).split("\r\n\r\n");
      return [...head.split("\r\n"), content.replace(/\r\n$/u, "")];
    });
  };

  it("has a part for each text, number, date, object and item of a list", async () => {
    const when = { type: "string", format: "date-time" };
    const run = await operation(form({ a: string, n: { type: "number" }, when, data: color, many: list }), {
      method: "post",
    });
    await run({ body: { a: "x\ny", n: 1.5, when: new Date(0), data: { R: 1 }, many: ["1", "2"] } });
    const named = (name: string): string => `Content-Disposition: form-data; name="${name}"`;
    expect(parts()).toEqual([
      [named("a"), "x\ny"],
      [named("n"), "1.5"],
      [named("when"), "1970-01-01T00:00:00.000Z"],
      [named("data"), "Content-Type: application/json", `{"R":1}`],
      [named("many"), "1"],
      [named("many"), "2"],
    ]);
  });

  it("has bytes where the document has files, in either version of OpenAPI", async () => {
    const binary = { type: "string", format: "binary" };
    const image = { contentMediaType: "image/png" };
    const run = await operation(
      form(
        { old: binary, image, typed: binary, any: binary, files: { type: "array", items: binary } },
        {
          typed: { contentType: "text/csv" },
          any: { contentType: "image/*" },
        },
      ),
      { method: "post" },
    );
    const bytes = Uint8Array.of(0, 13, 10, 255);
    await run({ body: { old: bytes, image: bytes, typed: bytes, any: bytes, files: [bytes, bytes] } });
    const file = (name: string, type: string): readonly string[] => [
      `Content-Disposition: form-data; name="${name}"; filename="${name}"`,
      `Content-Type: ${type}`,
      "\u0000\r\n\u00ff",
    ];
    const octets = "application/octet-stream";
    expect(parts()).toEqual([
      file("old", octets),
      file("image", "image/png"),
      file("typed", "text/csv"),
      file("any", octets),
      file("files", octets),
      file("files", octets),
    ]);
  });

  it("has no part, and no line of a header, that a script has written into a name", async () => {
    const run = await operation(form({ [`a"; x="\r\nb`]: string }), { method: "post" });
    await run({ body: { [`a"; x="\r\nb`]: "--\r\n" } });
    expect(parts().map(([head]) => head)).toEqual([
      `Content-Disposition: form-data; name="a%22; x=%22%0D%0Ab"`,
    ]);
  });

  it("is left out where nothing names its fields", async () => {
    const { left, tools } = await openApiSource(documentWith(form({}), "post", "/a"), {});
    expect([left, tools]).toEqual([
      ["`run` is left out: its body is `multipart/form-data`, whose fields it does not name."],
      [],
    ]);
  });
});
