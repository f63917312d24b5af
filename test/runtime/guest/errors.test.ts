import { describe, expect, it } from "vitest";
import { runScript, valueOf } from "./support/run-script.ts";

class NotFoundError extends RangeError {
  override name = "NotFoundError";
  code = "E_NOT_FOUND";
  table = "users";
}

const bindings = {
  fail: () => {
    throw new NotFoundError("no such row", { cause: new TypeError("bad key") });
  },
  "db.fail": {
    mode: "async" as const,
    call: async () => {
      await null;
      throw new NotFoundError("no such row");
    },
  },
};

describe("errors of the host in a script", () => {
  it("are errors of the script's realm, with class, name, message, code, cause and data", async () => {
    expect(
      await valueOf(
        `let e; try { SecureExec.bindings.fail() } catch (x) { e = x }
         export default [e instanceof RangeError, Object.getPrototypeOf(e) === RangeError.prototype, e.name, e.message, e.code, e.table,
           e.cause instanceof TypeError, e.cause.message, String(e), Object.keys(e)]`,
        { bindings },
      ),
    ).toEqual([
      true,
      true,
      "NotFoundError",
      "no such row",
      "E_NOT_FOUND",
      "users",
      true,
      "bad key",
      "NotFoundError: no such row",
      ["code", "table"],
    ]);
  });

  it("show the line of the script that made the call", async () => {
    const value = (await valueOf(
      `function load() {
         return SecureExec.bindings.fail();
       }
       let stack; try { load() } catch (x) { stack = x.stack }
       export default stack`,
      { bindings },
    )) as string;
    expect(value.split("\n")).toEqual([
      "NotFoundError: no such row",
      "    at load (script.js:2:37)",
      "    at script.js:4:25",
    ]);
  });

  it("show it for asynchronous calls too, where the call was made", async () => {
    const value = (await valueOf(
      `async function load() {
         const promise = SecureExec.bindings.db.fail();
         await null;
         return await promise;
       }
       let stack; try { await load() } catch (x) { stack = x.stack }
       export default stack`,
      { bindings },
    )) as string;
    expect(value.split("\n").slice(0, 2)).toEqual([
      "NotFoundError: no such row",
      "    at load (script.js:2:49)",
    ]);
    expect(value).not.toContain("isobind");
  });

  it("show it for our own refusals", async () => {
    const value = await valueOf(
      `let s; try { SecureExec.bindings.fail(() => 1) } catch (x) { s = x.stack } export default s`,
      { bindings },
    );
    expect(value).toBe("TypeError: fail, argument 1: a function cannot cross\n    at script.js:1:34");
  });

  it("never show a frame or a path of ours", async () => {
    const value = (await valueOf(
      `const stacks = [];
       const keep = (f) => { try { f() } catch (e) { stacks.push(e.stack) } };
       const { fail } = SecureExec.bindings;
       keep(() => fail()); keep(() => fail(() => 1)); keep(() => fail({ get a() { throw new Error('getter') } }));
       keep(() => fail(new Proxy({}, { ownKeys() { throw new Error('trap') } }))); keep(() => (function f() { f() })());
       keep(() => new fail()); keep(() => console.log({ get x() { throw 1 } }, new Proxy({}, { ownKeys() { null.x } })));
       keep(() => { fail({ get a() { return (function f() { f() })() } }) });
       keep(() => Error.captureStackTrace(null)); const holder = {}; Error.captureStackTrace(holder); stacks.push(holder.stack);
       try { await SecureExec.bindings.db.fail() } catch (e) { stacks.push(e.stack, e.cause?.stack ?? '') }
       export default stacks.join('\\n')`,
      { bindings },
    )) as string;
    expect(value).toContain("script.js:4");
    expect(value).not.toMatch(
      /isobind|prelude|isolated-vm|boundary|file:|node:|\.ts|syncLeaf|copyObject|\/work/,
    );
  });
});

describe("the error that ends a script", () => {
  const error = async (source: string, filename = "script.js"): Promise<unknown> => {
    const { outcome } = await runScript(source, { filename, bindings });
    return outcome.kind === "ok" ? outcome : outcome.error;
  };

  it("has name, message, code, cause and the script's frames only", async () => {
    expect(
      await error(
        "function f() {\n  throw Object.assign(new TypeError('top', { cause: new Error('below') }), { code: 'E_X' });\n}\nf();",
      ),
    ).toEqual({
      name: "TypeError",
      message: "top",
      code: "E_X",
      stack: "TypeError: top\n    at f (script.js:2:23)\n    at script.js:4:1",
      cause: { name: "Error", message: "below", stack: expect.stringContaining("at f (script.js:2:") },
    });
  });

  it("is told after a wait as well as before one", async () => {
    expect(await error("await null;\n  null.x")).toMatchObject({
      name: "TypeError",
      stack: expect.stringContaining("\n    at script.js:2:8"),
    });
  });

  it("has exact places in TypeScript", async () => {
    expect(
      await error(
        "interface Row { id: number }\nconst row: Row | null = (null as unknown) as Row;\nexport const x: number = (row as Row).id;",
        "job.ts",
      ),
    ).toMatchObject({
      stack: "TypeError: Cannot read properties of null (reading 'id')\n    at job.ts:3:39",
    });
  });

  it.each([
    ["throw 'text'", { name: "Error", message: "text" }],
    ["throw null", { name: "Error", message: "null" }],
    ["throw undefined", { name: "Error", message: "undefined" }],
    ["throw 5n", { name: "Error", message: "5n" }],
    ["throw Symbol('s')", { name: "Error", message: "Symbol(s)" }],
    ["throw { a: [1] }", { name: "Error", message: "{ a: [ 1 ] }" }],
    ["throw function f() {}", { name: "Error", message: "[Function: f]" }],
    [
      "throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })",
      { name: "Error", message: "[Unreadable]" },
    ],
    ["throw { get message() { throw 1 } }", { name: "Error", message: "{ message: [Getter] }" }],
    [
      "throw { message: 'like an error', name: 5, stack: 7 }",
      { name: "Error", message: "like an error", stack: "Error: like an error" },
    ],
    ["const e = new Error('x'); e.stack = '/etc/passwd'; throw e", { stack: "/etc/passwd" }],
    [
      "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw 1 } }); throw e",
      { stack: "Error: x" },
    ],
    ["const e = new Error('x'); e.cause = e; throw e", { message: "x", cause: { message: "x" } }],
    ["const e = new Error('x'); e.message = {}; throw e", { name: "Error" }],
    ["throw Object.freeze(new RangeError('frozen'))", { name: "RangeError", message: "frozen" }],
  ])("%s", async (source, wanted) => {
    expect(await error(source)).toMatchObject(wanted);
  });

  it("is cut when it is absurdly long", async () => {
    const { message, stack } = (await error("throw new Error('x'.repeat(1e6))")) as {
      message: string;
      stack: string;
    };
    expect(message.length + stack.length).toBeLessThan(40_000);
  });

  it("of an accessor of an export ends the run", async () => {
    expect(await error("export const bad = { get x() { throw new RangeError('late') } }")).toMatchObject({
      name: "RangeError",
      message: "late",
    });
  });
});
