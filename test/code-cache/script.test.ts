/** Code that was cached changes nothing but time, and is used only for the script it was made of. */
import { chmodSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { cachedFiles, removeTemporary, run, temporary } from "./child.ts";

const module = new URL("../../src/code-cache/script.ts", import.meta.url);
afterAll(removeTemporary);

describe("a cached script", () => {
  const call = (script: string, folder: string): string =>
    run(
      null,
      `
      const { requireCached } = await import(${JSON.stringify(module.href)});
      const { createRequire } = process.getBuiltinModule("node:module");
      const script = ${JSON.stringify(script)};
      const { answer, where } = requireCached(script, ${JSON.stringify(folder)});
      console.log(answer(), where, createRequire(script)(script).answer === answer);
    `,
    );

  it("runs as a required one does, and is taken from what was cached only while it is the same", () => {
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
    const [cached = ""] = cachedFiles(folder);
    const before = statSync(cached).ino;
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    expect(statSync(cached).ino, "code that fits is not made again").toBe(before);

    writeFileSync(cached, "rubbish");
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    expect(statSync(cached).ino, "code that does not is").not.toBe(before);

    const mended = statSync(cached).ino;
    chmodSync(cached, 0o666);
    expect(call(script, folder)).toBe("41 script.cjs true\n");
    expect(statSync(cached).ino, "code that others can have changed is not taken").not.toBe(mended);

    // As long as before, and of the same time, as installed files are.
    const { atime, mtime } = statSync(script);
    write(42);
    utimesSync(script, atime, mtime);
    expect(call(script, folder)).toBe("42 script.cjs true\n");
  });

  it("is kept for each of the flags that processes begin with, also by a run that turns out long", () => {
    const folder = temporary();
    const script = join(temporary(), "script.cjs");
    writeFileSync(script, "exports.answer = () => 1;");
    const optimizing = new URL("../../src/code-cache/optimizing.ts", import.meta.url);
    const start = (first: string, last: string): Map<string, number> => {
      run(
        null,
        `
        const { leaveUnoptimized, optimizeAgain } = await import(${JSON.stringify(optimizing.href)});
        ${first}
        const { requireCached } = await import(${JSON.stringify(module.href)});
        requireCached(${JSON.stringify(script)}, ${JSON.stringify(folder)}).answer();
        ${last}
      `,
      );
      return new Map(cachedFiles(folder).map((file) => [file, statSync(file).ino]));
    };
    start("", "");
    const kept = start("leaveUnoptimized();", "optimizeAgain();");
    expect(kept.size).toBe(2);
    expect(start("", ""), "code that fits is not made again").toEqual(kept);
    expect(start("leaveUnoptimized();", ""), "code that fits is not made again").toEqual(kept);
  });

  it("does not mind a folder it cannot write to", () => {
    const script = join(temporary(), "script.cjs");
    writeFileSync(script, `exports.answer = () => 1; exports.where = "here";`);
    const file = fileURLToPath(import.meta.url);
    expect(call(script, join(file, "no-folder"))).toBe("1 here true\n");
  });
});
