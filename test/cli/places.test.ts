/** Where a command is typed: a config named by its folder, one that lies below, and paths as the person sees them. */
import { describe, expect, it } from "vitest";
import { kinds } from "../../src/diff/kinds.ts";
import { config, files, manifest, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const workspace = (extra: Readonly<Record<string, string>> = {}) =>
  project({
    "package.json": manifest,
    "packages/app/bindings.config.ts": config,
    "packages/app/bindings.ts": files["bindings.ts"],
    "docs/readme.txt": "",
    ...extra,
  });

describe("a config", () => {
  it("is named by its folder, for every command", async () => {
    const { root } = workspace();
    const made = await isobind(["generate", "-c", "packages/app"], { cwd: root });
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toContain("packages/app/generated/registry.ts");
    // From memory too.
    expect((await isobind(["generate", "-c", "packages/app"], { cwd: root })).code).toBe(0);
    expect((await isobind(["check", "-c", "./packages/app/"], { cwd: root })).code).toBe(0);
    expect(
      (await isobind(["doctor", "-c", "packages/app", "--format", "json"], { cwd: root })).stdout,
    ).toContain("the config can be used");
  });

  it("is not looked for above the folder that was named", async () => {
    const { root } = workspace({ "bindings.config.ts": config });
    const { code, stdout } = await isobind(["generate", "-c", "docs"], { cwd: root });
    expect(code).toBe(2);
    expect(stdout).toContain("There is no `bindings.config.ts` in the folder `docs`.");
  });

  it("that lies below is suggested, as one would type it", async () => {
    const { root, write } = workspace();
    const one = await isobind(["check"], { cwd: root });
    expect(one.code).toBe(2);
    expect(one.stdout).toContain("`--config packages/app/bindings.config.ts`.");
    write("packages/web/bindings.config.mts", config);
    write("node_modules/some/bindings.config.ts", config);
    const two = await isobind(["check", "-c", "packages"], { cwd: root });
    expect(two.stdout).toContain("`--config packages/app/bindings.config.ts`, or the other one below.");
    const none = await isobind(["check"], { cwd: `${root}/docs` });
    expect(none.stdout).toContain("run `isobind init`");
  });
});

describe("paths in text", () => {
  it.each([
    [".", "packages/app/"],
    ["packages", "app/"],
    ["packages/app/src", "../"],
    ["docs", "../packages/app/"],
  ])("are relative to where the command was typed: in %s", async (folder, to) => {
    const { root, write } = workspace({ "packages/app/src/empty.txt": "" });
    const at = { cwd: `${root}/${folder}` };
    const named = ["-c", `${root}/packages/app`];
    const made = await isobind(["generate", ...named], at);
    expect(made.stdout).toContain(`written    ${to}generated/registry.ts`);
    write("packages/app/bindings.ts", files["bindings.ts"].replace("greet:", "then:"));
    const wrong = await isobind(["check", ...named], at);
    expect(wrong.stdout).toContain(`  ${to}bindings.ts:5:3\n`);
    expect(wrong.stdout).toContain("| ");
    write("packages/app/bindings.ts", files["bindings.ts"].replace("greet:", "welcome:"));
    const stale = await isobind(["check", ...named], at);
    expect(stale.stdout).toContain(`\`${to}generated/registry.ts\` is stale`);
    // The finding has said it; the list is of the others.
    expect(stale.stdout).not.toMatch(/^(?:stale|missing) /mu);
    // Programs find files from the config, as before.
    const json = JSON.parse((await isobind(["check", ...named, "--format", "json"], at)).stdout) as {
      readonly diagnostics: readonly { readonly file: string }[];
    };
    expect(json.diagnostics.map(({ file }) => file)).toContain("generated/registry.ts");
  });
});

it("doctor names files from where it was typed, too", async () => {
  const { root } = workspace();
  const { stdout } = await isobind(["doctor", "-c", "packages/app"], { cwd: root });
  expect(stdout).toContain("packages/app/generated/registry.ts is missing");
});

describe("isobind explain", () => {
  it.each(Object.keys(kinds))("knows the kind of change %s", async (kind) => {
    const { code, stdout } = await isobind(["explain", kind]);
    expect(code).toBe(0);
    expect(stdout).toContain(`# ${kind}`);
    expect(stdout).toContain(kinds[kind as keyof typeof kinds].class);
    expect(stdout).not.toMatch(/\{(?:name|before|after)\}/u);
  });

  it("suggests a kind, and lists them", async () => {
    expect((await isobind(["explain", "leaf-remvoed"])).stderr).toContain("Did you mean `leaf-removed`?");
    expect((await isobind(["explain"])).stdout.split("\n")).toContain("leaf-removed");
  });
});

it("ends with 2 when a script is missing, whichever command was told its name", async () => {
  const { root } = project(files);
  await isobind(["generate"], { cwd: root });
  const contract = "generated/contract.json";
  for (const argv of [
    ["run", "gone.ts"],
    ["typecheck", "gone.ts"],
    ["typecheck", "bindings.config.ts", "gone.ts"],
    ["diff", "--against", contract, "--scripts", "gone.ts"],
  ]) {
    expect((await isobind(argv, { cwd: root })).code, argv.join(" ")).toBe(2);
  }
});

it("prints the version for -v", async () => {
  const { stdout, code } = await isobind(["-v"]);
  expect(code).toBe(0);
  expect(stdout).toBe((await isobind(["--version"])).stdout);
});
