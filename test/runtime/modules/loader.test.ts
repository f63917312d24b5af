import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createSandbox,
  type CallFailure,
  type ModuleAbout,
  type ModuleLoader,
  type RunOptions,
  type RunResult,
  type Sandbox,
} from "../../../src/runtime/index.ts";

const told = (result: RunResult): unknown =>
  result.status === "ok"
    ? result.exports["default"]
    : `${result.status} ${result.error.code ?? result.error.name}: ${result.error.message}`;

describe.each(["none", "process"] as const)("modules of the host, isolation %s", (isolation) => {
  let sandbox: Sandbox;
  const failures: CallFailure[] = [];
  beforeAll(async () => {
    sandbox = await createSandbox({ isolation, onError: (failure) => void failures.push(failure) });
  });
  afterAll(() => sandbox.dispose());

  const run = (source: string, modules: RunOptions["modules"], more: RunOptions = {}): Promise<RunResult> =>
    sandbox.run(source, { filename: "scripts/main.ts", ...(modules && { modules }), ...more });

  describe("a map", () => {
    it("strips types, and takes `.js` for the TypeScript it was made of", async () => {
      const modules = {
        "./lib/money.ts": `import type { Money } from "./types.ts"; import { unit, type Unit } from "./unit.js"; export const show = (m: Money): string => m + unit;`,
        "lib/../lib/unit.ts": "",
        "./lib/./unit.ts": `export type Unit = string; export const unit: Unit = " EUR";`,
      };
      expect(told(await run(`import { show } from "./lib/money"; export default show(1)`, modules))).toMatch(
        /^error ERR_MODULE_NOT_FOUND: scripts\/main\.ts:1:22: There is no module ".\/lib\/money"\. Did you mean ".\/lib\/money.ts"\?$/,
      );
      expect(told(await run(`import { show } from "./lib/money.js"; export default show(1)`, modules))).toBe(
        "1 EUR",
      );
    });

    it("has bare names, and nothing that was not put there", async () => {
      const modules = {
        "@acme/dates": "export default 1",
        units: "export default 2",
        __proto__: "export default 3",
      };
      Object.defineProperty(modules, "__proto__", { value: "export default 3", enumerable: true });
      expect(
        told(await run(`import a from "@acme/dates"; import b from "units"; export default [a, b]`, modules)),
      ).toEqual([1, 2]);
      expect(told(await run(`import a from "__proto__"; export default a`, modules))).toBe(3);
      for (const name of [
        "constructor",
        "toString",
        "hasOwnProperty",
        "./__proto__",
        "",
        ".",
        "..",
        "/",
        "node:fs",
        "fs",
      ]) {
        expect(
          told(await run(`import a from ${JSON.stringify(name)}; export default a`, { units: "" })),
          name,
        ).toMatch(/^error ERR_MODULE_NOT_FOUND: scripts\/main\.ts:1:15: There is no module/);
      }
    });

    it("may hold names that are odd, and exports that are", async () => {
      const modules = {
        "./constructor": `const a = 1; export { a as constructor, a as __proto__, a as then, a as toString, a as hasOwnProperty };`,
      };
      const source = `import * as all from "./constructor"; import { constructor as c, __proto__ as p } from "./constructor"; export default [Object.keys(all), c, p, all.__proto__, all.then];`;
      expect(told(await run(source, modules))).toEqual([
        ["__proto__", "constructor", "hasOwnProperty", "then", "toString"],
        1,
        1,
        1,
        1,
      ]);
    });

    it("is refused when it is none", async () => {
      await expect(run("", { "./a.ts": 1 } as never)).rejects.toThrow(
        'modules: "./a.ts": expected the text of a module.',
      );
      await expect(run("", "x" as never)).rejects.toMatchObject({ code: "ERR_SANDBOX_OPTION" });
      await expect(run("", { load() {}, resolve: 1 } as never)).rejects.toThrow(
        "modules: resolve: expected a function.",
      );
      await expect(run("", undefined, { dynamicImport: 1 as never })).rejects.toThrow(
        "dynamicImport: expected true or false.",
      );
    });
  });

  describe("errors", () => {
    it.each<
      [title: string, main: string, files: Record<string, string>, message: RegExp, frames: readonly string[]]
    >([
      [
        "a throw",
        `import { f } from "./lib/a.ts";\n\n  f();`,
        { "./lib/a.ts": `\n\nexport function f(): void {\n  throw new RangeError("no");\n}` },
        /^error RangeError: no$/,
        ["at f (scripts/lib/a.ts:4:9)", "at scripts/main.ts:3:3"],
      ],
      [
        "a throw while it is evaluated",
        `\nimport "./lib/a.ts";`,
        { "./lib/a.ts": `interface A {}\nnull.x;` },
        /^error TypeError: Cannot read/,
        ["at scripts/lib/a.ts:2:6"],
      ],
      [
        "a late one",
        `import "./lib/a.ts";`,
        { "./lib/a.ts": `await null;\n  null.x;` },
        /^error TypeError: Cannot read/,
        ["at scripts/lib/a.ts:2:8"],
      ],
      [
        "a mistake in a module",
        `import "./lib/a.ts";`,
        { "./lib/a.ts": `\nlet 1;` },
        /^error SyntaxError: scripts\/lib\/a\.ts:2:5: /,
        ["at scripts/lib/a.ts:2:5"],
      ],
      [
        "an expression V8 refuses",
        `import "./lib/a.ts";`,
        { "./lib/a.ts": `\n/(/;` },
        /^error SyntaxError: scripts\/lib\/a\.ts:2:/,
        ["at scripts/lib/a.ts:2:"],
      ],
      [
        "a missing export",
        `import "./lib/a.ts";`,
        { "./lib/a.ts": `\n import { totl } from "./b.ts";`, "./lib/b.ts": "export const total = 1;" },
        /^error SyntaxError: scripts\/lib\/a\.ts:2:11: The module "\.\/b\.ts" does not export "totl"\. Did you mean `total`\?$/,
        ["at scripts/lib/a.ts:2:11"],
      ],
      [
        "a type that is imported as a value",
        `import { T } from "./a.ts";`,
        { "./a.ts": "export type T = 1;" },
        /does not export "T"\. Write `import type` for a type\.$/,
        [],
      ],
      [
        "two stars",
        `import { x } from "./a.ts";`,
        {
          "./a.ts": `export * from "./b.ts"; export * from "./c.ts";`,
          "./b.ts": "export const x = 1",
          "./c.ts": "export const x = 1",
        },
        /offers "x" twice/,
        [],
      ],
      [
        "a missing module of a module",
        `import "./lib/a.ts";`,
        { "./lib/a.ts": `export * from\n  "./c.ts";`, "./lib/b.ts": "" },
        /^error ERR_MODULE_NOT_FOUND: scripts\/lib\/a\.ts:2:3: There is no module "\.\/c\.ts"\. Did you mean "\.\/b\.ts"\?$/,
        ["at scripts/lib/a.ts:2:3"],
      ],
      [
        "an attribute",
        `import a from "./a.ts" with { kind: "x" };`,
        {},
        /There is no import attribute `kind`/,
        [],
      ],
      [
        "a type of modules",
        `import a from "./a.ts" with { type: "css" };`,
        {},
        /the only type is "json"/,
        [],
      ],
      ["data without its type", `import a from "./a.json";`, {}, /with \{ type: "json" \}/, []],
      [
        "data that is none",
        `import a from "./a.json" with { type: "json" };`,
        { "./a.json": `{ "a": 1,\n  b }` },
        /^error SyntaxError: scripts\/a\.json:2:3: The module is not JSON/,
        ["at scripts/a.json:2:3"],
      ],
      ["`import.meta`", `import "./a.ts";`, { "./a.ts": `import.meta.url` }, /no `import\.meta`/, []],
      [
        "`import()` that is not allowed",
        `import "./a.ts";`,
        { "./a.ts": `await import("./b.ts")` },
        /^error SyntaxError: scripts\/a\.ts:1:7: .*`import\(\)`/,
        [],
      ],
      ["a name that is too long", `import "./${"a".repeat(2000)}.ts";`, {}, /at most 1024 letters/, []],
    ])("%s", async (_, source, files, message, frames) => {
      const result = await run(source, files);
      expect(told(result)).toMatch(message);
      if (result.status === "ok") return;
      const shown = result.error.stack.split("\n    ").slice(1);
      frames.forEach((frame, index) => expect(shown[index]).toContain(frame));
      expect(result.error.stack).not.toMatch(/isobind:prelude|<anonymous>|Generator|\/src\//);
    });

    it("shows the frames of a circle and of what has no value yet in the author's files alone", async () => {
      const result = await run(`import "./a.ts";`, {
        "./a.ts": `import "./b.ts";\nexport const a = 1;`,
        "./b.ts": `import { a } from "./a.ts";\nconst b = a;`,
      });
      expect(told(result)).toBe("error ReferenceError: Cannot access 'a' before initialization");
      expect((result as { error: { stack: string } }).error.stack).toMatch(
        /initialization\n {4}at scripts\/b\.ts:2:11$/,
      );
    });

    it("keeps code, cause and data of what a module throws", async () => {
      const result = await run(`import "./a.ts";`, {
        "./a.ts": `throw Object.assign(new Error("no", { cause: new TypeError("why") }), { code: "MINE" });`,
      });
      expect(result).toMatchObject({
        status: "error",
        error: { code: "MINE", cause: { name: "TypeError", message: "why" } },
      });
    });

    it("hears of work a module leaves behind", async () => {
      const result = await run(`import "./a.ts";`, { "./a.ts": `\nPromise.reject(new Error("left"));` });
      expect(told(result)).toMatch(/^error ERR_SCRIPT_DETACHED: .*left \(scripts\/a\.ts:2:16\)/);
    });
  });

  describe("a loader", () => {
    it("resolves and loads in the context of the run, each module once", async () => {
      const storage = new AsyncLocalStorage<string>();
      const asked: string[] = [];
      const loader: ModuleLoader = {
        async resolve(specifier, referrer, { context, runId }) {
          await null;
          asked.push(
            `resolve ${specifier} from ${referrer} ${String(context)} ${runId} ${storage.getStore()}`,
          );
          return `id:${specifier.replace(/^\.\//, "")}`;
        },
        async load(id, { context, signal }) {
          await null;
          asked.push(`load ${id} ${String(context)} ${storage.getStore()} ${signal.aborted}`);
          return {
            source: id.endsWith("a") ? `import "./b"; export default 1 as number` : "export default 2",
            filename: `${id}.ts`,
          };
        },
      };
      const result = await storage.run("mine", () =>
        run(`import a from "./a"; import b from "./b"; export default [a, b]`, loader, {
          context: "of the run",
          runId: "r",
        } as RunOptions),
      );
      expect(told(result)).toEqual([1, 2]);
      expect(asked).toEqual([
        "resolve ./a from scripts/main.ts of the run r mine",
        "resolve ./b from scripts/main.ts of the run r mine",
        "load id:a of the run mine false",
        "load id:b of the run mine false",
        "resolve ./b from id:a of the run r mine",
      ]);
    });

    it("needs no `resolve`, and suggests what it can name", async () => {
      const loader: ModuleLoader = {
        load: (id) => (id === "scripts/lib/a.ts" ? "export default 5" : null),
        names: () => ["scripts/lib/a.ts"],
      };
      expect(told(await run(`import a from "./lib/a.ts"; export default a`, loader))).toBe(5);
      expect(told(await run(`import a from "./lib/b.ts"; export default a`, loader))).toMatch(
        /ERR_MODULE_NOT_FOUND: .*There is no module "\.\/lib\/b\.ts"\. Did you mean "\.\/lib\/a\.ts"\?$/,
      );
    });

    it("that throws, rejects or gives nonsense is an error of the run, and the host hears of it", async () => {
      failures.length = 0;
      const secret = new Error("disk on fire at /srv/app/secret.ts");
      const gives: readonly (readonly [ModuleLoader["load"], RegExp])[] = [
        [
          () => {
            throw secret;
          },
          /ERR_MODULE_FAILED: scripts\/main\.ts:1:8: The host could not give the module "x": disk on fire at <path>$/,
        ],
        [() => Promise.reject(secret), /ERR_MODULE_FAILED/],
        [() => 1 as never, /must return a text/],
        [() => ({ source: 1 }) as never, /must return a text/],
        [() => ({ source: "", language: "cobol" }) as never, /must return a text/],
        [
          () => {
            throw Object.create(null) as Error;
          },
          /it threw what is no error/,
        ],
        [
          () => ({
            get source(): string {
              throw secret;
            },
          }),
          /disk on fire/,
        ],
      ];
      for (const [load, message] of gives) {
        expect(told(await run(`import "x"`, { resolve: (id) => id, load }))).toMatch(message);
      }
      expect(told(await run(`import "x"`, { resolve: () => 1 as never, load: () => "" }))).toMatch(
        /`resolve` of the module loader/,
      );
      expect(failures).toHaveLength(gives.length + 1);
      expect(failures[0]).toMatchObject({ error: secret, code: "ERR_MODULE_FAILED", name: "x", path: [] });
    });

    it("that never answers is held by the clock", async () => {
      let about: ModuleAbout | undefined;
      const loader: ModuleLoader = { load: (_, given) => ((about = given), new Promise<string>(() => {})) };
      // Its time is longer until the loader was asked in it.
      for (let wallMs = 300; about === undefined; wallMs *= 2) {
        const result = await run(`import "x"`, loader, { limits: { wallMs } });
        expect(told(result)).toMatch(/^timeout ERR_SANDBOX_TIMEOUT/);
      }
      expect(about?.signal.aborted).toBe(true);
    });

    it("that never answers ends with the caller's signal", async () => {
      const stop = new AbortController();
      let signal: AbortSignal | undefined;
      const loader: ModuleLoader = {
        load(_, given) {
          signal = given.signal;
          queueMicrotask(() => stop.abort());
          return new Promise<string>(() => {});
        },
      };
      expect(told(await run(`import "x"`, loader, { signal: stop.signal }))).toMatch(
        /^aborted ERR_SANDBOX_ABORTED/,
      );
      expect(signal?.aborted).toBe(true);
    });

    it("is asked for nothing by a script that imports nothing", async () => {
      const loader: ModuleLoader = {
        load: () => {
          throw new Error("asked");
        },
      };
      expect(told(await run(`export default 1`, loader))).toBe(1);
    });
  });

  describe("limits", () => {
    it("on the number of modules", async () => {
      const modules = Object.fromEntries(
        Array.from({ length: 3 }, (_, n) => [`./m${n}.ts`, n < 2 ? `import "./m${n + 1}.ts"` : ""]),
      );
      expect(told(await run(`import "./m0.ts"; export default 1`, modules, { limits: { modules: 3 } }))).toBe(
        1,
      );
      expect(told(await run(`import "./m0.ts"`, modules, { limits: { modules: 2 } }))).toMatch(
        /^error ERR_MODULE_LIMIT: scripts\/m1\.ts:1:8: The script imports more than 2 modules \(limits\.modules\)\.$/,
      );
    });

    it("on their size together", async () => {
      const modules = { "./a.ts": "/*".padEnd(700, "ä") + "*/", "./b.ts": "/*".padEnd(700, "x") + "*/" };
      expect(told(await run(`import "./a.ts"`, modules, { limits: { moduleBytes: 1024 } }))).toMatch(
        /ERR_MODULE_LIMIT: .*more than 1024 bytes \(limits\.moduleBytes\)/,
      );
      expect(
        told(await run(`import "./b.ts"; export default 1`, modules, { limits: { moduleBytes: 1024 } })),
      ).toBe(1);
      expect(
        told(await run(`import "./a.ts"; import "./b.ts"`, modules, { limits: { moduleBytes: 2048 } })),
      ).toMatch(/ERR_MODULE_LIMIT: scripts\/main\.ts:1:25/);
    });

    it("a chain and a circle of thousands", async () => {
      const count = 2_000;
      const modules = Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          `./m${n}.ts`,
          `export * from "./m${n + 1}.ts"; export const x${n} = ${n};`,
        ]),
      );
      modules[`./m${count}.ts`] = "export const last = 1;";
      const limits = { modules: 10_000 };
      const wide = await createSandbox({ isolation, limits });
      try {
        const go = async (source: string, files: Record<string, string>): Promise<unknown> =>
          told(await wide.run(source, { modules: files }));
        expect(await go(`import { last } from "./m0.ts"; export default last`, modules)).toBe(1);
        modules[`./m${count}.ts`] = `import { x0 } from "./m0.ts"; export const last = () => x0;`;
        expect(await go(`import { last } from "./m0.ts"; export default last()`, modules)).toBe(0);
      } finally {
        await wide.dispose();
      }
    });
  });

  it("errors are told as if imports that are looked up stood there as they were written", async () => {
    const a = "export let n = 0, f = null; export const inc = () => { n++; f = n; };";
    const shown = async (source: string): Promise<string> => {
      const result = await run(source, { "./a.ts": a });
      return result.status === "ok" ? "ok" : result.error.stack.replaceAll("\n    at ", " @ ");
    };
    const head = `import { n, f, inc } from "./a.ts"; inc(); `;
    const column = head.length + 1;
    expect(await shown(`${head}null.x;`)).toBe(
      `TypeError: Cannot read properties of null (reading 'x') @ scripts/main.ts:1:${column + 5}`,
    );
    expect(await shown(`${head}[n, n, { n }, f, null.x];`)).toContain(`scripts/main.ts:1:${column + 22}`);
    expect(await shown(`${head}f(n);`)).toBe(`TypeError: f is not a function @ scripts/main.ts:1:${column}`);
    expect(await shown(`${head}\n\n  new f(1)`)).toBe(
      "TypeError: f is not a constructor @ scripts/main.ts:3:3",
    );
    expect(await shown(`${head}\nfor (const x of f);`)).toBe(
      "TypeError: f is not iterable @ scripts/main.ts:2:17",
    );
    expect(
      await shown(
        `${head}\nthrow new Error("no", { cause: (() => { try { n.x.y } catch (e) { return e } })() });`,
      ),
    ).toBe("Error: no @ scripts/main.ts:2:7");
    expect(await shown(`${head}\nconst g = () => [n, n, f()]; g()`)).toBe(
      "TypeError: f is not a function @ g (scripts/main.ts:2:24) @ scripts/main.ts:2:30",
    );
    expect(await shown(`${head}\nawait null; n; (() => n.a.b)()`)).toMatch(
      /reading 'b'\) @ scripts\/main\.ts:2:27 @ scripts\/main\.ts:2:29$/,
    );
  });
});

describe("placement: worker", () => {
  it("asks the loader of the supervisor", async () => {
    await using sandbox = await createSandbox({
      registry: (await import("./worker-registry.ts")).default,
      placement: "worker",
      registryModule: new URL("./worker-registry.ts", import.meta.url),
    });
    const asked: string[] = [];
    const modules: ModuleLoader = {
      async load(id) {
        await null;
        asked.push(id);
        return id === "a"
          ? `import b from "b"; export default SecureExec.bindings.add(1, b)`
          : "export default 2";
      },
    };
    expect(told(await sandbox.run(`import a from "a"; export default a`, { modules }))).toBe(3);
    expect(asked).toEqual(["a", "b"]);
  });
});
