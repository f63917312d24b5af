/** The samples of the guides: the server answers each tenant with its own data and each mistake with its own status; the test passes. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describe("docs/testing.md", async () => {
  await import("../../docs/samples/orders.test.ts");
});

describe("docs/http-server.md", () => {
  let server: ChildProcess;
  let at: string;
  let said = "";
  beforeAll(async () => {
    const file = fileURLToPath(new URL("../../docs/samples/tenants.ts", import.meta.url));
    server = spawn(process.execPath, ["--no-warnings", file], { stdio: ["ignore", "pipe", "pipe"] });
    server.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const [line] = (await once(server.stdout!, "data")) as [Buffer];
    at = `http://localhost:${/listening on (\d+)/.exec(line.toString())?.[1]}`;
  });
  afterAll(() => server.kill("SIGKILL"));

  async function post(key: string, body: unknown): Promise<readonly [number, unknown]> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(at, { method: "POST", headers: { authorization: key }, body: text });
    return [answer.status, await answer.json()];
  }
  const source =
    "export default (await SecureExec.bindings.orders.list()).map(({ owner, placed }) => [owner, placed, input])";

  it("gives each tenant its own, whatever the script asks for", async () => {
    for (const name of ["acme", "globex"]) {
      const input = { $type: "Set", values: [1] };
      expect(await post(`key-of-${name}`, { source, input })).toEqual([
        200,
        {
          default: [
            [name, { $type: "Date", value: "1970-01-01T00:00:00.000Z" }, { $type: "Set", values: [1] }],
          ],
        },
      ]);
    }
  });

  it.each([
    ["a stranger", "key-of-nobody", { source }, 401, { error: "no such key" }],
    ["no JSON", "key-of-acme", "{", 400, { error: expect.stringContaining("JSON") as string }],
    ["no source", "key-of-acme", {}, 400, { error: "ERR_SANDBOX_OPTION" }],
    [
      "no JSON form",
      "key-of-acme",
      { source, input: { $type: "Dat" } },
      400,
      { error: expect.stringContaining("JSON form") as string },
    ],
    [
      "a script that throws",
      "key-of-acme",
      { source: "throw new RangeError('mine')" },
      422,
      expect.objectContaining({ status: "error", name: "RangeError", message: "mine" }),
    ],
  ])("answers %s with a status of its own", async (_, key, body, status, answer) => {
    expect(await post(key, body)).toEqual([status, answer]);
  });

  it("ends when it is asked to, tells who comes too late, and has complained of nothing", async () => {
    const late = request(at, { method: "POST", headers: { authorization: "key-of-acme" } });
    await new Promise<void>((sent) => late.write("{", () => sent()));
    // It is known to the server once another that came after it has been answered.
    await post("key-of-nobody", {});
    const closed = once(server, "close");
    server.kill("SIGTERM");
    while (
      await fetch(at, { method: "POST" }).then(
        (answer) => answer.text(),
        () => null,
      )
    )
      continue;
    late.end(`"source": "export default 1" }`);
    const [answer] = (await once(late, "response")) as [IncomingMessage];
    expect([answer.statusCode, await text(answer)]).toEqual([503, '{"error":"ERR_SANDBOX_DISPOSED"}']);
    expect(await closed).toEqual([0, null]);
    expect(said).toBe("");
  });
});
