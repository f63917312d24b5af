/**
 * The files of profiles on the disk: one generation with their contract, compared with it, and removed when their profile
 * is gone, whatever file-system call fails on the way. Files that isobind did not write are nobody's to remove.
 */
import fs from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHeader } from "../../src/model/identity/header.ts";
import { generate, type GenerateResult } from "../../src/generator/generate.ts";
import { contractOutputs, type OutputFile, outputNames } from "../../src/stages.ts";
import { removeDrafts } from "../../src/files/draft.ts";
import { write } from "../../src/write/write.ts";
import { withFault } from "../write/faulty-disk.ts";
import { generation, temporaryFolder } from "../write/generation.ts";

let root = "";
beforeEach(() => (root = temporaryFolder()));
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const definition = (tag: string): string => `export interface Bindings {
  greet(name: string): string;
  /** ${tag} */
  drop(): void;
}
`;
const put = (name: string, text: string): void => {
  fs.mkdirSync(join(root, name, ".."), { recursive: true });
  fs.writeFileSync(join(root, name), text);
  // A file that is as new as the run itself is not remembered.
  fs.utimesSync(join(root, name), 1_700_000_000, 1_700_000_000 + ++edits);
};
let edits = 0;
const run = (options: { check?: boolean } = {}): Promise<GenerateResult> =>
  generate(undefined, { cwd: root, ...options });
const statuses = ({ files }: GenerateResult): Record<string, string> =>
  Object.fromEntries(files.map(({ path, status }) => [path, status]));
