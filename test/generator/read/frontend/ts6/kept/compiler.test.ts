/** The kept compiler is the compiler: the same version and library files, whether nothing, something or rubbish is kept. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getLibFiles, ts } from "@ts-morph/common";
import { afterAll, describe, expect, it } from "vitest";

const source = new URL("../../../../../../src/generator/read/frontend/ts6/kept/", import.meta.url);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "isobind-kept-"));
  folders.push(folder);
  return folder;
}

/** Runs lines in a Node of their own, with its compile cache in `folder`, and gives what they print. */
function run(folder: string | null, lines: string): string {
  const enable =
    folder === null
      ? ""
      : `process.getBuiltinModule("node:module").enableCompileCache(${JSON.stringify(folder)});`;
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  return execFileSync(process.execPath, ["--input-type=module", "-e", `${enable}\n${lines}`], {
    env: { ...env, NODE_NO_WARNINGS: "1" },
    encoding: "utf8",
  });
}

const keptFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /isobind-.*\.(code|lib)$/.test(name))
    .map((name) => join(folder, name));

describe("the kept compiler", () => {
  const show = `
    const { ts, getLibFiles } = await import(${JSON.stringify(new URL("compiler.ts", source).href)});
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    for (const { fileName, text } of getLibFiles()) hash.update(fileName + text);
    const file = ts.createSourceFile("a.ts", "type A = string | 1", 99);
    console.log(ts.version, file.statements.length, hash.digest("hex"));
  `;

  it("is the one ts-morph carries, at every run", async () => {
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    for (const { fileName, text } of getLibFiles()) hash.update(fileName + text);
    const expected = `${ts.version} 1 ${hash.digest("hex")}\n`;
    const folder = temporary();

    expect(run(null, show)).toBe(expected);
    expect(run(folder, show)).toBe(expected);
    const kept = keptFiles(folder);
    expect(kept.map((file) => file.slice(file.lastIndexOf(".")))).toEqual(
      expect.arrayContaining([".code", ".lib"]),
    );
    expect(run(folder, show)).toBe(expected);
    for (const file of kept) writeFileSync(file, readFileSync(file).subarray(0, 1_000));
    expect(run(folder, show)).toBe(expected);
    expect(keptFiles(folder).every((file) => statSync(file).size > 1_000)).toBe(true);
    expect(run(folder, show)).toBe(expected);
  }, 120_000);
});

describe("a kept script", () => {
  const call = (script: string, folder: string): string =>
    run(
      null,
      `
      const { requireKept } = await import(${JSON.stringify(new URL("script.ts", source).href)});
      const { createRequire } = process.getBuiltinModule("node:module");
      const script = ${JSON.stringify(script)};
      const { answer, where } = requireKept(script, ${JSON.stringify(folder)});
      console.log(answer(), where, createRequire(script)(script).answer === answer);
    `,
    );

  it("runs as a required one does, and is taken from what was kept only while it is the same", () => {
    const folder = temporary();
    const script = join(temporary(), "script.cjs");
    const write = (answer: number): void =>
      writeFileSync(
        script,
        `const { basename } = require("node:path");
         exports.where = basename(__filename);
         exports.answer = function () { return ${answer}; };`,
      );
    write(41);
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    const [kept = ""] = keptFiles(folder);
    const before = statSync(kept).ino;
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    expect(statSync(kept).ino, "code that fits is not made again").toBe(before);

    writeFileSync(kept, "rubbish");
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    expect(statSync(kept).ino, "code that does not is").not.toBe(before);

    write(42);
    utimesSync(script, 1, 1);
    expect(call(script, folder)).toBe("42 script.cjs true\n");
  }, 60_000);

  it("does not mind a folder it cannot write to", () => {
    const script = join(temporary(), "script.cjs");
    writeFileSync(script, `exports.answer = () => 1; exports.where = "here";`);
    const file = fileURLToPath(import.meta.url);
    expect(call(script, join(file, "no-folder"))).toBe("1 here true\n");
  }, 60_000);
});
