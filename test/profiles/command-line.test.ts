/** Profiles and several contracts from the command line, with the sample of `docs/profiles.md`. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { validateConfig } from "../../src/config/load/validate.ts";
import several from "../../docs/samples/several-contracts.ts";
import { manifest, project, type Project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";

const sample = fileURLToPath(new URL("../../fixtures/profiles", import.meta.url));
const drop = "`db.drop` is not in the profile `pro`; it is in `admin`.";

async function generated(): Promise<Project> {
  const made = project({ "package.json": manifest });
  cpSync(sample, made.root, { recursive: true });
  const config = 'export default { definition: "./bindings.ts", profiles: ["admin", "free", "pro"] };\n';
  writeFileSync(join(made.root, "bindings.config.ts"), config);
  const { code, stdout } = await isobind(["generate"], { cwd: made.root });
  expect(code, stdout).toBe(0);
  return made;
}

describe("--profile", () => {
  it("checks scripts against what the profile has", async () => {
    const { root } = await generated();
    const pro = await isobind(["typecheck", "outside.ts", "script.ts", "--profile", "pro"], { cwd: root });
    expect(pro.code).toBe(1);
    expect(pro.stdout).toContain(`error script-binding-profile: ${drop}\n  outside.ts:1:30`);
    expect(pro.stdout).not.toContain("script.ts");
    const admin = await isobind(["typecheck", "outside.ts", "script.ts", "--profile", "admin"], {
      cwd: root,
    });
    expect([admin.code, admin.stdout]).toEqual([0, "2 scripts checked, no findings\n"]);
  });

  it("runs the host of the sample, which gives one object of functions to every plan", async () => {
    const { root } = await generated();
    const run = (script: string) =>
      isobind(["run", script, "--profile", "pro", "--registry", "host.ts"], { cwd: root });
    expect(await run("script.ts")).toMatchObject({ code: 0, stdout: "default = 'pro: 1 rows'\n" });
    const outside = await run("outside.ts");
    expect([outside.code, outside.stdout + outside.stderr]).toEqual([1, expect.stringContaining(drop)]);
  });

  it("compares what the profile had with what it has, and names the script that breaks", async () => {
    const { root, path } = await generated();
    cpSync(path("generated"), path("old"), { recursive: true });
    const text = readFileSync(path("bindings.ts"), "utf8");
    writeFileSync(path("bindings.ts"), text.replace("@profile admin, pro", "@profile admin"));
    const args = ["--scripts", "script.ts"];
    const pro = await isobind(["diff", "--against", "old/pro/contract.json", "--profile", "pro", ...args], {
      cwd: root,
    });
    expect(pro.code).toBe(1);
    expect(pro.stdout).toContain("`db.insert` is not in the profile `pro`; it is in `admin`.");
    const whole = await isobind(["diff", "--against", "old/contract.json"], { cwd: root });
    expect(whole.code).toBe(1);
    expect(whole.stdout).toContain("only in `admin` now");
  });
});

describe("the sample of several contracts", () => {
  it("is a config", () => expect(validateConfig(several)).toEqual([]));
});
