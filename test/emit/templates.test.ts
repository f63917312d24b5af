/**
 * `templates/` is what is emitted for the contract that grants nothing: the fixed part of every output, to be read and
 * reviewed as the files they are. `UPDATE_GOLDENS=1` rewrites them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyContract } from "../../src/model/empty.ts";
import { emit } from "../../src/emit/emit.ts";
import { compile } from "./compile.ts";

const folder = fileURLToPath(new URL("../../templates/", import.meta.url));
const source = fileURLToPath(new URL("../../src/", import.meta.url));

describe("templates", () => {
  const files = emit(emptyContract, { definitionImport: "./bindings.ts", excessProperties: "refuse" });
  for (const { name, text } of files) {
    it(`${name} is what is emitted for no bindings`, () => {
      if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(folder + name, text);
      expect(readFileSync(folder + name, "utf8")).toBe(text);
    });
  }

  // The matrix of compilers reads larger outputs; here the fixed parts meet the real sources.
  it("compile", async () => {
    const paths = { isobind: [`${source}index.ts`], "isobind/registry": [`${source}registry/index.ts`] };
    const texts = ["bindings.ts", "registry.ts", "secure-exec.d.ts"].map((name) => [
      name,
      readFileSync(folder + name, "utf8"),
    ]);
    const options = {
      paths,
      lib: ["es2024", "esnext.disposable"],
      skipLibCheck: true,
    };
    const complaints = await compile("7.0", Object.fromEntries(texts) as Record<string, string>, options);
    // Of the sources only their types are of interest here.
    const own = complaints.split("\n").filter((line) => /^(?:bindings|registry|secure-exec)/u.test(line));
    expect(own).toEqual([]);
  });
});