const folders = (): string[] =>
  fs
    .readdirSync(join(root, "generated"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
const three = contractOutputs;
/** The library of scripts is not a profile's. */
const ofProfile = outputNames.filter((name) => name !== ".secure-exec.lib.d.ts");

describe("generate", () => {
  beforeEach(() => {
    put("package.json", "{}");
    put("bindings.ts", definition("@profile admin, pro"));
    put("bindings.config.ts", 'export default { definition: "./bindings.ts" };\n');
  });

  it("writes three files a profile, each trio with a digest of its own, and imports from one level deeper", async () => {
    const result = await run();
    expect(result.ok).toBe(true);
    expect(Object.keys(statuses(result))).toEqual(
      [
        ...outputNames,
        ...["admin/", "pro/"].flatMap((folder) => ofProfile.map((name) => `${folder}${name}`)),
      ].map((name) => `generated/${name}`),
    );
    const digests = ["", "admin", "pro"].map((folder) => {
      const texts = three.map((name) => fs.readFileSync(join(root, "generated", folder, name), "utf8"));
      const found = new Set(texts.map((text) => /sha256-[0-9a-f]{64}/.exec(text)?.[0]));
      expect(found.size, folder).toBe(1);
      return [...found][0];
    });
    expect(new Set(digests).size).toBe(3);
    expect(fs.readFileSync(join(root, "generated/pro/registry.ts"), "utf8")).toContain(
      'from "../../bindings.ts"',
    );
  });

  it("names the profiles in its result, also when it was recalled, and those of a comparison", async () => {
    const profiles = async (options: { check?: boolean } = {}): Promise<readonly (readonly string[])[]> =>
      (await run(options)).contracts.map((contract) => contract.profiles);
    const before = await profiles();
    expect(before).toEqual([["admin", "pro"]]);
    expect(await profiles()).toEqual(before);
    expect(await profiles({ check: true })).toEqual(before);
    put("bindings.ts", definition("@profile admin"));
    expect(await profiles({ check: true })).toEqual([["admin"]]);
    put("bindings.ts", "export interface Bindings { then(): void }");
    expect(await profiles()).toEqual([[]]);
  });

  it("remembers profiles: a second run touches and reads nothing", async () => {
    await run();
    const again = await run();
    expect(again.contracts.map(({ recalled }) => recalled)).toEqual([true]);
    expect(new Set(Object.values(statuses(again)))).toEqual(new Set(["unchanged"]));
    expect(again.files).toHaveLength(outputNames.length + 2 * ofProfile.length);
  });

  it("finds a profile's file that is missing or stale", async () => {
    await run();
    fs.rmSync(join(root, "generated/pro/registry.ts"));
    const text = fs.readFileSync(join(root, "generated/admin/registry.ts"), "utf8");
    put("generated/admin/registry.ts", text.replace('"sync"', '"maybe"'));
    const checked = await run({ check: true });
    expect(checked.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["output-stale", "generated/admin/registry.ts"],
      ["output-missing", "generated/pro/registry.ts"],
    ]);
  });

  it("says of each profile what changed for it", async () => {
    await run();
    put("bindings.ts", definition("@profile admin"));
    put(
      "bindings.config.ts",
      'export default { definition: "./bindings.ts", profiles: ["admin", "pro"] };\n',
    );
    const { diagnostics } = await run({ check: true });
    const about = (file: string) => diagnostics.find((one) => one.file === file)?.message;
    expect(about("generated/pro/secure-exec.d.ts")).toContain("removed `drop`");
    expect(about("generated/pro/registry.ts")).toContain("removed `drop`");
    expect(about("generated/admin/secure-exec.d.ts")).toContain("documentation changed");
    expect(readHeader(fs.readFileSync(join(root, "generated/pro/secure-exec.d.ts"), "utf8")).profile).toBe(
      "pro",
    );
  });

  it("reports the files of a profile that is gone, then removes them with their folder", async () => {
    await run();
    put("bindings.ts", definition("@profile admin"));
    const checked = await run({ check: true });
    expect(checked.ok).toBe(false);
    for (const name of ofProfile) expect(statuses(checked)[`generated/pro/${name}`]).toBe("stale");
    expect(checked.diagnostics.find(({ file }) => file === "generated/pro/registry.ts")?.message).toBe(
      "`generated/pro/registry.ts` is stale: it belongs to the profile `pro`, which the definition no longer has.",
    );
    expect(folders()).toEqual(["admin", "pro"]);

    const result = await run();
    expect(result.ok).toBe(true);
    expect(statuses(result)["generated/pro/registry.ts"]).toBe("removed");
    expect(folders()).toEqual(["admin"]);
    expect((await run({ check: true })).ok).toBe(true);
  });

  it("notices when a merge brings such files back, though nothing else has changed", async () => {
    await run();
    fs.cpSync(join(root, "generated/pro"), join(root, "kept"), { recursive: true });
    put("bindings.ts", definition("@profile admin"));
    await run();
    expect((await run({ check: true })).contracts[0]?.recalled).toBe(true);
    fs.cpSync(join(root, "kept"), join(root, "generated/pro"), { recursive: true });
    expect((await run({ check: true })).ok).toBe(false);
    await run();
    expect(folders()).toEqual(["admin"]);
  });

  it("leaves everything alone that isobind did not write", async () => {
    await run();
    put("generated/pro/notes.md", "mine\n");
    put("generated/other/registry.ts", "export const mine = 1;\n");
    // Another contract's own output, and a copy under a name that is not its profile's.
    fs.cpSync(join(root, "generated/registry.ts"), join(root, "generated/nested/registry.ts"));
    fs.cpSync(join(root, "generated/pro/registry.ts"), join(root, "generated/copy/registry.ts"));
    put("bindings.ts", definition("@profile admin"));
    expect((await run()).ok).toBe(true);
    expect(folders()).toEqual(["admin", "copy", "nested", "other", "pro"]);
    expect(fs.readdirSync(join(root, "generated/pro"))).toEqual(["notes.md"]);
  });

  it("overwrites nothing of someone else's in a profile's folder, and then writes nothing at all", async () => {
    put("generated/pro/registry.ts", "export const mine = 1;\n");
    const result = await run();
    expect(result.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["output-foreign", "generated/pro/registry.ts"],
    ]);
    expect(fs.readdirSync(join(root, "generated"))).toEqual(["pro"]);
  });
});

