/**
 * The oracle of independence: the same definitions give the same bytes whatever surrounds them. Each variant is the whole
 * corpus in another folder, emitted by a process with another locale, time zone and working directory.
 */
import { execFile } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpus, type CorpusCase } from "../corpus.ts";
import { repository } from "../emitted.ts";

interface Variant {
  /** Changes a copy of one case. */
  readonly prepare?: (folder: string, one: CorpusCase) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What means something stays; all else is for the compiler that the user runs. */
const meaning = { module: "nodenext", exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

function eachSource(folder: string, change: (text: string) => string): void {
  for (const file of globSync("**/*.ts", { cwd: folder, exclude: ["node_modules/**"] })) {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }
}

function tsconfig(compilerOptions: object): NonNullable<Variant["prepare"]> {
  return (folder, one) => {
    if (one.tsconfig !== null) return;
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...meaning, ...compilerOptions } }),
    );
  };
}

/** A `typescript` that would tell if it were loaded, and has a library of its own. */
function otherTypeScript(folder: string): void {
  const installed = join(folder, "node_modules", "typescript");
  mkdirSync(join(installed, "lib"), { recursive: true });
  writeFileSync(
    join(installed, "package.json"),
    `{ "name": "typescript", "version": "4.1.0", "main": "./lib/typescript.js", "types": "./lib/typescript.d.ts" }`,
  );
  writeFileSync(
    join(installed, "lib", "typescript.js"),
    "throw new Error('the other typescript was loaded');",
  );
  writeFileSync(join(installed, "lib", "typescript.d.ts"), "export {};");
  writeFileSync(join(installed, "lib", "lib.es2023.d.ts"), "interface Array<T> { other: T }");
}

const variants: Readonly<Record<string, Variant>> = {
  "line endings, a byte order mark, another locale, time zone, folder and TypeScript": {
    prepare: (folder) => {
      eachSource(folder, (text) => {
        const plain = text.replace(/^\uFEFF/u, "").replaceAll("\r\n", "\n");
        return `\uFEFF${plain.replaceAll("\n", "\r\n")}`;
      });
      otherTypeScript(folder);
    },
    env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati", NO_COLOR: "1" },
    cwd: "/",
  },
  "a lax tsconfig written for TypeScript 5": {
    prepare: tsconfig({
      target: "es5",
      lib: ["dom", "es5"],
      strict: false,
      strictNullChecks: false,
      noImplicitAny: false,
      importsNotUsedAsValues: "remove",
      suppressImplicitAnyIndexErrors: true,
      downlevelIteration: true,
      types: ["node"],
    }),
    env: { LC_ALL: "de_DE.UTF-8", TZ: "America/St_Johns" },
  },
  "a strict tsconfig written for TypeScript 7": {
    prepare: tsconfig({
      target: "esnext",
      lib: ["esnext", "es2031"],
      strict: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      isolatedDeclarations: true,
      noUnusedLocals: true,
      checkers: 4,
      stableTypeOrdering: true,
      skipLibCheck: false,
    }),
    env: { LC_ALL: "C", TZ: "UTC" },
  },
};

const cache = join(repository, ".cache", "test");
const root = join(cache, `independence-${process.pid}`);
let plain: Readonly<Record<string, string>> = {};

async function emitAll({ prepare, env = {}, cwd = repository }: Variant): Promise<Record<string, string>> {
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, "variant-"));
  try {
    for (const one of corpus) {
      const copy = join(folder, one.name.replaceAll("/", "-"));
      cpSync(one.folder, copy, {
        recursive: true,
        filter: (path) => !/[\\/](?:expected|generated|scripts)$/u.test(path),
      });
      prepare?.(copy, one);
    }
    const script = join(repository, "test/oracles/independence/generate-all.ts");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", script, folder],
      { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 },
    );
    return JSON.parse(stdout) as Record<string, string>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

beforeAll(async () => {
  // isobind from its sources, whatever has been built.
  const installed = join(root, "node_modules", "isobind");
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, "package.json"),
    `{ "name": "isobind", "type": "module", "exports": { ".": { "types": "./index.d.ts" } } }\n`,
  );
  writeFileSync(join(installed, "index.d.ts"), `export * from "../../../../../src/index.ts";\n`);
  writeFileSync(join(root, "package.json"), `{ "name": "independence", "type": "module" }\n`);
  plain = await emitAll({});
}, 180_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the same bytes with", () => {
  it.each(Object.keys(variants))("%s", { timeout: 180_000 }, async (name) => {
    const found = await emitAll(variants[name] ?? {});
    expect(Object.keys(plain).length).toBe(3 * corpus.length);
    expect(Object.keys(found).filter((file) => found[file] !== plain[file])).toEqual([]);
    expect(Object.keys(found)).toEqual(Object.keys(plain));
  });
});
