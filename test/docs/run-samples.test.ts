/** Runs the projects that README shows, each in a folder of its own. Samples of the runtime are run beside its tests. */
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { manifest, project, type Project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
async function sample(folder: string): Promise<Project> {
  const made = project({ "package.json": manifest });
  symlinkSync(join(root, "node_modules/ai"), made.path("node_modules/ai"));
  cpSync(join(root, folder), made.root, { recursive: true, filter: (file) => !file.includes("generated") });
  const { code, stdout } = await isobind(["generate"], { cwd: made.root });
  expect(code, stdout).toBe(0);
  return made;
}

function node(made: Project, file: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [file], {
    cwd: made.root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "test" },
  });
}

describe("the projects of README", () => {
  it("README.md: definition, script and host", async () => {
    const made = await sample("fixtures/readme");
    expect(node(made, "host.ts").stdout).toBe("Hello, Ada!\n");
    const { code, stdout } = await isobind(["run", "script.ts"], { cwd: made.root });
    expect([code, stdout]).toEqual([
      0,
      `default = 'Hello, Ada! Order 7 is from ${new Date().getFullYear()}.'\n`,
    ]);
  });

  it("README.md: the contract style", async () => {
    const made = await sample("fixtures/contract-style");
    const { code, stdout, stderr } = await isobind(["run", "script.ts", "--registry", "host.ts"], {
      cwd: made.root,
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toBe("Hello, Ada!\ndefault = 'All about clocks'\n");
  });

  it("README.md: the unit test of a script, under node:test", async () => {
    const made = await sample("fixtures/testing");
    const { status, stdout } = spawnSync(process.execPath, ["--test", "--test-reporter=tap"], {
      cwd: made.root,
      encoding: "utf8",
      // A runner of Node inside of another reports to that one instead of printing.
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("ok 1 - adds up the orders of a customer")]);
  });

  it("all of them type-check under strict options", async () => {
    for (const folder of [
      "fixtures/readme",
      "fixtures/contract-style",
      "fixtures/testing",
      "fixtures/shop",
    ]) {
      const made = await sample(folder);
      const compilerOptions = {
        target: "es2024",
        lib: ["es2024", "esnext.disposable"],
        module: "nodenext",
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: ["node"],
        resolveJsonModule: true,
        typeRoots: [join(root, "node_modules/@types")],
        skipLibCheck: true,
      };
      writeFileSync(
        made.path("tsconfig.json"),
        JSON.stringify({ compilerOptions, include: ["*.ts", "generated"], exclude: [] }),
      );
      const { stdout } = spawnSync(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "-p", "."],
        { cwd: made.root, encoding: "utf8" },
      );
      expect(stdout, folder).toBe("");
    }
  });
});

it("docs/json-form.md: values that come back as they were, and a mistake with its place", () => {
  const made = project({ "package.json": manifest });
  cpSync(join(root, "docs/samples/json-form.ts"), made.path("json-form.ts"));
  const { stdout, stderr } = node(made, "json-form.ts");
  expect(stderr).toBe("");
  expect(stdout).toContain("{ since: 1970-01-01T00:00:00.000Z, seen: Set(1) { 1n } }");
  expect(stdout).toContain('an unknown `$type`, "Dat"');
});

it("docs/testing.md: mocks in a sandbox", async () => {
  const made = await sample("fixtures/testing");
  cpSync(join(root, "docs/samples/mock-sandbox.ts"), made.path("mock-sandbox.ts"));
  const { stdout, stderr } = node(made, "mock-sandbox.ts");
  expect(stderr).toBe("");
  expect(stdout).toContain("exports: { default: [ 'a7', 'b3' ] }");
  expect(stdout.endsWith("\n1\n")).toBe(true);
});

it("docs/testing.md: errors on demand", async () => {
  const made = await sample("fixtures/testing");
  cpSync(join(root, "docs/samples/mock-errors.ts"), made.path("mock-errors.ts"));
  made.write(
    "call.ts",
    `import { registry } from "./mock-errors.ts";
    const find = registry.leaves.find(({ name }) => name === "orders.find").call;
    console.log((await find("a7")).total, await find("gone").catch(({ name, message, id }) => [name, message, id].join()));`,
  );
  expect(node(made, "call.ts").stdout).toBe("12 NotFoundError,when there is no such order,gone\n");
});

it("docs/testing.md: a recording, and a run that is answered from it", async () => {
  const made = await sample("fixtures/testing");
  cpSync(join(root, "docs/samples/record.ts"), made.path("record.ts"));
  made.write(
    "host.ts",
    `import { createRegistry } from "./generated/registry.ts";
    const find = async (id: string) => ({ id, total: 12, placed: new Date(0) });
    export default createRegistry({ orders: { find, list: async () => [], count: () => 1 }, greet: (name) => name });`,
  );
  const { stdout, stderr } = node(made, "record.ts");
  expect(stderr).toBe("");
  expect(stdout.match(/default: \{ id: 'a7', total: 12, placed: 1970-01-01T00:00:00.000Z \}/g)).toHaveLength(
    2,
  );
});
