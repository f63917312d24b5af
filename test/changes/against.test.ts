import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync as readFile, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { readAgainst } from "../../src/changes/against/against.ts";
import { parsePackage } from "../../src/changes/against/npm.ts";
import { readTarball } from "../../src/changes/against/tarball.ts";
import { diff } from "../../src/changes/diff-project.ts";
import { emitContractJson } from "../../src/emit/contract-json.ts";
import { sideOf } from "../diff/sides.ts";

const repository = mkdtempSync(join(tmpdir(), "isobind-against-"));
const root = join(repository, "packages/api");
const git = (...args: string[]): void => {
  execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args],
    { cwd: repository, stdio: "ignore" },
  );
};
const put = (file: string, text: string): void => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
};
const first = "export interface Bindings { greet(name: string): string; bye(): void }";
const contractText = emitContractJson(sideOf(first).contract);
const context = { cwd: root, root, contractFile: join(root, "generated/contract.json") };

beforeAll(() => {
  put("bindings.ts", first);
  put("bindings.config.ts", 'export default { definition: "./bindings.ts" };\n');
  put("generated/contract.json", contractText);
  put("node_modules/@acme/bindings/package.json", '{ "name": "@acme/bindings", "version": "1.2.3" }');
  put("node_modules/@acme/bindings/generated/contract.json", contractText);
  put("node_modules/empty/package.json", '{ "name": "empty", "version": "1.0.0" }');
  git("init", "-q", "-b", "main");
  git("add", "packages/api/bindings.ts", "packages/api/generated");
  git("commit", "-q", "-m", "one");
  git("tag", "v1");
  put("bindings.ts", "export interface Bindings { greet(name: string, shout?: boolean): string }");
  put("generated/contract.json", "{}");
});
afterAll(() => {
  rmSync(repository, { recursive: true });
});

