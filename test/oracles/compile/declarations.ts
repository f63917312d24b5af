/**
 * Compiles declarations one by one, each as the only file of its program: that is how a script's editor sees it. TypeScript 5.9
 * and 6.0 by their API, in this process and with one copy of the library; 7.0 by its command line, all in one process.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type ts from "typescript-6.0";
import { repository } from "../emitted.ts";

export type Compiler = typeof ts;

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Name of a declaration -> the errors in it; those without any are left out. */
export type Errors = Readonly<Record<string, readonly string[]>>;

export function compileByApi(ts: Compiler, declarations: readonly NamedText[], exact: boolean): Errors {
  const options: ts.CompilerOptions = {
    lib: ["lib.es2023.d.ts"],
    target: ts.ScriptTarget.ES2022,
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: exact,
  };
  const base = ts.createCompilerHost(options);
  const libs = new Map<string, ts.SourceFile | undefined>();
  const errors: Record<string, string[]> = {};
  for (const { name, text } of declarations) {
    const file = "/declaration/secure-exec.d.ts";
    const host: ts.CompilerHost = {
      ...base,
      getSourceFile: (path, version) => {
        if (path === file) return ts.createSourceFile(path, text, version, true);
        if (!libs.has(path)) libs.set(path, base.getSourceFile(path, version));
        return libs.get(path);
      },
      fileExists: (path) => path === file || base.fileExists(path),
      readFile: (path) => (path === file ? text : base.readFile(path)),
    };
    const program = ts.createProgram({ rootNames: [file], options, host });
    const source = program.getSourceFile(file);
    const found = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    if (found.length > 0)
      errors[name] = found.map(
        (one) => `TS${one.code} at ${one.start}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`,
      );
  }
  return errors;
}

export async function compileByCommand(declarations: readonly NamedText[], exact: boolean): Promise<Errors> {
  return inScratch(async (folder) => {
    const projects = declarations.map(({ text }, at) => {
      const project = join(folder, `case-${at}`);
      mkdirSync(project);
      writeFileSync(join(project, "secure-exec.d.ts"), text);
      const compilerOptions = {
        lib: ["es2023"],
        types: [],
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: exact,
      };
      writeFileSync(
        join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["secure-exec.d.ts"] }),
      );
      return project;
    });
    const output = await tsc("typescript", ["-b", ...projects]);
    const errors: Record<string, string[]> = {};
    for (const line of output.split("\n").filter((one) => /error TS/u.test(one))) {
      const at = /case-(\d+)/u.exec(line)?.[1];
      const name = at === undefined ? "command line" : (declarations[Number(at)]?.name ?? "");
      (errors[name] ??= []).push(line);
    }
    return errors;
  });
}

/** What a compiler prints. Neither errors nor the lack of them are a failure here. */
export async function tsc(version: string, args: readonly string[]): Promise<string> {
  const bin = join(repository, "node_modules", version, "bin", "tsc");
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [bin, ...args, "--pretty", "false"],
      {
        cwd: repository,
        maxBuffer: 1 << 26,
      },
    );
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    if (stdout === undefined) throw error;
    return `${stdout}${stderr ?? ""}`;
  }
}

export async function inScratch<T>(step: (folder: string) => Promise<T>): Promise<T> {
  const cache = join(repository, ".cache", "test");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "compile-"));
  try {
    return await step(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
