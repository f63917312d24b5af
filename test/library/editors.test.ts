/**
 * A folder of scripts whose tsconfig extends the generated one is seen by every compiler as `typecheck` sees it, and a host's project does
 * not see the library.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineNames } from "../../src/config/engines.ts";
import { generate } from "../../src/generator/generate.ts";
import { libraryText } from "../../src/library/library.ts";
import { compilers, tsc } from "../emit/compile.ts";
import { features, isIn, missing } from "./features.ts";

let root = "";
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
};

const lines = [...Object.values(features).flat(), ...missing];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "isobind-library-"));
  write("package.json", `{ "type": "module" }`);
  write(
    "bindings.ts",
    `export interface Bindings { /** @profile admin */ drop(): void; greet(name: string): string }`,
  );
  for (const engine of engineNames) {
    const config = { definition: "./bindings.ts", outDir: `./${engine}/generated`, engines: [engine] };
    const { ok } = await generate(config, { cwd: root });
    expect(ok).toBe(true);
    const strictly = { compilerOptions: { skipLibCheck: false }, include: ["."] };
    write(
      `${engine}/scripts/tsconfig.json`,
      JSON.stringify({ extends: "../generated/tsconfig.scripts.json", ...strictly }),
    );
    write(
      `${engine}/admin/tsconfig.json`,
      JSON.stringify({ extends: "../generated/admin/tsconfig.scripts.json", ...strictly }),
    );
    write(
      `${engine}/admin/drop.js`,
      "SecureExec.bindings.drop(); console.log([1].values().map((n) => n + 1));",
    );
    for (const [index, text] of lines.entries()) write(`${engine}/scripts/${index}.ts`, text);
    write(`${engine}/scripts/own.js`, "console.log(SecureExec.bindings.greet('a'), input);");
  }
  write("tsconfig.json", `{ "compilerOptions": { "strict": true, "noEmit": true } }`);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(compilers)("TypeScript %s", (compiler) => {
  it.each(engineNames)("passes what %s has, and refuses the rest", async (engine) => {
    const said = await tsc(compiler, ["-p", `${engine}/scripts`, "--pretty", "false"], root);
    const refused = new Set(
      [...said.matchAll(/^\S*?scripts\/(\d+)\.ts\(/gmu)].map(([, index]) => lines[Number(index)]),
    );
    // Of what Node 22 lacks in regular expressions, compilers know nothing; `typecheck` does.
    const isPattern = (text: string): boolean => text.startsWith("/(?");
    const wrong = lines.filter((text) => refused.has(text) === isIn(engine, text) && !isPattern(text));
    expect(wrong).toEqual([]);
    // Where an engine has no `using`, the compiler misses its type too.
    const elsewhere = said
      .split("\n")
      .filter((line) => line !== "" && !/^ |scripts\/\d|global type '(?:Async)?Disposable'/u.test(line));
    expect(elsewhere).toEqual([]);
    expect(await tsc(compiler, ["-p", `${engine}/admin`], root)).toBe("");
  });

  it("keeps the library from a host's project", async () => {
    const files = await tsc(compiler, ["-p", ".", "--listFilesOnly"], root);
    expect(files).toContain("node22/generated/secure-exec.d.ts");
    expect(files).not.toContain(".secure-exec.lib.d.ts");
  });
});

it.each(engineNames)("the library of %s is as prettier writes it", async (engine) => {
  const text = libraryText(engine);
  expect(await format(text, { parser: "typescript" })).toBe(text);
});
