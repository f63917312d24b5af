/**
 * `isobind pack` as its two kinds of people have it: who offers bindings writes the package and publishes it; who writes scripts installs it into a
 * folder without any other dependency, and has completion, errors and tests there.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ts } from "ts-morph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import sampleConfig from "../../docs/samples/pack-config.ts";
import { validateConfig } from "../../src/config/load/validate.ts";
import { isobind } from "../cli/testing-io.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const slow = 240_000;

const definition = `/** Orders of a shop. */
export interface Bindings {
  orders: {
    /**
     * The orders of a customer.
     * @param customer as it is written on the invoice
     * @example
     * const ids = await orders.list("Ada");
     * export default ids.length;
     */
    list(customer: string): Promise<string[]>;
    /**
     * One order.
     * @throws {NotFoundError} when there is none
     * @example
     * export default (await orders.find(7)).total;
     */
    find(id: string): Promise<{ id: string; total: number }>;
    /** @profile admin */
    remove(id: string): Promise<void>;
  };
}

export class NotFoundError extends Error {
  readonly id: string = "";
}

export interface Globals {
  /** Where the customer is. */
  currency: "EUR" | "USD";
}
`;
const config = `export default { definition: "./bindings.ts", pack: { name: "@acme/shop", manifest: { license: "MIT" } } };\n`;

let folder: string;
let host: string;
let tarball: string;
const scripts = (...names: string[]): string => join(folder, "scripts", ...names);

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; out: string }> {
  const PATH = [dirname(process.execPath), join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(
    delimiter,
  );
  const env = { ...process.env, PATH, NO_COLOR: "1", NODE_TEST_CONTEXT: undefined };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], {
      cwd,
      env,
      maxBuffer: 2 ** 26,
    });
    return { code: 0, out: `${stdout}${stderr}` };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: `${stdout}${stderr}` };
  }
}

/** Changes the definition and generates anew. */
async function define(text: string): Promise<void> {
  writeFileSync(join(host, "bindings.ts"), text);
  const { code, stdout } = await isobind(["generate"], { cwd: host });
  expect(code, stdout).toBe(0);
}

const pack = (...args: string[]) => isobind(["pack", ...args], { cwd: host });
const packed = (name: string): string => readFileSync(join(host, "script-package/admin", name), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "isobind-pack-"));
  host = join(folder, "host");
  mkdirSync(host);
  writeFileSync(join(host, "bindings.config.ts"), config);
  writeFileSync(join(host, "package.json"), `{ "name": "shop", "type": "module" }`);
  await define(definition);
  const { code, stdout, stderr } = await pack("--profile", "admin", "--tarball");
  expect(code, stderr).toBe(0);
  tarball = join(host, "script-package", stdout.trim().split("\n").at(-1)!.split("/").at(-1)!);
  mkdirSync(scripts());
  writeFileSync(scripts("package.json"), `{ "name": "scripts", "type": "module", "private": true }`);
  const install = await run(
    "npm",
    ["install", "--offline", "--no-audit", "--no-fund", "--save-dev", tarball],
    scripts(),
  );
  expect(install.code, install.out).toBe(0);
}, slow);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  it("is clean for npm, publint and arethetypeswrong", { timeout: slow }, async () => {
    const published = await run(
      "npm",
      ["publish", "--dry-run", "--ignore-scripts"],
      join(host, "script-package/admin"),
    );
    expect(published.code, published.out).toBe(0);
    expect(published.out).not.toMatch(
      /auto-corrected|errors corrected|npm warn (?!publish This command requires)/u,
    );
    const publint = await run("publint", ["run", tarball, "--strict"], root);
    expect(publint.code, publint.out).toBe(0);
    const attw = await run("attw", [tarball, "--profile", "esm-only", "--format", "json"], root);
    expect(attw.code, attw.out).toBe(0);
  });

  it("holds what scripts need, and nothing of the host", () => {
    expect(readdirSync(join(host, "script-package/admin")).sort()).toEqual(
      [
        ...[
          ".secure-exec.lib.d.ts",
          "README.md",
          "contract.json",
          "examples",
          "index.d.ts",
          "index.js",
          "mocks.js",
        ],
        ...[
          "package.json",
          "reference.html",
          "reference.md",
          "secure-exec.d.ts",
          "testing.d.ts",
          "testing.js",
        ],
        "tsconfig.json",
      ].sort(),
    );
    expect(JSON.parse(packed("package.json"))).toMatchObject({
      name: "@acme/shop-admin",
      version: "1.0.0",
      license: "MIT",
    });
    expect(JSON.parse(packed("package.json"))).not.toHaveProperty("dependencies");
    // The example that passes a number is left out.
    expect(readdirSync(join(host, "script-package/admin/examples"))).toEqual(["orders.list.ts"]);
    for (const [, name] of packed("mocks.js").matchAll(/^(?:import|export) [^;]*? from "([^"]+)";$/gmu))
      expect(name).toMatch(/^node:/u);
  });
});

describe("a folder of scripts that installs it", () => {
  const right = `const { orders } = SecureExec.bindings;
