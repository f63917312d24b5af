import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

describe("isobind typecheck", () => {
  it("reports all mistakes of all scripts with place, frame and suggestion", async () => {
    const { root } = project({
      ...files,
      "scripts/a.ts": "SecureExec.bindings.math.ad(1, 2);\n",
      "scripts/b.js": "SecureExec.bindings.greet(42);\nconsole.log(process.env);\n",
      "scripts/fine.ts": "console.log(await SecureExec.bindings.math.later(1));\n",
    });
    await isobind(["generate"], { cwd: root });
    const { code, stdout } = await isobind(["typecheck", "scripts"], { cwd: root });
    expect(code).toBe(1);
    expect(stdout).toContain("scripts/a.ts:1:26");
    expect(stdout).toContain("Did you mean `add`?");
    expect(stdout).toContain("scripts/b.js:1:27");
    expect(stdout).toContain("process");
    expect(stdout).not.toContain("fine.ts");
    const github = await isobind(["typecheck", "scripts/*.ts", "--format", "github"], { cwd: root });
    expect(github.stdout).toContain("::error file=scripts/a.ts,line=1");
    expect(github.stdout.trim().split("\n")).toHaveLength(1);
  });

  it("knows what the config's engines have, the oldest of several", async () => {
    const { root } = project({ ...files, "one.ts": "export default await Promise.try(() => 1);\n" });
    await isobind(["generate"], { cwd: root });
    const old = await isobind(["typecheck", "one.ts"], { cwd: root });
    expect(old.code).toBe(1);
    expect(old.stdout).toContain("Node 22 does not have it, Node 24 does");
    const config = readFileSync(join(root, "bindings.config.ts"), "utf8");
    const engines = `engines: ["node26", "node24"], definition`;
    writeFileSync(join(root, "bindings.config.ts"), config.replace("definition", engines));
    expect((await isobind(["typecheck", "one.ts"], { cwd: root })).code).toBe(0);
    // A declaration that is named brings the library that lies beside it.
    const named = ["typecheck", "one.ts", "--declaration", "generated/secure-exec.d.ts"];
    expect((await isobind(named, { cwd: root })).code).toBe(1);
    await isobind(["generate"], { cwd: root });
    expect((await isobind(named, { cwd: root })).code).toBe(0);
    mkdirSync(join(root, "generated/pro"));
    renameSync(join(root, "generated/secure-exec.d.ts"), join(root, "generated/pro/secure-exec.d.ts"));
    const profile = ["typecheck", "one.ts", "--declaration", "generated/pro/secure-exec.d.ts"];
    expect((await isobind(profile, { cwd: root })).code).toBe(0);
  });

  it("takes the kind of scripts from `--kind`, unless they name one", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
        export interface Scripts { rule: { result: boolean }; sum: { input: number; result: number } }`,
      "rule.ts": "// @script rule\nexport default 1 > 0;\n",
      "sum.ts": "export default input.toFixed();\n",
    });
    await isobind(["generate"], { cwd: root });
    expect((await isobind(["typecheck", "rule.ts", "sum.ts"], { cwd: root })).code).toBe(0);
    const { code, stdout } = await isobind(["typecheck", "rule.ts", "sum.ts", "--kind", "sum"], {
      cwd: root,
    });
    expect(code).toBe(1);
    expect(stdout).toContain("error script-result: A script of the kind `sum` has to give `number`");
    expect(stdout).toContain("sum.ts:1:16");
    expect(stdout).not.toContain("rule.ts");
    const other = await isobind(["typecheck", "sum.ts", "--kind", "sun"], { cwd: root });
    expect(other.stdout).toContain("There is no kind of script `sun`. Did you mean `sum`?");
  });

  it("tells what a type without a name has once", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
        export interface Script { result: { kind: "month" | "year"; sum: number } }`,
      "day.ts": `export default { kind: "day", sum: 1 };\n`,
    });
    await isobind(["generate"], { cwd: root });
    const { stdout } = await isobind(["typecheck", "day.ts"], { cwd: root });
    expect(stdout).toContain(`help: in the editor this type is \`SecureExec.Script["result"]\`.`);
  });

  it("exits 0 for scripts that fit, and says how many there were", async () => {
    const { root } = project({ ...files, "one.ts": "export default SecureExec.bindings.greet('a');\n" });
    await isobind(["generate"], { cwd: root });
    expect(await isobind(["typecheck", "one.ts"], { cwd: root })).toEqual({
      code: 0,
      stdout: "1 script checked, no findings\n",
      stderr: "",
    });
  });

  it("says to generate first, names a missing declaration, and finds patterns that match nothing", async () => {
    const { root } = project({ ...files, "one.ts": "" });
    const early = await isobind(["typecheck", "one.ts"], { cwd: root });
    expect(early.code).toBe(2);
    expect(early.stderr).toContain("isobind generate");
    expect((await isobind(["typecheck", "one.ts", "--declaration", "no.d.ts"], { cwd: root })).code).toBe(2);
    const other = await isobind(["typecheck", "one.ts", "--declaration", "package.json"], { cwd: root });
    expect(other).toMatchObject({ code: 2, stdout: "" });
    expect(other.stderr).toContain("`package.json` does not declare `SecureExec`");
    expect((await isobind(["typecheck", "one.ts", "--declaration", "."], { cwd: root })).code).toBe(2);
    await isobind(["generate"], { cwd: root });
    const none = await isobind(["typecheck", "nothing/*.ts"], { cwd: root });
    expect(none.code).toBe(2);
    expect(none.stdout).toContain("script-missing");
    writeFileSync(join(root, "page.tsx"), "");
    const passed = await isobind(["typecheck", "{one.ts,page.tsx}"], { cwd: root });
    expect(passed).toMatchObject({ code: 0 });
    expect(passed.stdout).toContain("warning script-jsx: ");
  });

  it("prints what is wrong with the config as every command does, in the format that was asked for", async () => {
    const { root } = project({
      ...files,
      "bindings.config.ts": `export default {\n  definitoin: "./b.ts",\n};\n`,
    });
    const checked = await isobind(["check"], { cwd: root });
    expect(checked.stdout).toContain("bindings.config.ts:2:3");
    expect(await isobind(["typecheck", "."], { cwd: root })).toEqual(checked);
    expect(await isobind(["run", "bindings.ts"], { cwd: root })).toEqual({
      code: 2,
      stdout: "",
      stderr: checked.stdout,
    });
    const json = await isobind(["typecheck", ".", "--format", "json"], { cwd: root });
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, diagnostics: [{ code: "config-invalid" }] });
  });

  it("tells a script of an older contract what has changed since, from the history of the repository", async () => {
    const { root } = project({ ...files });
    const git = (...args: string[]): void => {
      const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.hooksPath=none"];
      execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
    };
    const digest = (): string =>
      /@contract (\S+)/.exec(readFileSync(join(root, "generated/secure-exec.d.ts"), "utf8"))?.[1] ?? "";
    await isobind(["generate"], { cwd: root });
    const old = digest();
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "old");
    const definition = join(root, "bindings.ts");
    writeFileSync(definition, readFileSync(definition, "utf8").replace("greet", "welcome"));
    await isobind(["generate"], { cwd: root });
    git("commit", "--quiet", "--all", "--message", "new");
    writeFileSync(join(root, "old.ts"), `// @contract ${old}\nexport default 1;\n`);
    writeFileSync(join(root, "unknown.ts"), `// @contract sha256-${"0".repeat(64)}\nexport default 1;\n`);

    const { code, stdout } = await isobind(["typecheck", "*.ts", "--format", "json"], { cwd: root });
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { code: string; file: string; message: string }[];
    };
    const message = (file: string): string =>
      diagnostics.find((one) => one.file === file && one.code === "script-contract-mismatch")?.message ?? "";
    expect(message("old.ts")).toContain(`\`${digest()}\`: renamed \`greet\` to \`welcome\`.`);
    expect(message("unknown.ts")).toContain(`\`${digest()}\`.`);
  });
});
