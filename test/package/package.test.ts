/**
 * The package as a user gets it: packed, installed into an empty folder, and used as README says. Slow on purpose; everything else
 * is tested in place.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defaults, projectFiles } from "../../src/cli/init/project.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = join(root, "fixtures/readme");
const slow = 240_000;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  // The Node that runs the tests, not the machine's own.
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, PATH, NODE_ENV: "development", NO_COLOR: "1" };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], {
      cwd,
      env,
      maxBuffer: 2 ** 26,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
  }
}

let folder: string;
let tarball: string;
let packed: readonly string[];

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-package-")));
  const pack = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
  const report = JSON.parse(pack.stdout) as
    { filename: string; files: { path: string }[] }[] | Record<string, never>;
  const [entry] = Array.isArray(report)
    ? report
    : (Object.values(report) as { filename: string; files: { path: string }[] }[]);
  if (!entry) throw new Error(pack.stderr);
  tarball = join(folder, entry.filename);
  packed = entry.files.map(({ path }) => path);
  const engine = (await import("isolated-vm/package.json", { with: { type: "json" } })) as {
    default: { version: string };
  };
  mkdirSync(join(folder, "empty"));
  const install = await run(
    "npm",
    [
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      tarball,
      `isolated-vm@${engine.default.version}`,
    ],
    join(folder, "empty"),
  );
  expect(install.code, install.stderr).toBe(0);
}, slow);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const project = (...names: string[]): string => join(folder, "empty", ...names);
const isobind = (...args: string[]): Promise<Ran> =>
  run(project("node_modules/.bin/isobind"), args, project());

describe("the packed tarball", () => {
  it("holds what is needed at run time and nothing else", () => {
    for (const name of [
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "package.json",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/cli/main.js",
    ]) {
      expect(packed).toContain(name);
    }
    expect(packed.some((name) => name.startsWith("docs/diagnostics/"))).toBe(true);
    expect(packed.some((name) => name.startsWith("docs/errors/"))).toBe(true);
    const strange = packed.filter(
      (name) =>
        !/^(dist\/|docs\/|schemas\/|types\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(name),
    );
    expect(strange).toEqual([]);
    expect(packed.filter((name) => /^(?!docs\/).*(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });

  it("has what its pages link to", () => {
    const pages = packed.filter((name) => name.endsWith(".md"));
    expect(pages).toContain("docs/ci.md");
    const broken = pages.flatMap((page) => {
      const text = readFileSync(join(root, page), "utf8").replace(/^```[^]*?^```$/gm, "");
      return [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, target = ""]) => posix.join(posix.dirname(page), target).replace(/\/$/, ""))
        .filter((target) => !packed.some((name) => name === target || name.startsWith(`${target}/`)))
        .map((target) => `${page} -> ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it("has plugins that need no package but their build tool, and the licences of what they hold", async () => {
    const folder = project("node_modules/isobind/dist/plugin");
    const tools = ["vite", "rollup", "rolldown", "webpack", "rspack", "esbuild"];
    for (const tool of tools) {
      const types = readFileSync(join(folder, `${tool}.d.ts`), "utf8");
      expect(types).not.toContain("unplugin");
      expect(types).not.toContain("./plugin.ts");
    }
    expect(existsSync(project("node_modules/unplugin"))).toBe(false);
    const program = `for (const tool of ${JSON.stringify(tools)}) console.log(tool, typeof (await import("isobind/" + tool)).default())`;
    const made = await run(process.execPath, ["--input-type=module", "-e", program], project());
    expect(made.stderr).toBe("");
    expect(made.stdout).toBe(tools.map((tool) => `${tool} object\n`).join(""));
    expect(readFileSync(join(folder, "LICENSES.txt"), "utf8")).toContain("unplugin (MIT)");
  });

  it("has no lifecycle script and every entry of its exports", () => {
    const manifest = JSON.parse(readFileSync(project("node_modules/isobind/package.json"), "utf8")) as {
      scripts: Record<string, string>;
      exports: Record<string, string | { types: string; default?: string }>;
    };
    for (const name of ["preinstall", "install", "postinstall", "prepare", "prepack"])
      expect(manifest.scripts[name]).toBeUndefined();
    for (const entry of Object.values(manifest.exports)) {
      for (const file of typeof entry === "string" ? [entry] : [entry.types, entry.default ?? entry.types]) {
        expect(existsSync(project("node_modules/isobind", file)), file).toBe(true);
      }
    }
  });

  it("passes publint", { timeout: slow }, async () => {
    const publint = await run(join(root, "node_modules/.bin/publint"), ["run", tarball, "--strict"], root);
    expect(publint.code, publint.stdout).toBe(0);
  });

  it("passes arethetypeswrong for ESM", { timeout: slow }, async () => {
    const attw = await run(
      join(root, "node_modules/.bin/attw"),
      [tarball, "--profile", "esm-only", "--format", "json"],
      root,
    );
    const { problems } = JSON.parse(attw.stdout) as { problems?: Record<string, unknown> };
    expect(attw.code, JSON.stringify(problems, null, 2)).toBe(0);
  });
});

describe("in an empty folder", () => {
  beforeAll(() =>
    cpSync(readme, project(), { recursive: true, filter: (file) => !file.includes("generated") }),
  );

  it("what README says gives the three files, and a script that runs", { timeout: slow }, async () => {
    const generated = await isobind("generate");
    expect(generated, generated.stderr).toMatchObject({ code: 0, stderr: "" });
    for (const name of ["registry.ts", "secure-exec.d.ts", "contract.json"])
      expect(existsSync(project("generated", name))).toBe(true);

    const script = await isobind("run", "script.ts");
    expect(script).toMatchObject({ code: 0, stderr: "" });
    expect(script.stdout).toContain(`Hello, Ada! Order 7 is from ${new Date().getFullYear()}.`);

    const host = await run(process.execPath, ["host.ts"], project());
    expect(host.stdout).toBe("Hello, Ada!\n");
    expect((await isobind("check")).code).toBe(0);
    expect((await isobind("typecheck", "script.ts")).code).toBe(0);
  });

  it("says which optional package a command needs, and exits with 2", { timeout: slow }, async () => {
    expect((await isobind("generate")).code).toBe(0);
    writeFileSync(project("api.yaml"), "openapi: 3.1.0\n");
    writeFileSync(project("tools.mjs"), "export const tools = {};\n");
    const commands = {
      "@modelcontextprotocol/server": ["mcp"],
      "@modelcontextprotocol/client": ["import", "mcp", "--url", "http://127.0.0.1:1", "--out", "far.ts"],
      "@apidevtools/json-schema-ref-parser": ["import", "openapi", "api.yaml", "--out", "far.ts"],
      ai: ["import", "ai", "tools.mjs", "--out", "far.ts"],
      bullmq: ["worker", "--folder", "queue"],
    };
    const { peerDependencies: ranges } = JSON.parse(
      readFileSync(project("node_modules/isobind/package.json"), "utf8"),
    ) as { peerDependencies: Record<string, string> };
    for (const [name, args] of Object.entries(commands)) {
      const ran = await isobind(...args);
      expect(ran, `${name}: ${ran.stderr}`).toMatchObject({ code: 2, stdout: "" });
      expect(ran.stderr).toContain(
        `needs the package \`${name}\`, version ${ranges[name]}, and it is not installed.`,
      );
      expect(ran.stderr).toContain(`un \`npm install "${name}@${ranges[name]}"\`.`);
      if (name.endsWith("/server")) expect(ran.stderr).toContain("[ERR_SANDBOX_PACKAGE]");
      if (name === "bullmq") expect(ran.stderr).toContain("[ERR_QUEUE_PACKAGE]");
    }
    mkdirSync(project("node_modules/ai"));
    writeFileSync(project("node_modules/ai/package.json"), `{ "name": "ai", "version": "5.0.0" }`);
    const older = await isobind(...commands.ai);
    rmSync(project("node_modules/ai"), { recursive: true });
    expect(older).toMatchObject({ code: 2, stdout: "" });
    expect(older.stderr).toContain("and 5.0.0 is installed.");
  });

  it("an editor completes the script from the declaration, with the author's words", async () => {
    const typed = "SecureExec.bindings.";
    const { names, documentation } = await complete(project("generated/secure-exec.d.ts"), typed);
    expect(names).toEqual(["greet", "orders"]);
    expect(documentation).toBe("Greets someone by name.");
  });

  it(
    "type-checks as a project: host and generated files under strict options",
    { timeout: slow },
    async () => {
      writeFileSync(
        project("tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            target: "es2024",
            module: "nodenext",
            moduleDetection: "force",
            strict: true,
            noEmit: true,
            allowImportingTsExtensions: true,
            exactOptionalPropertyTypes: true,
            lib: ["es2024", "esnext.disposable"],
            noUncheckedIndexedAccess: true,
            types: ["node"],
            typeRoots: [join(root, "node_modules/@types")],
          },
          files: ["host.ts", "bindings.ts", "bindings.config.ts", "generated/registry.ts"],
        }),
      );
      const before = readFileSync(project("package.json"), "utf8");
      // Node sees by the syntax that a file is a module; TypeScript wants it said.
      writeFileSync(
        project("package.json"),
        JSON.stringify({ ...(JSON.parse(before) as object), type: "module" }),
      );
      const tsc = await run(join(root, "node_modules/.bin/tsc"), ["-p", "."], project());
      writeFileSync(project("package.json"), before);
      expect(tsc.stdout).toBe("");
    },
  );

  it(
    "an editor knows what a sandbox has from the tsconfig of `init`, and nothing of Node or the DOM",
    { timeout: slow },
    async () => {
      mkdirSync(project("scripts"));
      const use =
        "console.log(input, new Set([1]).union(new Set()));\nexport default SecureExec.bindings.greet('Ada');\n";
      writeFileSync(project("scripts/fine.ts"), use);
      const tsconfig = projectFiles(defaults).find(({ path }) => path === "scripts/tsconfig.json");
      writeFileSync(project("scripts/tsconfig.json"), tsconfig?.text ?? "");
      for (const compiler of ["typescript", "typescript-6.0", "typescript-5.9"]) {
        const tsc = join(root, "node_modules", compiler, "bin/tsc");
        const check = (): Promise<Ran> => run(process.execPath, [tsc, "-p", "scripts"], project());
        rmSync(project("scripts/wrong.ts"), { force: true });
        expect((await check()).stdout, compiler).toBe("");
        writeFileSync(project("scripts/wrong.ts"), "export default [process, document, fetch];\n");
        expect((await check()).stdout.match(/Cannot find name/g), compiler).toHaveLength(3);
      }
    },
  );

  it("init, generate and run work under the package.json that npm writes", { timeout: slow }, async () => {
    const fresh = project("fresh");
    mkdirSync(fresh);
    await run("npm", ["init", "-y"], fresh);
    const inFresh = (...args: string[]): Promise<Ran> =>
      run(project("node_modules/.bin/isobind"), args, fresh);
    expect((await inFresh("init", "--yes")).code).toBe(0);
    expect(await inFresh("generate")).toMatchObject({ code: 0 });
    const ran = await inFresh("run", "scripts/hello.ts", "--format", "json");
    expect(ran.code, ran.stderr).toBe(0);
    const { exports } = JSON.parse(ran.stdout) as { exports: { default: { apart: number } } };
    expect(exports.default.apart).toBeGreaterThan(0);
    expect((await inFresh("typecheck", "scripts")).code).toBe(0);
  });

  it(
    "check, diff with the scripts that break, typecheck, explain and doctor work in a repository",
    { timeout: slow },
    async () => {
      const git = (...args: string[]): Promise<Ran> =>
        run(
          "git",
          ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", ...args],
          project(),
        );
      await git("init", "-q");
      writeFileSync(project(".gitignore"), "node_modules\n");
      await git("add", ".");
      await git("commit", "-qm", "first");
      const before = readFileSync(project("bindings.ts"), "utf8");
      writeFileSync(
        project("bindings.ts"),
        before.replace("greet: (name: string)", "greet: (name: string, title: string)"),
      );
      try {
        const check = await isobind("check", "--format", "github");
        expect(check.code).toBe(1);
        expect(check.stdout).toContain("output-stale");
        const diff = await isobind("diff", "--against", "HEAD", "--scripts", "script.ts");
        expect(diff.code).toBe(1);
        expect(diff.stdout).toContain("script.ts:3:");
        expect(diff.stdout).toContain("major");
        expect((await isobind("typecheck", "script.ts")).code).toBe(0);
        expect((await isobind("explain", "output-stale")).stdout).toContain("output-stale");
        const doctor = await isobind("doctor");
        expect(doctor.stdout).toContain("isolated-vm: isolated-vm");
        expect(doctor.stdout).toContain("is stale");
      } finally {
        writeFileSync(project("bindings.ts"), before);
      }
    },
  );

  it(
    "the runtime and the registry load with every build-time package absent",
    { timeout: slow },
    async () => {
      const gone = [
        "@ts-morph",
        "ts-morph",
        "typescript",
        "prettier",
        "chokidar",
        "commander",
        "picocolors",
        "tinyglobby",
        "diff",
        "unplugin",
      ];
      mkdirSync(project("gone"));
      for (const name of gone) {
        if (existsSync(project("node_modules", name)))
          renameSync(project("node_modules", name), project("gone", name.replace("/", "+")));
      }
      try {
        const entries = ["isobind", "isobind/registry", "isobind/runtime", "isobind/secure-exec"];
        const program = `for (const name of ${JSON.stringify(entries)}) await import(name); console.log("loaded");`;
        expect(await run(process.execPath, ["--input-type=module", "-e", program], project())).toMatchObject({
          code: 0,
          stdout: "loaded\n",
        });
        expect(await run(process.execPath, ["host.ts"], project())).toMatchObject({
          stdout: "Hello, Ada!\n",
        });
      } finally {
        for (const name of gone) {
          if (existsSync(project("gone", name)))
            renameSync(project("gone", name), project("node_modules", name));
        }
      }
    },
  );

  it("the pure entries load nothing that is native or large", async () => {
    const program = `import { registerHooks } from "node:module"; const seen = [];
      registerHooks({ resolve(s, c, n) { const r = n(s, c); seen.push(r.url); return r; } });
      await import("isobind"); await import("isobind/registry");
      console.log(JSON.stringify(seen.filter((url) => !url.includes("/isobind/dist/"))));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], project());
    expect(JSON.parse(stdout)).toEqual([]);
  });
});

// Last, because it adds a dependency to the project.
describe("init --secure-exec", () => {
  it("makes a package that npm adds, and that is the packed one", { timeout: slow }, async () => {
    const isobind = join("node_modules", "isobind", "dist", "cli", "main.js");
    const init = await run(process.execPath, [isobind, "init", "--secure-exec"], project());
    const [, added = ""] = /npm i (@anthropic-ai\S+)/.exec(init.stdout) ?? [];
    expect(added, init.stdout + init.stderr).toBe("@anthropic-ai/secure-exec@file:./vendor/secure-exec");
    const install = await run("npm", ["i", "--offline", "--no-audit", added], project());
    expect(install.code, install.stderr).toBe(0);
    const program = `import { NodeRuntime, createNodeDriver, createNodeRuntimeDriverFactory } from "@anthropic-ai/secure-exec";
      const runtime = new NodeRuntime({
        systemDriver: createNodeDriver(),
        runtimeDriverFactory: createNodeRuntimeDriverFactory(),
        bindings: { add: (a, b) => a + b },
      });
      console.log(await runtime.run("module.exports = SecureExec.bindings.add(1, 2)"));
      await runtime.terminate();`;
    const ran = await run(process.execPath, ["--input-type=module", "-e", program], project());
    expect(ran).toEqual({ code: 0, stdout: "{ code: 0, exports: 3 }\n", stderr: "" });
  });
});

/** What an editor offers behind `typed` in a script beside a declaration. */
async function complete(
  declaration: string,
  typed: string,
): Promise<{ names: string[]; documentation: string }> {
  const { default: ts } = await import("typescript-6.0");
  const texts = new Map([
    ["/script.ts", typed],
    ["/secure-exec.d.ts", readFileSync(declaration, "utf8")],
  ]);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ lib: ["lib.es2023.d.ts"], types: [], strict: true }),
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = texts.get(name) ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => texts.has(name) || ts.sys.fileExists(name),
    readFile: (name) => texts.get(name) ?? ts.sys.readFile(name),
  });
  const entries = service.getCompletionsAtPosition("/script.ts", typed.length, undefined)?.entries ?? [];
  const details = service.getCompletionEntryDetails(
    "/script.ts",
    typed.length,
    "greet",
    undefined,
    undefined,
    undefined,
    undefined,
  );
  return {
    names: entries.map(({ name }) => name),
    documentation: (details?.documentation ?? []).map(({ text }) => text).join(""),
  };
}
