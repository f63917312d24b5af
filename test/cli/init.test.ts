import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cli } from "../../src/cli/cli.ts";
import { UsageError } from "../../src/cli/exit.ts";
import { definitionAt, placeAt, projectFiles } from "../../src/cli/init/project.ts";
import { manifest, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const written = ["bindings.config.ts", "bindings.ts", "scripts/hello.ts", "scripts/tsconfig.json"];

describe("isobind init", () => {
  it("writes a project that generates, type-checks and runs", async () => {
    const { root, path } = project({ "package.json": manifest });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(0);
    for (const name of written) {
      expect(existsSync(path(name))).toBe(true);
      expect(stdout).toContain(name);
    }
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(await isobind(["typecheck", "scripts"], { cwd: root })).toMatchObject({ code: 0 });
    const ran = await isobind(["run", "scripts/hello.ts"], { cwd: root });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Hello, world!");
    expect(stdout).toContain("npx isobind run scripts/hello.ts");
  });

  it("changes nothing that exists, and says so", async () => {
    const { root, path } = project({ "package.json": manifest, "bindings.ts": "// mine\n" });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(0);
    expect(readFileSync(path("bindings.ts"), "utf8")).toBe("// mine\n");
    expect(readFileSync(path("package.json"), "utf8")).toBe(manifest);
    expect(stdout).toMatch(/kept +bindings\.ts +it exists; not touched/);
    expect(stdout).toMatch(/wrote +bindings\.config\.ts/);
  });

  it("names the packages that are left to install, and leaves a CommonJS package what it is", async () => {
    const { root, write } = project({ "package.json": `{ "type": "commonjs" }` });
    const { stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(stdout).toContain("npm i isolated-vm");
    expect(stdout).not.toContain("type=module");
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["run", "scripts/hello.ts"], { cwd: root })).code).toBe(0);
    // The project's own tsconfig takes in the scripts too, which are modules.
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      strict: true,
      types: [],
      lib: ["es2023", "dom"],
      noEmit: true,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions }));
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
    expect(spawnSync(process.execPath, [tsc, "-p", root], { encoding: "utf8" }).stdout).toBe("");
  });

  it.each([
    ["pnpm-lock.yaml", "pnpm add isolated-vm", "pnpm isobind generate"],
    ["yarn.lock", "yarn add isolated-vm", "yarn isobind generate"],
    ["package-lock.json", "npm i isolated-vm", "npx isobind generate"],
  ])(
    "says the next steps in the words of the package manager that left a %s",
    async (lock, add, generate) => {
      const { root } = project({ "package.json": manifest, [lock]: "" });
      const { stdout } = await isobind(["init", "--yes"], { cwd: root });
      expect(stdout).toContain(`Next:\n  ${add}\n  ${generate}\n`);
    },
  );

  it("has a flag for each question", async () => {
    const { root, path } = project({ "package.json": manifest });
    const places = ["--definition", "src", "--out-dir", "src/gen/", "--scripts", "./customers"];
    const { code } = await isobind(["init", "--yes", ...places], { cwd: root });
    expect(code).toBe(0);
    expect(readFileSync(path("bindings.config.ts"), "utf8")).toContain(`definition: "./src/bindings.ts"`);
    expect(existsSync(path("customers/hello.ts"))).toBe(true);
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["typecheck", "customers"], { cwd: root })).code).toBe(0);
    const other = await isobind(["init", "--yes", "--out-dir", "elsewhere"], { cwd: root });
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("says `src/gen`, not `elsewhere`") as string,
    });
  });

  it.each([
    ["no tsconfig", {}, "./gen/registry.ts"],
    [
      "the usual tsconfig",
      { "tsconfig.json": `{ "compilerOptions": { "module": "nodenext" } }` },
      "./gen/registry.js",
    ],
  ])("writes a definition of types and a host that implements them, with %s", async (_, there, imported) => {
    const { root, path } = project({ "package.json": manifest, ...there });
    const { code, stdout } = await isobind(["init", "--yes", "--style", "contract", "--out-dir", "gen"], {
      cwd: root,
    });
    expect(code).toBe(0);
    expect(readFileSync(path("host.ts"), "utf8")).toContain(`from "${imported}"`);
    const generated = await isobind(["generate"], { cwd: root });
    expect(generated.code).toBe(0);
    // The host is there already.
    expect(generated.stdout).toContain("Next:\n  npx isobind playground --registry host.ts ");
    expect((await isobind(["typecheck", "scripts"], { cwd: root })).code).toBe(0);
    expect(stdout).toContain("npx isobind run scripts/hello.ts --registry host.ts");
    const ran = await isobind(["run", "scripts/hello.ts", "--registry", "host.ts"], { cwd: root });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Hello, world!");
  });

  it("has `generate` name the host where it belongs, beside the definition", async () => {
    const { root, path } = project({ "package.json": manifest });
    await isobind(["init", "--yes", "--style", "contract", "--definition", "src"], { cwd: root });
    rmSync(path("src/host.ts"));
    const { stdout } = await isobind(["generate"], { cwd: root });
    expect(stdout).toContain("Next:\n  write src/host.ts ");
    expect(stdout).toContain("--registry src/host.ts ");
  });

  it("has `generate` say what is next in the words of the project's package manager", async () => {
    const { root } = project({ "package.json": manifest, "pnpm-lock.yaml": "" });
    await isobind(["init", "--yes"], { cwd: root });
    const { stdout } = await isobind(["generate"], { cwd: root });
    expect(stdout).toContain("Next:\n  pnpm isobind playground ");
    expect(stdout).not.toContain("npx");
  });

  it("has `generate` name a file that exports a registry, and no other host.ts", async () => {
    const { root, path, write } = project({ "package.json": manifest });
    await isobind(["init", "--yes", "--style", "contract"], { cwd: root });
    write("host.ts", 'export const host = "db.example.org";\n');
    const { stdout } = await isobind(["generate"], { cwd: root });
    expect(stdout).toContain("Next:\n  write bindings-host.ts ");
    expect(stdout).toContain("--registry bindings-host.ts ");
    expect(readFileSync(path("host.ts"), "utf8")).toContain("db.example.org");
  });

  it("declares no types in a JavaScript file", async () => {
    const { root } = project({ "package.json": manifest });
    const flags = ["--yes", "--style", "contract", "--definition", "api.js"];
    expect(await isobind(["init", ...flags], { cwd: root })).toMatchObject({ code: 2 });
  });

  it("writes a script that fits a definition that is there", async () => {
    const own = "export default { add: (a: number, b: number) => a + b };\n";
    const { root } = project({ "package.json": manifest, "bindings.ts": own });
    expect((await isobind(["init", "--yes"], { cwd: root })).code).toBe(0);
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["typecheck", "scripts"], { cwd: root })).code).toBe(0);
    const ran = await isobind(["run", "scripts/hello.ts"], { cwd: root });
    expect(ran).toMatchObject({ code: 0, stdout: "add\ndefault = [ 'add' ]\n" });
  });

  it("leaves scripts to their author where the definition says what they are", async () => {
    const own = `
      export interface Script { result: { total: number } }
      export default { add: (a: number, b: number) => a + b };`;
    const { root, path } = project({ "package.json": manifest, "bindings.ts": own });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect([code, existsSync(path("scripts/hello.ts"))]).toEqual([0, false]);
    expect(stdout).toContain("scripts/tsconfig.json");
    expect(stdout).not.toMatch(/isobind run/);
    const next = await isobind(["generate"], { cwd: root });
    expect(next.stdout).not.toContain("hello.ts");
  });

  it("asks on a terminal where things go", async () => {
    const { root, path } = project({ "package.json": manifest });
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = Object.assign(new PassThrough(), { isTTY: false });
    let asked = "";
    stderr.on("data", (chunk: Buffer) => {
      asked += chunk.toString();
      if (asked.endsWith("[bindings.ts] ")) stdin.write("src\n");
      if (asked.endsWith("[generated] ")) stdin.write("\n");
      if (asked.endsWith("[scripts] ")) stdin.write("customers/scripts/\n");
    });
    const code = await cli(["init"], {
      cwd: root,
      env: {},
      stdin,
      stdout: { write: () => {} },
      stderr,
      ownStdout: () => new PassThrough(),
      interrupt: () => new AbortController().signal,
      stuck: () => {},
    });
    expect(code).toBe(0);
    expect(readFileSync(path("bindings.config.ts"), "utf8")).toContain(`definition: "./src/bindings.ts"`);
    expect(readFileSync(path("customers/scripts/tsconfig.json"), "utf8")).toContain(
      "../../generated/tsconfig.scripts.json",
    );
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["run", "customers/scripts/hello.ts"], { cwd: root })).code).toBe(0);
  });

  it.each([
    ["Ctrl+C", "\u0003"],
    ["Ctrl+D", "\u0004"],
    ["the end of the input", null],
  ])("ends at %s without writing, and without a stack", async (_, keys) => {
    const { root, path } = project({ "package.json": manifest });
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    // What is typed is echoed to stderr, so each question is answered once.
    const answers = [
      ["[bindings.ts] ", "\n"],
      ["[generated] ", keys],
    ] as const;
    let asked = "";
    let answered = 0;
    stderr.on("data", (chunk: Buffer) => {
      asked += chunk.toString();
      const [question, answer] = answers[answered] ?? [];
      if (question === undefined || !asked.includes(question)) return;
      answered++;
      if (answer == null) stdin.end();
      else stdin.write(answer);
    });
    const code = await cli(["init"], {
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin,
      stdout: { write: () => {} },
      stderr,
      ownStdout: () => new PassThrough(),
      interrupt: () => new AbortController().signal,
      stuck: () => {},
    });
    expect(code).toBe(2);
    expect(asked).toContain("error: stopped before anything was written.");
    expect(asked).not.toContain("defect");
    for (const name of written) expect(existsSync(path(name))).toBe(false);
  });

  it.each([
    ["a file where a folder should be", { scripts: "" }],
    ["a folder where the config should be", { "bindings.config.ts/x": "" }],
  ])("says what is in the way: %s", async (_, there) => {
    const { root } = project({ "package.json": manifest, ...there });
    const { code, stderr } = await isobind(["init", "--yes"], { cwd: root });
    expect(stderr).not.toContain("defect");
    expect(code).toBe(2);
  });

  it.each([
    ["--out-dir", "afile/x", "afile"],
    ["--out-dir", "afile", "afile"],
    ["--definition", "src/afile/bindings.ts", "src/afile"],
    ["--scripts", "./afile/deep/scripts/", "afile"],
  ])("writes nothing when a place is below a file: %s %s", async (flag, place, file) => {
    const { root, path } = project({ "package.json": manifest, afile: "mine", "src/afile": "mine" });
    const { code, stdout, stderr } = await isobind(["init", "--yes", flag, place], { cwd: root });
    expect(stderr).toContain(`error: \`${file}\` is a file, and would have to be a folder.`);
    expect(stderr).toContain("help: ");
    expect([code, stdout]).toEqual([2, ""]);
    expect(existsSync(path("bindings.config.ts"))).toBe(false);
  });

  it("keeps a config of another name, and fits the rest to it", async () => {
    const { root, path } = project({
      "package.json": manifest,
      "bindings.config.js": `export default { definition: "./src/api.ts", outDir: "./src/gen" };`,
    });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(0);
    expect(stdout).toMatch(/kept +bindings\.config\.js +it exists; not touched/);
    expect(existsSync(path("bindings.config.ts"))).toBe(false);
    expect(existsSync(path("bindings.ts"))).toBe(false);
    expect(readFileSync(path("scripts/tsconfig.json"), "utf8")).toContain(
      `"../src/gen/tsconfig.scripts.json"`,
    );
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["run", "scripts/hello.ts"], { cwd: root })).code).toBe(0);
  });

  it("says what is wrong with a config that is there and cannot be used", async () => {
    const { root, path } = project({ "package.json": manifest, "bindings.config.ts": "export default {" });
    const { code, stderr } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain("it ends too early");
    expect(existsSync(path("bindings.ts"))).toBe(false);
  });

  it("does not ask for packages that a folder above has", async () => {
    const { root, path, write } = project({ "package.json": manifest });
    write("node_modules/isolated-vm/package.json", `{ "name": "isolated-vm" }`);
    write("packages/api/package.json", manifest);
    const { stdout } = await isobind(["init", "--yes"], { cwd: path("packages/api") });
    expect(stdout).not.toContain("npm i");
    expect(root).not.toBe("");
  });

  it.each([
    [{ definition: "./src/../src/api.ts", outDir: "./gen/", scripts: "." }, `"./gen/tsconfig.scripts.json"`],
    [{ definition: ".", outDir: "a/b", scripts: "x/y" }, `"../../a/b/tsconfig.scripts.json"`],
    [{ definition: "src", outDir: "src/gen", scripts: "src/scripts" }, `"../gen/tsconfig.scripts.json"`],
  ])("makes one project of the answers %j", (typed, include) => {
    const made = projectFiles({
      definition: definitionAt(typed.definition),
      outDir: placeAt(typed.outDir),
      scripts: placeAt(typed.scripts),
    });
    expect(made.find(({ path }) => path.endsWith("tsconfig.json"))?.text).toContain(include);
    for (const { path } of made) expect(path).not.toMatch(/\.\.|\/\/|^\.?\//);
  });

  it.each(["/abs", "../out", 'a"b', "a\nb", "C:\\x"])(
    "does not take %j as a place in the project",
    (place) => {
      expect(() => placeAt(place)).toThrow(UsageError);
    },
  );
});