let total = 0;
for (const id of await orders.list("Ada")) total += (await orders.find(id)).total;
export default \`\${total} \${currency}\`;
`;
  const test = `import { equal, rejects, throws as throwsAtOnce } from "node:assert/strict";
import { test } from "node:test";
import { mock, throws } from "@acme/shop-admin/testing";

test("adds up", async () => {
  const find = { id: "a7", total: 6 };
  const mocks = mock({ overrides: { orders: { list: ["a7", "b3"], find } }, globals: { currency: "EUR" } });
  equal((await mocks.run(new URL("total.ts", import.meta.url))).default, "12 EUR");
  equal(mocks.callsTo("orders.find")[1]?.args[0].toUpperCase(), "B3");
});
test("says that an order is gone", async () => {
  const mocks = mock({ overrides: { orders: { find: throws("NotFoundError") } } });
  await rejects(mocks.run(new URL("total.ts", import.meta.url)), { name: "NotFoundError" });
  throwsAtOnce(() => mock({ overrides: { orders: { find: 7 as never } } }), { code: "ERR_TESTING_OVERRIDE" });
  const words = /^mock: .input. belongs to a run, .*mocks.run/u;
  throwsAtOnce(() => mock({ input: 7 } as never), { message: words });
  throwsAtOnce(() => mock({ seeds: 7 } as never), { message: "mock: there is no option \`seeds\`. Did you mean \`seed\`?" });
});
`;
  beforeAll(() => {
    writeFileSync(
      scripts("tsconfig.json"),
      JSON.stringify({
        extends: "@acme/shop-admin/tsconfig.json",
        include: ["."],
        exclude: ["**/*.test.ts", "node_modules"],
      }),
    );
    writeFileSync(scripts("total.ts"), right);
    cpSync(join(host, "script-package/admin/examples"), scripts("examples"), { recursive: true });
    writeFileSync(scripts("total.test.ts"), test);
    // The sample of the page.
    const sample = readFileSync(join(root, "docs/samples/packed.test.ts"), "utf8");
    writeFileSync(scripts("packed.test.ts"), sample.replace("@acme/scripts", "@acme/shop-admin"));
  });

  it("has errors where a script is wrong, and none where it is right", { timeout: slow }, async () => {
    expect(await run("tsc", ["-p", "."], scripts())).toEqual({ code: 0, out: "" });
    writeFileSync(scripts("wrong.ts"), `SecureExec.bindings.orders.lits("Ada");\nprocess.exit(currency);\n`);
    const { code, out } = await run("tsc", ["-p", "."], scripts());
    rmSync(scripts("wrong.ts"));
    expect(code).toBeGreaterThan(0);
    expect(out).toContain("Property 'lits' does not exist");
    expect(out).toContain("Cannot find name 'process'");
  });

  it("has completion and documentation", () => {
    const text = "SecureExec.bindings.orders.;\n";
    const file = scripts("open.ts");
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(scripts("tsconfig.json"), ts.sys.readFile).config,
      ts.sys,
      scripts(),
    );
    const service = ts.createLanguageService({
      fileExists: (name) => ts.sys.fileExists(name),
      readFile: (name) => ts.sys.readFile(name),
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...fileNames, file],
      getScriptVersion: () => "1",
      getScriptSnapshot: (name) =>
        ts.ScriptSnapshot.fromString(name === file ? text : (ts.sys.readFile(name) ?? "")),
      getCurrentDirectory: () => scripts(),
      getDefaultLibFileName: (it) => ts.getDefaultLibFilePath(it),
    });
    const at = text.indexOf(";");
    const names = service.getCompletionsAtPosition(file, at, {})?.entries.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["find", "list", "remove"]));
    const details = service.getCompletionEntryDetails(file, at, "list", {}, undefined, {}, undefined);
    expect(ts.displayPartsToString(details?.documentation)).toBe("The orders of a customer.");
    const globals = service.getCompletionsAtPosition(file, 0, {})?.entries.map(({ name }) => name);
    expect(globals).toContain("currency");
    expect(globals).not.toContain("process");
  });

  it("runs its unit tests under node:test, with types", { timeout: slow }, async () => {
    const { code, out } = await run(process.execPath, ["--test", "--test-reporter=tap"], scripts());
    expect(code, out).toBe(0);
    expect(out).toContain("adds up the orders of a customer");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
    const roots = ["--typeRoots", join(root, "node_modules/@types")];
    const types = await run("tsc", [...options, ...roots, "--ignoreConfig", "total.test.ts"], scripts());
    expect(types, types.out).toEqual({ code: 0, out: "" });
  });
});

