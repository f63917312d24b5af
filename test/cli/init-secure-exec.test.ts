/** `isobind init --secure-exec`: the local package under the name that code written for the original imports. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { documented } from "../../fixtures/custom-bindings/as-documented.ts";
import { manifest, project, type Project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const run = promisify(execFile);
const repository = new URL("../../", import.meta.url);
const written = ["package.json", "index.js", "index.d.ts"].map((name) => `vendor/secure-exec/${name}`);

/** As a package manager installs a folder: a link, at the name that its manifest has. */
function install(made: Project): void {
  const { name } = JSON.parse(readFileSync(made.path("vendor/secure-exec/package.json"), "utf8")) as {
    name: string;
  };
  mkdirSync(made.path("node_modules/@anthropic-ai"));
  symlinkSync(made.path("vendor/secure-exec"), made.path(`node_modules/${name}`));
}

async function initialised(there: Readonly<Record<string, string>> = {}): Promise<Project> {
  const made = project({ "package.json": manifest, ...there });
  const { code, stderr } = await isobind(["init", "--secure-exec"], { cwd: made.root });
  expect([code, stderr]).toEqual([0, ""]);
  install(made);
  return made;
}

/** The import that the documentation shows, word for word. */
const documentedImport = `import { NodeRuntime, createNodeDriver, createNodeRuntimeDriverFactory } from "@anthropic-ai/secure-exec";`;

describe("the package that init --secure-exec makes", () => {
  it("runs the documented example, line by line", async () => {
    const fixture = (name: string): string => new URL(`fixtures/custom-bindings/${name}`, repository).href;
    const { path } = await initialised({
      "host.mjs": `
        ${documentedImport}
        import { isDeepStrictEqual } from "node:util";
        import bindings from ${JSON.stringify(fixture("bindings.ts"))};
        import { documented } from ${JSON.stringify(fixture("as-documented.ts"))};
        const runtime = new NodeRuntime({
          systemDriver: createNodeDriver(),
          runtimeDriverFactory: createNodeRuntimeDriverFactory(),
          bindings,
        });
        for (const { says, script, gives } of documented) {
          const { code, exports, errorMessage } = await runtime.run(script);
          const value = exports?.default;
          console.log(code === 0 && isDeepStrictEqual(value, gives) ? "holds" : "breaks", says + (errorMessage ? ": " + errorMessage : ""));
        }
        await runtime.terminate();`,
    });
    const { stdout } = await run(process.execPath, ["--no-warnings", path("host.mjs")], { timeout: 50_000 });
    expect(stdout.trimEnd().split("\n")).toEqual(documented.map(({ says }) => `holds ${says}`));
  });

  it("has the names of isobind/secure-exec, for import and for require", async () => {
    const { root, path } = await initialised({
      "a.mjs": `import * as a from "@anthropic-ai/secure-exec"; import * as b from "isobind/secure-exec";
        console.log(Object.keys(a).length > 10, Object.keys(a).join() === Object.keys(b).join(), a.NodeRuntime === b.NodeRuntime);`,
      "b.cjs": `console.log(typeof require("@anthropic-ai/secure-exec").NodeExecutionDriver);`,
    });
    const node = async (name: string): Promise<string> =>
      (await run(process.execPath, ["--no-warnings", path(name)], { cwd: root })).stdout;
    expect(await node("a.mjs")).toBe("true true true\n");
    expect(await node("b.cjs")).toBe("function\n");
  });

  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("has types: %s, %s", async (module, moduleResolution) => {
    const { root } = await initialised({
      "host.ts": `${documentedImport}
        import { NodeExecutionDriver, type BindingTree, type StdioEvent } from "@anthropic-ai/secure-exec";
        const bindings: BindingTree = { add: (a: number, b: number) => a + b };
        const systemDriver = createNodeDriver();
        const runtime = new NodeRuntime({ systemDriver, runtimeDriverFactory: createNodeRuntimeDriverFactory(), bindings });
        export const sum: number | undefined = (await runtime.run<number>("")).exports;
        export const hook = (event: StdioEvent): "stdout" | "stderr" => event.channel;
        new NodeExecutionDriver({ system: systemDriver, bindings });
        // @ts-expect-error: an option that is not there.
        new NodeRuntime({ systemDriver, runtimeDriverFactory: createNodeRuntimeDriverFactory(), filesystem: {} });
      `,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2023",
          lib: ["es2023", "dom", "esnext.disposable"],
          types: [],
          strict: true,
          noEmit: true,
        },
        files: ["host.ts"],
      }),
    });
    const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", repository));
    const { stdout } = await run(process.execPath, [tsc, "-p", "."], { cwd: root }).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe("");
  });
});

