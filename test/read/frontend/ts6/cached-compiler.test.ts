/** The cached compiler is the compiler: the same version and library files, whether nothing, something or rubbish is cached. */
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { getLibFiles, ts } from "@ts-morph/common";
import { afterAll, describe, expect, it } from "vitest";
import { cachedFiles, removeTemporary, run, temporary } from "../../../code-cache/child.ts";

const module = new URL("../../../../src/read/frontend/ts6/cached-compiler.ts", import.meta.url);
afterAll(removeTemporary);

describe("the cached compiler", () => {
  const show = `
    const { ts, getLibFiles } = await import(${JSON.stringify(module.href)});
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    for (const { fileName, text } of getLibFiles()) hash.update(fileName + text);
    const file = ts.createSourceFile("a.ts", "type A = string | 1", 99);
    console.log(ts.version, file.statements.length, hash.digest("hex"));
  `;

  it("is the one ts-morph carries, at every run", () => {
    const hash = createHash("sha256");
    for (const { fileName, text } of getLibFiles()) hash.update(fileName + text);
    const expected = `${ts.version} 1 ${hash.digest("hex")}\n`;
    const folder = temporary();

    expect(run(null, show)).toBe(expected);
    expect(run(folder, show)).toBe(expected);
    const cached = cachedFiles(folder);
    expect(cached.map((file) => file.slice(file.lastIndexOf(".")))).toEqual(
      expect.arrayContaining([".code", ".lib"]),
    );
    expect(run(folder, show)).toBe(expected);
    for (const file of cached) writeFileSync(file, readFileSync(file).subarray(0, 1_000));
    expect(run(folder, show)).toBe(expected);
    expect(cachedFiles(folder).every((file) => statSync(file).size > 1_000)).toBe(true);
    expect(run(folder, show)).toBe(expected);
  }, 120_000);
});
