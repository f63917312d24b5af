import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type WriteOptions, write } from "../../src/write/write.ts";
import { asContents, contents, generation, put, temporaryFolder } from "./generation.ts";

const one = generation("one");
const two = generation("two");

function folder(): { root: string; outDir: string; options: (over?: Partial<WriteOptions>) => WriteOptions } {
  const root = temporaryFolder();
  const outDir = join(root, "generated");
  return { root, outDir, options: (over = {}) => ({ outDir, root, mode: "write", ...over }) };
}

const statuses = (files: readonly { status: string }[]): string[] => files.map(({ status }) => status);

describe("writing", () => {
  it("makes the folder and the files, and names them relative to the root", async () => {
    const { outDir, options } = folder();
    const { files, diagnostics } = await write(one, options());
    expect(diagnostics).toEqual([]);
    expect(files).toEqual([
      { path: "generated/registry.ts", status: "written" },
      { path: "generated/secure-exec.d.ts", status: "written" },
      { path: "generated/contract.json", status: "written" },
    ]);
    expect(contents(outDir)).toEqual(asContents(one));
  });

  it("touches nothing that says the same", async () => {
    const { outDir, options } = folder();
    await write(one, options());
    const past = new Date(2020, 1, 1);
    for (const { name } of one) utimesSync(join(outDir, name), past, past);
    const changed = one.map((file) =>
      file.name === "registry.ts" ? { ...file, text: `${file.text}export {};\n` } : file,
    );
    expect(statuses((await write(changed, options())).files)).toEqual(["written", "unchanged", "unchanged"]);
    expect(statSync(join(outDir, "contract.json")).mtimeMs).toBe(past.getTime());
    expect(statuses((await write(changed, options())).files)).toEqual([
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
  });

  it("leaves a formatted or CRLF check-out alone, unless the text means something else", async () => {
    const { outDir, options } = folder();
    put(
      outDir,
      one.map(({ name, text }) => ({ name, text: text.replaceAll("\n", "\r\n").replaceAll(";", "") })),
    );
    expect(statuses((await write(one, options())).files)).toEqual(["unchanged", "unchanged", "unchanged"]);
    expect(statuses((await write(two, options())).files)).toEqual(["written", "written", "written"]);
    expect(contents(outDir)).toEqual(asContents(two));
  });

  it("follows a folder that is a link", async () => {
    const { root, outDir, options } = folder();
    mkdirSync(join(root, "real"));
    symlinkSync(join(root, "real"), outDir);
    await write(one, options());
    expect(contents(join(root, "real"))).toEqual(asContents(one));
  });
});

describe("comparing", () => {
  it("says what is stale and what is missing, and writes nothing", async () => {
    const { outDir, options } = folder();
    expect(statuses((await write(one, options({ mode: "compare" }))).files)).toEqual([
      "missing",
      "missing",
      "missing",
    ]);
    expect(contents(outDir)).toEqual({});
    await write(one, options());
    rmSync(join(outDir, "contract.json"));
    expect(statuses((await write(two, options({ mode: "compare" }))).files)).toEqual([
      "stale",
      "stale",
      "missing",
    ]);
    expect(readdirSync(outDir)).toHaveLength(2);
  });
});

describe("a file in the way", () => {
  it("that isobind did not generate is not overwritten, and neither is anything else", async () => {
    const { outDir, options } = folder();
    await write(one, options());
    put(outDir, [{ name: "registry.ts", text: "export const mine = 1;\n" }]);
    const before = contents(outDir);
    const { diagnostics, files } = await write(two, options());
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["output-foreign", "generated/registry.ts"],
    ]);
    expect(files).toEqual([]);
    expect(contents(outDir)).toEqual(before);
    expect((await write(two, options({ force: true }))).diagnostics).toEqual([]);
    expect(contents(outDir)).toEqual(asContents(two));
  });

  it.each([
    ["a file where the folder should be", (outDir: string) => writeFileSync(outDir, "x")],
    [
      "a folder of a file's name",
      (outDir: string) => mkdirSync(join(outDir, "registry.ts"), { recursive: true }),
    ],
  ])("%s is a finding without paths of the machine", async (_, obstruct) => {
    const { root, outDir, options } = folder();
    obstruct(outDir);
    const { diagnostics } = await write(one, options());
    expect(diagnostics.map(({ code }) => code)).toEqual(["output-unwritable"]);
    expect(diagnostics[0]?.message).not.toContain(root);
  });

  it.skipIf(process.getuid?.() === 0)("a folder without permission is a finding", async () => {
    const { outDir, options } = folder();
    mkdirSync(outDir);
    chmodSync(outDir, 0o500);
    expect((await write(one, options())).diagnostics[0]?.message).toContain("permission was denied");
  });
});

describe("format", () => {
  it("uses the project's own prettier options, and stays unchanged afterwards", async () => {
    const { root, outDir, options } = folder();
    put(root, [
      { name: ".prettierrc.json", text: `{ "singleQuote": true, "semi": false, "endOfLine": "crlf" }` },
    ]);
    await write(one, options({ format: true }));
    expect(contents(outDir)["registry.ts"]).toBe(one[0]?.text.replaceAll('"', "'").replaceAll(";", ""));
    expect(statuses((await write(one, options({ format: true }))).files)).toEqual([
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
    put(outDir, one);
    expect(statuses((await write(one, options({ format: true, mode: "compare" }))).files)).toEqual([
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
    expect(statuses((await write(one, options({ format: true }))).files)).toContain("written");
  });
});
