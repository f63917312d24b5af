/**
 * Compiles emitted text with the real compilers of several TypeScript versions, many files in one run.
 */
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../../", import.meta.url));

export const compilers = ["5.9", "6.0", "7.0"] as const;
export type Compiler = (typeof compilers)[number];

function commandOf(compiler: Compiler): readonly string[] {
  if (compiler === "7.0") return [join(root, "node_modules", ".bin", "tsc")];
  return [
    process.execPath,
    join(dirname(require.resolve(`typescript-${compiler}/package.json`)), "lib", "tsc.js"),
  ];
}

/** What a compiler says in a folder; empty when it is content. */
export function tsc(compiler: Compiler, args: readonly string[], cwd: string): Promise<string> {
  const [command = "", ...first] = commandOf(compiler);
  return new Promise((resolve, reject) => {
    execFile(command, [...first, ...args], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      // A compiler that is not there would be content with everything.
      if (typeof error?.code === "string") return reject(error);
      resolve(error === null && !args.includes("--listFilesOnly") ? "" : `${stdout}${stderr}`);
    });
  });
}

/** The compiler's complaints about a folder of files; empty when there are none. */
export async function compile(
  compiler: Compiler,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "isobind-emit-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["es2023"],
      types: [],
      isolatedModules: true,
      allowImportingTsExtensions: true,
      ...options,
    };
    await writeFile(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: Object.keys(files) }),
    );
    return await tsc(compiler, ["-p", folder], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the global name of a declaration its own, so that many declarations fit one program. */
export function renamed(declaration: string, at: number): string {
  return declaration
    .replace(/^declare const SecureExec: \{\n {2}readonly bindings: SecureExec\./mu, (text) =>
      text.replaceAll("SecureExec", `SecureExec${at}`),
    )
    .replace(/^declare namespace SecureExec \{$/mu, `declare namespace SecureExec${at} {`);
}
