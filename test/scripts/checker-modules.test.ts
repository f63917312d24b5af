/** Scripts are checked together with what they import from a host: a map of texts, or a loader that fetches them. */
import { describe, expect, it } from "vitest";
import { createChecker } from "../../src/scripts/index.ts";
import { sideOf } from "../diff/sides.ts";

const { declaration } = sideOf("export interface Bindings { greet(name: string): string }");
const checker = createChecker({ declaration });
const usesTotal = 'import { total } from "./lib/money.ts";\nexport default total([1, 2]) + total("x");\n';
const total = "export const total = (all: readonly number[]): number => all.length;\n";
const wrong = "// greets\nexport const hello = SecureExec.bindings.greet(1);\n";

const short = (found: readonly { file: string | null; line: number | null; code: string }[]): unknown =>
  found.map(({ file, line, code }) => [file, line, code]);

describe("modules of a map", () => {
  it("are typed in the script, and findings of theirs name them and their line", () => {
    const modules = { "./lib/money.ts": `import "../hello.ts";\n${total}`, "./hello.ts": wrong };
    expect(short(checker.check(usesTotal, { filename: "jobs/a.ts", modules }))).toEqual([
      ["jobs/a.ts", 2, "script-type"],
      ["jobs/hello.ts", 2, "script-type"],
    ]);
  });

  it("are those of one check alone", () => {
    const check = (text: string): unknown =>
      short(
        checker.check('import { one } from "./one.ts";\nexport default one;', {
          modules: { "./one.ts": text },
        }),
      );
    expect(check("export const one = 1;")).toEqual([]);
    expect(check("export const two = 2;")).toEqual([["script.ts", 1, "script-type"]]);
    expect(check("export const one = (): number => 1;")).toEqual([
      ["script.ts", 2, "script-export-not-clonable"],
    ]);
    // As before, and with none at all.
    expect(check("export const one = 1;")).toEqual([]);
    expect(short(checker.check('import { one } from "./one.ts";\nexport default one;'))).toEqual([
      ["script.ts", 1, "script-module-missing"],
    ]);
  });

  it("have names of any form; one that leads nowhere has a suggestion", () => {
    const modules = { money: total, "./rates.json": '{ "EUR": 1 }' };
    const source =
      'import { total } from "money";\nimport rates from "./rates.json" with { type: "json" };\nexport default total([rates.EUR]);\n';
    expect(checker.check(source, { modules })).toEqual([]);
    const [missing] = checker.check('import { total } from "mony";\nexport default total([]);', { modules });
    expect(missing).toMatchObject({
      code: "script-module-missing",
      line: 1,
      message: expect.stringContaining("Did you mean `money`?"),
    });
  });

  it("may import one another in a circle, and the script", () => {
    const modules = { "./b.ts": 'import { a } from "./a.ts";\nexport const b = (): number => a + 1;\n' };
    const source = 'import { b } from "./b.ts";\nexport const a = 1;\nconsole.log(b());\n';
    expect(checker.check(source, { filename: "a.ts", modules })).toEqual([]);
  });
});

describe("modules of a loader", () => {
  it("are fetched once each, and kept by their names and texts", async () => {
    const loads: string[] = [];
    const loaderOf = (text: string) => ({
      resolve: (specifier: string) => Promise.resolve(specifier.replace("./lib/", "store:")),
      load: async (id: string) => {
        loads.push(id);
        return { source: text, filename: "shared/money.ts", language: "typescript" as const };
      },
    });
    const gather = (text: string) =>
      checker.gather(`${usesTotal}import "./lib/money.ts";\n`, { filename: "a.ts", modules: loaderOf(text) });
    const modules = await gather(total);
    expect(loads).toEqual(["store:money.ts"]);
    expect(short(checker.check(usesTotal, { filename: "a.ts", modules }))).toEqual([
      ["a.ts", 2, "script-type"],
    ]);
    expect((await gather(total)).key).toBe(modules.key);
    const changed = await gather(wrong);
    expect(changed.key).not.toBe(modules.key);
    expect(short(checker.check(usesTotal, { filename: "a.ts", modules: changed }))).toEqual([
      ["a.ts", 1, "script-type"],
      ["shared/money.ts", 2, "script-type"],
    ]);
  });

  it("take their language from their name, else from their text", async () => {
    const texts: Record<string, string> = {
      plain: "export const one = 1;",
      typed: "export const two: number = 2;",
    };
    const source = 'import { one } from "plain";\nimport { two } from "typed";\nexport default one + two;\n';
    const modules = await checker.gather(source, { modules: { load: (id) => texts[id] } });
    expect(checker.check(source, { modules })).toEqual([]);
  });

  it("reject with what the loader throws, and beyond the limits", async () => {
    const failing = { load: () => Promise.reject(new Error("the store is down")) };
    await expect(checker.gather(usesTotal, { modules: failing })).rejects.toThrow("the store is down");
    const endless = { load: (id: string) => `import "./${id}x";` };
    await expect(
      checker.gather('import "./a";', { modules: endless, limits: { modules: 5 } }),
    ).rejects.toThrow(new RangeError("The script imports more than 5 modules."));
    await expect(
      checker.gather('import "./a";', {
        modules: { load: () => "//".padEnd(100) },
        limits: { moduleBytes: 50 },
      }),
    ).rejects.toThrow("more than 50 bytes of modules");
  });
});
