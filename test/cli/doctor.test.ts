import { renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeEngine } from "../../src/cli/doctor/scripts.ts";
import { flagFindings, nodeFinding } from "../../src/cli/doctor/node.ts";
import { typescriptFinding } from "../../src/cli/doctor/typescript.ts";
import { config, files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

interface Report {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly fix: string | null;
  }[];
}

const scripts = `{
  // scripts see the sandbox only
  "compilerOptions": { "lib": ["es2023"], "types": [], "strict": true, },
  "include": [".", "../generated/secure-exec.d.ts"],
}\n`;

async function doctor(cwd: string): Promise<Report & { code: number }> {
  const { code, stdout } = await isobind(["doctor", "--format", "json"], { cwd });
  return { code, ...(JSON.parse(stdout) as Report) };
}

describe("isobind doctor", () => {
  it("finds nothing in a healthy project", async () => {
    const { root } = project({
      ...files,
      "scripts/tsconfig.json": scripts,
      "node_modules/isolated-vm.txt": "",
    });
    await isobind(["generate"], { cwd: root });
    const { code, ok, findings } = await doctor(root);
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect([code, ok]).toEqual([0, true]);
    for (const name of [
      "config",
      "node",
      "flags",
      "isolated-vm",
      "package type",
      "isobind",
      "definition",
      "output",
      "definition import",
      "scripts",
      "typescript",
    ]) {
      expect(findings.map((finding) => finding.name)).toContain(name);
    }
    const text = await isobind(["doctor"], { cwd: root });
    expect(text.stdout).toContain("Everything is as it should be.");
  });

  it("says that nothing can be remembered, as generate --verbose does", async () => {
    const { root, write } = project({ ...files, "node_modules/.cache": "no folder" });
    const { findings } = await doctor(root);
    expect(findings.find(({ name }) => name === "cache")).toMatchObject({
      status: "warning",
      message: expect.stringMatching(/^nothing can be remembered.*\.cache/u) as string,
      fix: expect.stringContaining("writable") as string,
    });
    write("bindings.config.ts", config);
    // Of a file as young as the run itself nothing is remembered in any case, and nobody tries to.
    utimesSync(join(root, "bindings.config.ts"), 1, 1);
    const told = await isobind(["generate", "--verbose"], { cwd: root });
    expect(told.code).toBe(0);
    expect(told.stderr).toMatch(/Nothing was remembered, so the next run does the same work: .*\.cache/u);
    const untold = await isobind(["generate", "--force"], { cwd: root });
    expect(untold.stderr).not.toContain("remembered");
  });

  it("gives each problem its fix", async () => {
    const { root } = project({
      ...files,
      "package.json": `{ "type": "commonjs" }`,
      "bindings.ts": files["bindings.ts"].replace("add:", "then:"),
      "scripts/tsconfig.json": `{ "compilerOptions": { "lib": ["es2023", "dom"] }, "include": ["../generated"] }`,
    });
    const { code, findings } = await doctor(root);
    expect(code).toBe(1);
    const bad = findings.filter(({ status }) => status !== "ok");
    for (const { fix } of bad) expect(fix).toBeTruthy();
    const messages = bad.map(({ name, message, fix }) => `${name}: ${message} ${fix ?? ""}`).join("\n");
    expect(messages).toContain("binding-name-reserved");
    expect(messages).toContain("browser's globals");
    expect(messages).toContain(`"extends": "../generated/tsconfig.scripts.json"`);
  });

  it("says that Node itself refuses modules in a CommonJS package, which `npm init -y` writes", async () => {
    const manifest = `{ "type": "commonjs", "dependencies": { "isobind": "*" } }`;
    const { root } = project({ ...files, "package.json": manifest });
    await isobind(["generate"], { cwd: root });
    const { findings } = await doctor(root);
    expect(findings.find(({ name }) => name === "package type")).toMatchObject({
      status: "warning",
      message: expect.stringContaining("Node refuses `import` in registry.ts") as string,
      fix: expect.stringContaining("npm pkg set type=module") as string,
    });
  });

  it.each([
    [
      "is CommonJS, and compiled",
      `{ "type": "commonjs", "devDependencies": { "tsx": "4" } }`,
      /"type": "commonjs"/u,
    ],
    ["is CommonJS, as Node takes it", "{}", /no "type"/u],
    ["has modules", `{ "type": "module" }`, /"type": "module"/u],
  ])("leaves a package that %s what it is", async (_how, manifest, message) => {
    const { root, write } = project({ ...files, "package.json": manifest });
    await isobind(["generate"], { cwd: root });
    const { findings } = await doctor(root);
    expect(findings.find(({ name }) => name === "package type")).toMatchObject({
      status: "ok",
      message: expect.stringMatching(message) as string,
    });
    write("scripts/a.ts", "export {};");
    const { stdout } = await isobind(["doctor"], { cwd: root });
    expect(stdout).not.toContain("type=module");
  });

  it("says that output is missing, and that no tsconfig shows it to editors", async () => {
    const { root } = project(files);
    const { code, findings } = await doctor(root);
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === "output")).toMatchObject({
      status: "error",
      fix: "`isobind generate`",
    });
    expect(findings.find(({ name }) => name === "scripts")).toMatchObject({
      status: "warning",
      fix: expect.stringMatching(/^`isobind generate` writes generated.tsconfig\.scripts\.json/u) as string,
    });
  });

  it("says where the definition is that the registry imports", async () => {
    const { root, path } = project({
      ...files,
      "tsconfig.json": `{ "compilerOptions": { "module": "nodenext" } }`,
    });
    await isobind(["generate"], { cwd: root });
    const finding = async () =>
      (await doctor(root)).findings.find(({ name }) => name === "definition import");
    expect(await finding()).toMatchObject({
      status: "ok",
      message: expect.stringMatching(
        /imports \.\.\/bindings\.js, which is built from bindings\.ts/u,
      ) as string,
    });
    renameSync(path("bindings.ts"), path("elsewhere.ts"));
    expect(await finding()).toMatchObject({
      status: "error",
      fix: expect.stringContaining("generate") as string,
    });
  });

  it("looks at everything else also when the config cannot be used", async () => {
    const { root } = project({ "bindings.config.ts": "export default 1" });
    const { code, findings } = await doctor(root);
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === "config")).toMatchObject({ status: "error" });
    expect(findings.find(({ name }) => name === "isolated-vm")).toMatchObject({ status: "ok" });
  });

  it("judges versions and flags", () => {
    expect(nodeFinding("22.17.1").status).toBe("error");
    expect(nodeFinding("22.18.0").status).toBe("ok");
    expect(nodeFinding("26.1.0").status).toBe("ok");
    expect(flagFindings(["--no-experimental-strip-types"])[0]?.fix).toContain("NODE_OPTIONS");
    expect(flagFindings(["--enable-source-maps", "--no-node-snapshot"])[0]?.status).toBe("ok");
    expect(typescriptFinding("5.4.2").status).toBe("warning");
    expect(typescriptFinding("5.9.0").status).toBe("ok");
    expect(typescriptFinding(null).status).toBe("ok");
  });

  it("says which tsconfig shows scripts exactly what they have, and what the others show", async () => {
    const { root } = project({
      ...files,
      "scripts/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.json", "include": ["."] }`,
      "old/tsconfig.json": `{ "compilerOptions": { "lib": ["es2023"], "types": [] }, "include": [".", "../generated/secure-exec.d.ts"] }`,
      "dom/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.json", "compilerOptions": { "lib": ["dom"] }, "include": ["."] }`,
    });
    await isobind(["generate"], { cwd: root });
    const about = (await doctor(root)).findings.filter(({ name }) => name === "scripts");
    const messages = about.map(({ message }) => message).toSorted();
    expect(messages).toEqual([
      "dom/tsconfig.json gives scripts the browser's globals, which no sandbox has.",
      `old/tsconfig.json shows scripts the declaration, and its own "lib" instead of what their engine has. Write "extends": "../generated/tsconfig.scripts.json" in it, and leave "lib" and "types" out.`,
      "scripts/tsconfig.json shows scripts what the sandbox has, and nothing more.",
    ]);
  });

  it("says of which kind the scripts of a folder are", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}\nexport interface Scripts { rule: { input: number } }\n`,
      "scripts/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.json", "include": ["."] }`,
      "rules/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.rule.json", "include": ["."] }`,
    });
    await isobind(["generate"], { cwd: root });
    const about = (await doctor(root)).findings.filter(({ name }) => name === "scripts");
    expect(about.map(({ status }) => status)).toEqual(["ok", "ok"]);
    expect(about.map(({ message }) => message).sort()).toEqual([
      "rules/tsconfig.json shows scripts what the sandbox has, and nothing more. Their `input` is that of the kind `rule`.",
      "scripts/tsconfig.json shows scripts what the sandbox has, and nothing more. Their `input` is that of every kind together; a folder of one kind extends ../generated/tsconfig.scripts.<kind>.json.",
    ]);
  });

  it("says that scripts are written for a newer engine than this one", () => {
    expect(judgeEngine("node22", "24.1.0")).toEqual([]);
    expect(judgeEngine("node26", "24.1.0")).toMatchObject([{ status: "warning", name: "engines" }]);
  });

  const judged = `{ "compilerOptions": { "lib": ["es2023"], "types": ["isobind/script"] }, `;
  it.each([
    ["a pattern", { "scripts/tsconfig.json": `${judged} "include": ["**/*.ts", "../generated/*.d.ts"] }` }],
    ["a folder and all in it", { "scripts/tsconfig.json": `${judged} "include": ["../gen*/**/*"] }` }],
    [
      "a base",
      {
        "scripts/tsconfig.json": `{ "extends": "../base", "include": ["../generated/secure-exec.d.ts"] }`,
        "base.json": `${judged} }`,
      },
    ],
    [
      "the last of several bases",
      {
        "scripts/tsconfig.json": `{ "extends": ["../dom.json", "../base.json"], "include": ["../generated/*.d.ts"] }`,
        "base.json": `${judged} }`,
        "dom.json": `{ "compilerOptions": { "lib": ["dom"] } }`,
      },
    ],
    [
      "the include of a base",
      {
        "scripts/tsconfig.json": `{ "extends": "../base.json" }`,
        "base.json": `${judged} "include": ["generated/secure-exec.d.ts"] }`,
      },
    ],
    [
      "a package's base",
      {
        "scripts/tsconfig.json": `{ "extends": "house/tsconfig", "include": ["../generated/*.d.ts"] }`,
        "node_modules/house/package.json": `{ "name": "house", "version": "1.0.0" }`,
        "node_modules/house/tsconfig.json": `${judged} }`,
      },
    ],
  ])("sees that a tsconfig of scripts has the declaration by %s", async (_, made) => {
    const { root } = project({ ...files, ...made });
    await isobind(["generate"], { cwd: root });
    const about = (await doctor(root)).findings.filter(({ name }) => name === "scripts");
    expect(about).toMatchObject([{ status: "ok" }]);
    expect(about[0]?.message).toContain("scripts/tsconfig.json");
  });

  it("does not judge the tsconfig of the whole project as one of scripts", async () => {
    const { root } = project({
      ...files,
      "tsconfig.json": `{ "compilerOptions": { "lib": ["es2023", "dom"] } }`,
    });
    await isobind(["generate"], { cwd: root });
    const about = (await doctor(root)).findings.filter(({ name }) => name === "scripts");
    expect(about).toMatchObject([{ status: "ok" }]);
    expect(about[0]?.message).toContain("tsconfig.json");
    expect(about[0]?.message).toContain("your own code");
  });

  it("still warns when the declaration is left out, or excluded", async () => {
    const { root, write } = project({ ...files, "scripts/tsconfig.json": `${judged} "include": ["."] }` });
    await isobind(["generate"], { cwd: root });
    const about = async (): Promise<unknown> =>
      (await doctor(root)).findings.filter(({ name }) => name === "scripts");
    expect(await about()).toMatchObject([{ status: "warning" }]);
    write("tsconfig.json", `{ "exclude": ["generated"] }`);
    expect(await about()).toMatchObject([{ status: "warning" }]);
  });

  it("says how to begin where there is no package.json", async () => {
    const { root } = project({
      "bindings.config.ts": files["bindings.config.ts"],
      "bindings.ts": files["bindings.ts"],
    });
    const { findings } = await doctor(root);
    expect(findings.find(({ name }) => name === "package type")).toMatchObject({
      status: "warning",
      fix: "npm init -y",
    });
  });
});
