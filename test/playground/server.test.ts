/** Who may speak to the playground. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPlayground, type Started } from "./started.ts";

let started: Started;
let port: number;
let cookie: string;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** `fetch` does not let anyone say another `Host`. */
function ask(
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
  method = body === undefined ? "GET" : "POST",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.on("error", reject);
    if (body !== undefined) asked.setHeader("content-length", Buffer.byteLength(body));
    asked.end(body);
  });
}

const own = () => ({
  host: `127.0.0.1:${port}`,
  origin: `http://127.0.0.1:${port}`,
  cookie,
  "content-type": "application/json",
});
const project = (changed: Readonly<Record<string, string | undefined>> = {}, body = `{"profile":null}`) => {
  const headers = Object.entries({ ...own(), ...changed }).filter(([, value]) => value !== undefined);
  return ask("/api/project", Object.fromEntries(headers) as Record<string, string>, body);
};

beforeAll(async () => {
  started = await startPlayground();
  const { port: found, pathname, search } = new URL(started.url);
  port = Number(found);
  const opened = await ask(pathname + search, { host: `localhost:${port}` });
  cookie = String(opened.headers["set-cookie"]).split(";")[0] ?? "";
});
afterAll(() => started?.stop());

describe("the server of the playground", () => {
  it("answers its own page", async () => {
    const { status, text } = await project();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      name: "bindings",
      files: ["scripts/first.ts"],
      hostMissing: null,
    });
  });

  it("gives a cookie that no other site sends and no script reads, for the token alone", async () => {
    const { pathname, search } = new URL(started.url);
    const { headers } = await ask(pathname + search, { host: `127.0.0.1:${port}` });
    expect(headers["set-cookie"]).toEqual([
      expect.stringMatching(/^isobind-playground-\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/u),
    ]);
    expect(String(headers["set-cookie"])).not.toContain(search.slice("?token=".length));
    const wrong = await ask(`/?token=${"A".repeat(32)}`, { host: `127.0.0.1:${port}` });
    expect(wrong).toMatchObject({
      status: 403,
      text: expect.stringContaining("isobind playground") as string,
    });
    expect(wrong.headers["set-cookie"]).toBeUndefined();
  });

  it("refuses another name, which a page elsewhere may lead here", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
    ])
      expect((await project({ host })).status, host).toBe(421);
    expect((await ask("/", { host: `evil.example:${port}`, cookie })).status).toBe(421);
  });

  it("refuses another origin, and a question without one", async () => {
    for (const origin of [
      "https://evil.example",
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      "null",
      undefined,
    ])
      expect((await project({ origin })).status, origin ?? "none").toBe(403);
    expect((await ask("/", { ...own(), origin: "https://evil.example" })).status).toBe(403);
    expect((await ask("/main.js", { ...own(), "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("refuses who has no cookie, or a wrong one", async () => {
    const other = `${cookie.slice(0, -1)}${cookie.endsWith("A") ? "B" : "A"}`;
    for (const value of [undefined, "", other, cookie.slice(0, -1)])
      expect((await project({ cookie: value })).status).toBe(403);
    for (const path of ["/", "/main.js", "/events"])
      expect((await ask(path, { host: `127.0.0.1:${port}` })).status, path).toBe(403);
  });

  it("forbids code and pages from elsewhere, in every answer", async () => {
    for (const { headers } of [
      await project(),
      await project({ host: "evil.example" }),
      await ask("/", own()),
    ]) {
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe|data:|https?:|\*/u);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
      });
    }
  });

  it("answers questions it cannot read in words", async () => {
    expect(await project({ "content-type": "text/plain" })).toMatchObject({ status: 400 });
    expect(await project({}, "{")).toMatchObject({ status: 400, text: "That is not JSON.\n" });
    expect(await project({}, "[]")).toMatchObject({
      status: 400,
      text: expect.stringContaining("expected an object") as string,
    });
    expect((await ask("/api/hover", own(), `{"script":{"name":"a.ts","text":""},"position":9}`)).status).toBe(
      400,
    );
    expect((await ask("/api/run", own(), `{"id":"a"}`)).status).toBe(400);
    expect((await ask("/api/project", own(), "{}", "PUT")).status).toBe(405);
    expect((await ask("/api/nothing", own())).status).toBe(404);
  });

  it("reads scripts of the folder, and nothing else", async () => {
    const read = async (name: string) =>
      JSON.parse((await ask("/api/script", own(), JSON.stringify({ name }))).text) as unknown;
    expect(await read("scripts/first.ts")).toContain("greet");
    for (const name of [
      "bindings.ts",
      "scripts/../bindings.ts",
      "../package.json",
      "/etc/hostname",
      "scripts",
    ])
      expect(await read(name), name).toBeNull();
  });

  it("gives no script a name that leads elsewhere, where it would import what is there", async () => {
    for (const name of ["../elsewhere/a.ts", "/etc/a.ts", "scripts/../../a.ts"]) {
      const asked = {
        id: "a",
        script: { name, text: "" },
        profile: null,
        answers: { kind: "host" },
        limits: {},
      };
      for (const path of ["/api/run", "/api/check"])
        expect(await ask(path, own(), JSON.stringify(asked)), name).toMatchObject({
          status: 400,
          text: expect.stringContaining("lies outside of the project") as string,
        });
    }
  });

  it("runs no script with more than it was started with", async () => {
    const script = { name: "scripts/a.ts", text: "export default 1;" };
    const body = { id: "a", script, profile: null, answers: { kind: "host" }, limits: { wallMs: 3_000_000 } };
    const { text } = await ask("/api/run", own(), JSON.stringify(body));
    expect(JSON.parse(text)).toMatchObject({
      kind: "end",
      status: "refused",
      problem: { text: expect.stringContaining("a run may only tighten") as string },
    });
  });
});