describe("--against", () => {
  it.each(["main", "HEAD", "v1"])("reads the git ref %s without touching the working tree", async (ref) => {
    expect(await readAgainst(ref, context)).toEqual({
      ok: true,
      value: { text: contractText, mergeBase: null },
    });
  });

  it("reads a path", async () => {
    expect(await readAgainst("generated/contract.json", context)).toEqual({
      ok: true,
      value: { text: "{}", mergeBase: null },
    });
    expect(await readAgainst("generated", context)).toEqual({
      ok: true,
      value: { text: "{}", mergeBase: null },
    });
  });

  it.each(["@acme/bindings", "npm:@acme/bindings", "@acme/bindings@1.2.3"])(
    "reads the installed package %s",
    async (name) => {
      expect(await readAgainst(name, context)).toEqual({
        ok: true,
        value: { text: contractText, mergeBase: null },
      });
    },
  );

  it("says that there is no git ref where there is no repository", async () => {
    const outside = mkdtempSync(join(tmpdir(), "isobind-outside-"));
    // The temporary folder itself may be in one.
    vi.stubEnv("GIT_CEILING_DIRECTORIES", tmpdir());
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(outside, { recursive: true, force: true });
    });
    const contractFile = join(outside, "generated/contract.json");
    const found = await readAgainst("HEAD", { cwd: outside, root: outside, contractFile });
    expect(found.ok ? "" : found.problem.message).toBe(
      `\`HEAD\` is no file and no installed package, and \`${outside}\` is in no git repository, so it is no git ref either.`,
    );
  });

  it.each([
    ["no-such-branch", /no file, no git ref .* no installed package/u],
    ["--output=x", /no file, no git ref/u],
    ["mian", /no installed package\. Did you mean `main`\?$/u],
    ["v11..HEAD", /no installed package\. Did you mean `v1`\?$/u],
    ["generated/contrat.json", /does not exist\. Did you mean `generated\/contract\.json`\?$/u],
    ["missing/contract.json", /does not exist\.$/u],
    ["npm:empty", /has no contract\.json/u],
    ["npm:Not A Name", /is no package name/u],
  ])("explains why %s cannot be read", async (against, message) => {
    const found = await readAgainst(against, context);
    expect(found.ok).toBe(false);
    if (!found.ok) expect(found.problem.message).toMatch(message);
  });

  it("says so when the contract was not committed at the ref", async () => {
    const found = await readAgainst("v1", {
      ...context,
      contractFile: join(root, "elsewhere/contract.json"),
    });
    expect(found).toMatchObject({ ok: false });
    if (!found.ok)
      expect(found.problem.message).toBe("`packages/api/elsewhere/contract.json` does not exist at `v1`.");
  });

  it("reads package names with and without a version", () => {
    expect(parsePackage("npm:@acme/bindings@^2.0.0")).toEqual({ name: "@acme/bindings", version: "^2.0.0" });
    expect(parsePackage("left-pad")).toEqual({ name: "left-pad", version: null });
    expect(parsePackage("--registry=x")).toBeNull();
    expect(parsePackage("a b")).toBeNull();
    expect(parsePackage("a@1; rm -rf")).toBeNull();
  });

  it("reads a tarball as npm packs it, long names too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-pack-"));
    try {
      const long = `${"deep/".repeat(30)}contract.json`;
      mkdirSync(join(folder, long, ".."), { recursive: true });
      writeFileSync(join(folder, "package.json"), '{ "name": "packed", "version": "1.0.0" }');
      writeFileSync(join(folder, "contract.json"), contractText);
      writeFileSync(join(folder, long), "long");
      execFileSync("npm", ["pack", "--silent"], { cwd: folder, stdio: "ignore" });
      const files = readTarball(readFile(join(folder, "packed-1.0.0.tgz")), (name) =>
        name.endsWith("contract.json"),
      );
      expect(Object.fromEntries(files)).toEqual({
        "package/contract.json": contractText,
        [`package/${long}`]: "long",
      });

      // As `--against` takes it: the same path as in the project, from any folder.
      const inRoot = { cwd: folder, root: folder, contractFile: join(folder, "contract.json") };
      expect(await readAgainst("./packed-1.0.0.tgz", inRoot)).toEqual({
        ok: true,
        value: { text: contractText, mergeBase: null },
      });
      writeFileSync(join(folder, "broken.tgz"), "no archive");
      expect(await readAgainst("broken.tgz", inRoot)).toMatchObject({
        problem: { message: expect.stringContaining("no package") as string },
      });
      expect(await readAgainst("gone.tgz", inRoot)).toMatchObject({
        problem: { message: expect.stringContaining("does not exist") as string },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("diff of a project", () => {
  it("compares the definition as it is with a ref, and checks scripts", async () => {
    put("scripts/a.ts", "SecureExec.bindings.bye();\n");
    const progress: unknown[] = [];
    const result = await diff(undefined, {
      cwd: root,
      against: "v1",
      scripts: ["scripts/*.ts"],
      onProgress: (step) => progress.push(step),
    });
    expect(progress[0]).toEqual({ contract: "bindings", scripts: null });
    const { scripts } = progress.at(-1) as { scripts: { done: number; all: number } };
    expect(scripts.done).toBe(scripts.all);
    expect(result).toMatchObject({ ok: false, compared: true, verdict: "major" });
    expect(result.contracts[0]?.changes.map(({ kind }) => kind)).toEqual([
      "leaf-removed",
      "parameter-optional-added",
    ]);
    expect(result.contracts[0]?.impact?.broken[0]?.breaks[0]?.cause?.kind).toBe("leaf-removed");
    expect(result.diagnostics.map(({ code, file, line }) => `${code} ${file}:${line}`)).toEqual([
      "contract-breaking bindings.ts:1",
      "contract-changed bindings.ts:1",
      "script-broken scripts/a.ts:1",
    ]);
  });

  it("fails on what it is told to fail on", async () => {
    const ok = async (failOn: "breaking" | "none"): Promise<boolean> =>
      (await diff(undefined, { cwd: root, against: "v1", failOn })).ok;
    expect(await ok("breaking")).toBe(false);
    expect(await ok("none")).toBe(true);
  });

  it("does not compare with what is no contract", async () => {
    const result = await diff(undefined, { cwd: root, against: "generated/contract.json" });
    expect(result).toMatchObject({ ok: false, compared: false });
    expect(result.diagnostics).toMatchObject([{ code: "against-unreadable" }]);
  });
});