describe("isobind init --secure-exec", () => {
  it("writes the package alone, and says how to add it and how to undo it", async () => {
    const { root, path } = project({ "package.json": manifest });
    const { code, stdout } = await isobind(["init", "--secure-exec"], { cwd: root });
    expect(code).toBe(0);
    for (const name of written) expect(existsSync(path(name)), name).toBe(true);
    expect(existsSync(path("bindings.config.ts"))).toBe(false);
    expect(readFileSync(path("package.json"), "utf8")).toBe(manifest);
    expect(stdout).toContain(
      "  npm i isolated-vm\n  npm i @anthropic-ai/secure-exec@file:./vendor/secure-exec\n",
    );
    expect(stdout).toContain("`npm rm @anthropic-ai/secure-exec`, and delete vendor/secure-exec");
  });

  it.each([
    [
      "a lock file of pnpm",
      { "pnpm-lock.yaml": "" },
      "pnpm add @anthropic-ai/secure-exec@file:./vendor",
      "pnpm remove",
    ],
    [
      "a lock file of Yarn",
      { "yarn.lock": "" },
      "yarn add @anthropic-ai/secure-exec@file:./vendor",
      "yarn remove",
    ],
    [
      "`packageManager`",
      { "package.json": `{ "packageManager": "pnpm@10.1.0" }` },
      "pnpm add",
      "pnpm remove",
    ],
  ])("speaks to the package manager of %s", async (_, there, add, remove) => {
    const made = project({ "package.json": manifest, ...there });
    made.write("packages/app/package.json", manifest);
    for (const cwd of [made.root, made.path("packages/app")]) {
      const { stdout } = await isobind(["init", "--secure-exec"], { cwd });
      expect(stdout).toContain(add);
      expect(stdout).toContain(remove);
    }
  });

  it("speaks to the package manager that started it, when nothing else tells", async () => {
    const { root } = project({ "package.json": manifest });
    const env = { npm_config_user_agent: "yarn/4.9.1 npm/? node/v24.0.0 linux x64" };
    expect((await isobind(["init", "--secure-exec"], { cwd: root, env })).stdout).toContain("yarn add");
  });

  it("changes nothing that exists", async () => {
    const { root, path } = project({ "package.json": manifest, "vendor/secure-exec/index.js": "// mine\n" });
    const { stdout } = await isobind(["init", "--secure-exec"], { cwd: root });
    expect(readFileSync(path("vendor/secure-exec/index.js"), "utf8")).toBe("// mine\n");
    expect(stdout).toMatch(/kept +vendor\/secure-exec\/index\.js/);
  });

  it("needs a package.json to add it to", async () => {
    const { root, path } = project();
    expect(await isobind(["init", "--secure-exec"], { cwd: root })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no package.json here") as string,
    });
    expect(existsSync(path("vendor"))).toBe(false);
  });

  it.each([
    ["--style", "contract"],
    ["--definition", "src"],
    ["--out-dir", "gen"],
    ["--scripts", "x"],
  ])("refuses %s, which it would ignore", async (flag, value) => {
    const { root, path } = project({ "package.json": manifest });
    const { code, stderr } = await isobind(["init", "--secure-exec", flag, value], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain(flag);
    expect(existsSync(path("vendor"))).toBe(false);
  });
});
