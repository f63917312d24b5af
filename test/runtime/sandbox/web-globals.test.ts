/** Web globals in every place a script may run, from the sources and from the build, which keeps what they are made of as text. */
import { describe, expect, it } from "vitest";
import * as sources from "../../../src/runtime/index.ts";

const build = (await import(
  new URL("../../../dist/runtime/index.js", import.meta.url).href
)) as typeof sources;

const script = `
const url = new URL("../b?x=1", "https://user@münchen.de:8443/a/");
url.searchParams.set("y", "ä b");
let caught = "";
try { atob("?"); } catch (error) { caught = [error instanceof DOMException, error.stack].join(); }
queueMicrotask(() => console.log("later"));
console.log(url, new URLSearchParams("a=1"), [new TextEncoder()]);
await null;
export default [url.href, new TextDecoder().decode(new TextEncoder().encode("€")), btoa("a"), caught, structuredClone({ list: [1n] })];
`;

describe.each([
  ["the sources", sources],
  ["the build", build],
])("%s", (_, { createSandbox }) => {
  it.each(["process", "none"] as const)("isolation: %s", async (isolation) => {
    const lines: string[] = [];
    await using sandbox = await createSandbox({ isolation, onConsole: ({ text }) => lines.push(text) });
    const result = await sandbox.run(script, { filename: "web.js" });
    expect(result).toMatchObject({
      status: "ok",
      exports: {
        default: [
          "https://user@xn--mnchen-3ya.de:8443/b?x=1&y=%C3%A4+b",
          "€",
          "YQ==",
          "true,InvalidCharacterError: atob: the text is not valid Base64\n    at web.js:5:7",
          { list: [1n] },
        ],
      },
    });
    expect(lines).toEqual([
      'URL { "https://user@xn--mnchen-3ya.de:8443/b?x=1&y=%C3%A4+b" } URLSearchParams { "a=1" } [ [TextEncoder] ]',
      "later",
    ]);
  });

  it("count against the limits of the run", async () => {
    await using sandbox = await createSandbox({ limits: { memoryMb: 16 } });
    const limits = { cpuMs: 200 };
    const endless = "for (;;) new URL('https://é.org/');";
    expect(await sandbox.run(endless, { limits })).toMatchObject({ status: "timeout" });
    const kept = "const kept = []; for (;;) kept.push(new TextEncoder().encode('x'.repeat(1e5)));";
    // Whichever comes first: the time, the memory, or the `RangeError` of bytes that there is no memory for.
    expect((await sandbox.run(kept, { limits })).status).toMatch(/^(timeout|memory|error)$/);
    expect(await sandbox.run("export default new URL('a:b').href")).toMatchObject({ status: "ok" });
  });
});