describe("`pack` in the config", () => {
  it("is as the page shows it", () => {
    expect(validateConfig(sampleConfig)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ nmae: "a" }, "`pack.nmae` is not a key of the config."],
    [{ name: "Acme Scripts" }, "`pack.name` must be the name of a package"],
    [
      { manifest: { license: "MIT", version: "2.0.0" } },
      "`pack.manifest.version` is written by `isobind pack`.",
    ],
    [{ manifest: "MIT" }, "`pack.manifest` must be an object"],
    [{ title: "" }, "`pack.title` must be a text"],
  ])("refuses %j", (wrong, message) => {
    const [mistake] = validateConfig({ definition: "./bindings.ts", pack: wrong });
    expect(mistake?.message).toContain(message);
  });
});

describe("the version", () => {
  const version = (): unknown => (JSON.parse(packed("package.json")) as { version: string }).version;

  it("follows what has changed since the published one", { timeout: slow }, async () => {
    await define(definition.replace("One order.", "An order."));
    expect((await pack("--profile", "admin")).stdout).toContain(
      "(new documentation since @acme/shop-admin@1.0.0)",
    );
    expect(version()).toBe("1.0.1");
    await define(definition.replace("remove(id: string)", "remove(id: string, why?: string)"));
    await pack("--profile", "admin", "--against", tarball);
    expect(version()).toBe("1.1.0");
    expect(packed("reference.md")).toContain("@acme/shop-admin@1.0.0");
    await define(definition.replace("list(customer: string)", "list(customer: string, year: number)"));
    await pack("--profile", "admin", "--against", tarball);
    expect(version()).toBe("2.0.0");
    await define(definition);
    const same = await pack("--profile", "admin", "--against", tarball);
    expect(same.stdout).toContain("nothing has changed since @acme/shop-admin@1.0.0");
    expect(version()).toBe("1.0.0");
    await pack("--profile", "admin", "--package-version", "3.1.4");
    expect(version()).toBe("3.1.4");
  });

  it("is refused when it is none, or when there is nothing to compare with", async () => {
    const none = await pack("--profile", "admin", "--package-version", "new");
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("`new` is no version")]);
    const gone = await pack("--profile", "admin", "--against", "./gone");
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining("`./gone` does not exist")]);
    const other = await pack("--profile", "admin", "--against", ".");
    expect(other.stderr).toContain("is no package that `isobind pack` has written");
  });
});

describe("the folder", () => {
  it("is one for each profile", { timeout: slow }, async () => {
    await define(definition.replace("/** @profile admin */", "/** @profile admin, owner */"));
    const { code, stdout } = await pack("--out", "packages");
    expect(code).toBe(0);
    expect(stdout).toContain("@acme/shop-admin@1.0.0");
    expect(stdout).toContain("@acme/shop-owner@1.0.0");
    expect(existsSync(join(host, "packages/owner/package.json"))).toBe(true);
    await define(definition);
  });

  it("is replaced as a whole, and never when somebody else's files are in it", async () => {
    writeFileSync(join(host, "script-package/admin/leftover.txt"), "");
    await pack("--profile", "admin");
    expect(existsSync(join(host, "script-package/admin/leftover.txt"))).toBe(false);
    mkdirSync(join(host, "mine"));
    writeFileSync(join(host, "mine/notes.md"), "mine");
    const refused = await pack("--profile", "admin", "--out", "mine");
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("is not empty")]);
    expect(readFileSync(join(host, "mine/notes.md"), "utf8")).toBe("mine");
  });

  it("is not written while the definition has findings or the output is stale", async () => {
    writeFileSync(join(host, "bindings.ts"), definition.replace("customer: string", "customer: number"));
    const { code, stdout } = await pack("--profile", "admin");
    expect([code, stdout]).toEqual([1, expect.stringContaining("output-stale")]);
    writeFileSync(join(host, "bindings.ts"), definition);
  });
});