describe("several contracts in one config", () => {
  const config = (entries: string): void =>
    put("bindings.config.ts", `export default { outDir: "./generated", definition: [${entries}] };\n`);
  const api = '{ name: "api", definition: "./api.ts" }';
  const ops = '{ name: "ops", definition: "./ops.ts" }';
  beforeEach(() => {
    put("package.json", "{}");
    put("api.ts", definition("@profile admin, pro"));
    put("ops.ts", "export interface Bindings {\n  restart(): void;\n}\n");
    config(`${api}, ${ops}`);
  });

  it("gives each a folder, its own profiles and its own digest, and names it in the result", async () => {
    const result = await run();
    expect(result.contracts.map(({ name, leaves }) => [name, leaves])).toEqual([
      ["api", 2],
      ["ops", 1],
    ]);
    expect(folders()).toEqual(["api", "ops"]);
    expect(fs.readdirSync(join(root, "generated/api")).sort()).toEqual(
      ["admin", ...outputNames, "pro"].sort(),
    );
    expect(new Set(result.contracts.map(({ digest }) => digest)).size).toBe(2);
  });

  it("narrows to one by name, and knows a misspelt name", async () => {
    const one = await generate(undefined, { cwd: root, contract: "ops" });
    expect(one.files.map(({ path }) => path)).toEqual(outputNames.map((name) => `generated/ops/${name}`));
    const none = await generate(undefined, { cwd: root, contract: "oops" });
    expect(none.diagnostics.map(({ message }) => message)).toEqual([
      "The config has no contract `oops`. Did you mean `ops`?",
    ]);
  });

  it("writes none of them when one is wrong, and names its file", async () => {
    put("ops.ts", "export interface Bindings {\n  then(): void;\n}\n");
    const result = await run();
    expect(result.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["binding-name-reserved", "ops.ts"],
    ]);
    expect(fs.existsSync(join(root, "generated"))).toBe(false);
  });

  it("says which one is stale", async () => {
    await run();
    put("ops.ts", "export interface Bindings {\n  restart(soon?: boolean): void;\n}\n");
    const { diagnostics, files } = await run({ check: true });
    expect(new Set(diagnostics.map(({ file }) => file?.split("/")[1]))).toEqual(new Set(["ops"]));
    const unchanged = files.filter(({ status }) => status === "unchanged").map(({ path }) => path);
    const ofContract = unchanged.filter((path) => three.some((name) => path.endsWith(`/${name}`)));
    expect(ofContract.every((path) => path.includes("/api/"))).toBe(true);
  });

  it("lets profiles be listed for all of them, or for one", async () => {
    config('{ name: "api", definition: "./api.ts", profiles: ["admin", "free", "pro"] }, ' + ops);
    await run();
    expect(fs.readdirSync(join(root, "generated/api"))).toContain("free");
    expect(fs.readdirSync(join(root, "generated/ops"))).toEqual(outputNames.toSorted());
  });

  it("refuses a contract whose folder is another one's profile, and writes nothing", async () => {
    config(
      '{ name: "api", definition: "./api.ts", outDir: "./generated" }, { name: "ops", definition: "./ops.ts", outDir: "./generated/pro" }',
    );
    const result = await run();
    expect(result.ok).toBe(false);
    expect(result.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        "config-invalid",
        "The contracts `api` and `ops` would both write into `generated/pro`: one of them for a profile of that name.",
      ],
    ]);
    expect(fs.existsSync(join(root, "generated"))).toBe(false);
  });
});

describe("every file-system call", () => {
  const marked = (word: string, folder: string): OutputFile[] =>
    generation(word + folder).map(({ name, text }) => ({
      name: `${folder}/${name}` as OutputFile["name"],
      text:
        name === "contract.json"
          ? text.replace("{", `{ "profile": { "name": "${folder}" },`)
          : `${text}// @profile ${folder}\n`,
    }));
  const before = [...generation("old"), ...marked("old", "gone"), ...marked("old", "kept")];
  const after = [...generation("new"), ...marked("new", "kept"), ...marked("new", "made")];
  const asTree = (files: readonly OutputFile[]): Record<string, string> =>
    Object.fromEntries(
      files.map(({ name, text }) => [name, text] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );

  /** Path -> text of everything below a folder; of an empty folder its name. */
  function tree(folder: string): Record<string, string> {
    if (!fs.existsSync(folder)) return {};
    const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      if (entry.isDirectory())
        return fs.readdirSync(path).length === 0 ? [[relative(folder, path), "empty"]] : [];
      return [[relative(folder, path), fs.readFileSync(path, "utf8")]];
    });
    return Object.fromEntries(entries.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
  }

  it.each([
    ["fails", "EIO"],
    ["is the last of a killed run", "killed before"],
  ] as const)(
    "that %s leaves whole files, and the next run one generation, profiles that come and go included",
    async (_, fault) => {
      let at = 1;
      for (; ; at++) {
        const outDir = join(root, String(at));
        const put = async (files: readonly OutputFile[]) => {
          removeDrafts(outDir);
          return write(files, { outDir, root, mode: "write" });
        };
        await put(before);
        expect(tree(outDir)).toEqual(asTree(before));
        const hit = await withFault(fault, at, () => put(after));
        if (hit === null) break;
        removeDrafts(outDir);
        const texts = { ...asTree(before), ...asTree(after) };
        for (const [name, text] of Object.entries(tree(outDir)))
          expect([asTree(before)[name], texts[name]], `call ${at}, ${hit}, ${name}`).toContain(
            text === "empty" ? undefined : text,
          );
        // Whatever was left, the next run makes it whole. That an empty folder was made by isobind nobody can tell.
        expect((await put(after)).diagnostics).toEqual([]);
        const { gone, ...left } = tree(outDir);
        expect([undefined, "empty"]).toContain(gone);
        expect(left, `call ${at}, ${hit}`).toEqual(asTree(after));
      }
      expect(at).toBeGreaterThan(40);
    },
    180_000,
  );
});
