import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { files, project, type Project } from "./project.ts";
import { isobind } from "./testing-io.ts";

/** A repository whose HEAD holds generated output, and whose work tree holds `definition`. */
async function repository(definition: string, more: Readonly<Record<string, string>> = {}): Promise<Project> {
  const made = project({ ...files, ...more });
  await isobind(["generate"], { cwd: made.root });
  const git = (...args: string[]): void => {
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", ...args],
      { cwd: made.root },
    );
  };
  git("init", "-q");
  made.write(".gitignore", "node_modules\n");
  git("add", ".");
  git("commit", "-qm", "first");
  made.write("bindings.ts", definition);
  return made;
}

const widened = files["bindings.ts"].replace(
  "greet: (name: string)",
  "greet: (name: string, formal?: boolean)",
);
const narrowed = files["bindings.ts"].replace(
  "add: (a: number, b: number) => a + b",
  "add: (a: number, b: number, c: number) => a + b + c",
);

describe("isobind diff", () => {
  it("calls a wider parameter compatible and exits 0", async () => {
    const { root } = await repository(widened);
    const { code, stdout } = await isobind(["diff", "--against", "HEAD"], { cwd: root });
    expect(code).toBe(0);
    expect(stdout).toContain("compatible");
    expect(stdout.trim().split("\n").at(-1)).toContain("minor");
  });

  it("calls a new required parameter breaking, exits 1, and names the scripts that break", async () => {
    const { root } = await repository(narrowed, {
      "scripts/sum.ts": "export default SecureExec.bindings.math.add(1, 2);\n",
      "scripts/greet.ts": "export default SecureExec.bindings.greet('Ada');\n",
    });
    const { code, stdout } = await isobind(["diff", "--against", "HEAD", "--scripts", "scripts/*.ts"], {
      cwd: root,
    });
    expect(code).toBe(1);
    expect(stdout).toContain("scripts/sum.ts:1:");
    expect(stdout).not.toContain("scripts/greet.ts");
    expect(stdout).toContain("1 of 2 scripts breaks\n");
    expect(stdout).toContain("major");
    expect((await isobind(["diff", "--against", "HEAD", "--fail-on", "none"], { cwd: root })).code).toBe(0);
  });

  it("prints json, sarif, github and markdown", async () => {
    const { root } = await repository(narrowed);
    const print = async (format: string): Promise<string> =>
      (await isobind(["diff", "--against", "HEAD", "--format", format], { cwd: root })).stdout;
    expect(JSON.parse(await print("json"))).toMatchObject({
      ok: false,
      verdict: "major",
      diagnostics: [{ code: "contract-breaking" }],
    });
    expect(JSON.parse(await print("sarif"))).toMatchObject({ version: "2.1.0" });
    expect(await print("github")).toContain("::error file=bindings.ts");
    expect(await print("markdown")).toContain("## Contract: **major**");
  });

  it("compares with a contract.json, and exits 2 for what cannot be compared with", async () => {
    const { root, path, write } = await repository(files["bindings.ts"]);
    const { readFileSync } = await import("node:fs");
    write("old.json", readFileSync(path("generated/contract.json"), "utf8"));
    write("bindings.ts", narrowed);
    expect((await isobind(["diff", "--against", "old.json"], { cwd: root })).code).toBe(1);
    for (const against of ["no-such-ref", "nothing/contract.json"]) {
      const { code, stdout, stderr } = await isobind(["diff", "--against", against], { cwd: root });
      expect(code, stdout + stderr).toBe(2);
    }
    expect((await isobind(["diff"], { cwd: root })).code).toBe(2);
  });

  it("refuses a contract that the config does not have, instead of comparing nothing", async () => {
    const { root } = project(files);
    await isobind(["generate"], { cwd: root });
    const argv = ["diff", "--against", "generated/contract.json", "--contract", "bindigns"];
    const { code, stdout } = await isobind(argv, { cwd: root });
    expect(code).toBe(2);
    expect(stdout).toContain("no contract `bindigns`");
  });
});
