/** The text of a declaration, from what a built host has: its registry, and the contract it may import. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { declarationOf } from "../../src/declaration.ts";
import { readHeader } from "../../src/model/identity/header.ts";
import { defineRegistry } from "../../src/registry/define-registry.ts";
import quickstart from "../../fixtures/quickstart/generated/registry.ts";
import scriptKinds from "../../fixtures/valid/script-kinds/expected/registry.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const contracts = globSync("fixtures/{quickstart,valid}/**/contract.json", { cwd: repository }).sort();

/** Without what a registry does not have: comments, and lines between members that are there for them. */
const bare = (text: string): string =>
  text
    .split("\n")
    .slice(1)
    .join("\n")
    .replace(/\/\*\*[^]*?\*\//gu, "")
    .replace(/\n\s*(?=\n)/gu, "");

it("a registry's declaration says what scripts are, as its contract does", () => {
  const { digest, scripts } = readHeader(declarationOf(scriptKinds));
  expect(digest).toBe(scriptKinds.digest);
  expect([...scripts.keys()]).toEqual(["default", "rule", "cleanup"]);
});

describe("the declaration of a contract.json", () => {
  it.each(contracts)("is the file beside it: %s", (path) => {
    const file = join(repository, path);
    const text = readFileSync(join(dirname(file), "secure-exec.d.ts"), "utf8");
    // Only the generator knows of other contracts of the project.
    const expected = text.replace("// @ts-nocheck\n", "");
    const json = readFileSync(file, "utf8");
    for (const source of [json, JSON.parse(json) as object, { default: JSON.parse(json) as object }]) {
      expect(declarationOf(source).replace("// @ts-nocheck\n", "")).toBe(expected);
    }
  });
});

describe("the declaration of a registry", () => {
  it("says the same, without documentation", () => {
    const file = readFileSync(join(repository, "fixtures/quickstart/generated/secure-exec.d.ts"), "utf8");
    const text = declarationOf(quickstart);
    expect(readHeader(text)).toEqual(readHeader(file));
    expect(bare(text)).toBe(bare(file));
  });

  it("is none for a tree without types, and asks for the contract of a profile", () => {
    expect(() => declarationOf(defineRegistry({ add: (a: number) => a }))).toThrow("without a contract");
    expect(() => declarationOf({ ...quickstart, profile: "pro" })).toThrow("`pro`");
    expect(() => declarationOf({})).toThrow("not a contract of isobind");
  });
});

describe("a host that tsc has built into dist", () => {
  it("has the declaration there, though its file is not", () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-dist-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(repository, join(folder, "node_modules/isobind"));
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    write("package.json", `{ "type": "module" }`);
    write(
      "src/bindings.ts",
      `import { defineBindings } from "isobind";\nexport default defineBindings({\n  /** Greets. */\n  greet: (name: string) => \`Hello, \${name}!\`,\n});\n`,
    );
    write(
      "bindings.config.ts",
      `export default { definition: "./src/bindings.ts", outDir: "./src/generated" };\n`,
    );
    write(
      "src/main.ts",
      `import { declarationOf } from "isobind/declaration";
import { createSandbox } from "isobind/runtime";
import contract from "./generated/contract.json" with { type: "json" };
import registry from "./generated/registry.js";
const declaration = declarationOf(contract);
const sandbox = await createSandbox({ registry, declaration, isolation: "none" });
const result = await sandbox.run("export default SecureExec.bindings.greet('Ada')");
await sandbox.dispose();
const missing: unknown = await createSandbox({ registry, declaration: new URL("./generated/secure-exec.d.ts", import.meta.url) }).catch((error: unknown) => String(error));
console.log(JSON.stringify([result.status, declaration.includes("Greets."), declarationOf(registry).includes("greet"), missing]));
`,
    );
    write(
      "tsconfig.json",
      `{ "compilerOptions": { "module": "nodenext", "target": "es2023", "strict": true, "types": ["node"], "typeRoots": [${JSON.stringify(join(repository, "node_modules/@types"))}], "resolveJsonModule": true, "rootDir": "src", "outDir": "dist" }, "include": ["src"] }`,
    );
    const node = (...args: readonly string[]): string =>
      execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    node(join(repository, "dist/cli/main.js"), "generate");
    node(join(repository, "node_modules/typescript/bin/tsc"));
    expect(existsSync(join(folder, "dist/generated/secure-exec.d.ts"))).toBe(false);
    const [status, isDocumented, isWhole, missing] = JSON.parse(node("dist/main.js")) as unknown[];
    expect([status, isDocumented, isWhole]).toEqual(["ok", true, true]);
    expect(missing).toMatch(/secure-exec\.d\.ts cannot be read.*tsc.*`isobind\/declaration`/);
  });
});
