/** The tsconfig that scripts are written under: does an editor show what the sandbox has, and nothing more? */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { glob } from "tinyglobby";
import { ok, warning, type Finding, type Patient } from "./finding.ts";

export async function checkScripts({ root, config }: Patient): Promise<readonly Finding[]> {
  if (config === null) return [];
  const files = await glob("**/tsconfig*.json", { cwd: root, ignore: ["**/node_modules/**"], deep: 6 });
  const findings: Finding[] = [];
  for (const { outDir } of config.contracts) {
    const declaration = join(outDir, "secure-exec.d.ts");
    const users = files.filter((file) => includes(join(root, file), declaration));
    if (users.length === 0) {
      findings.push(
        warning(
          "scripts",
          `no tsconfig.json includes ${relative(root, declaration)}, so editors do not complete SecureExec.bindings.`,
          "`isobind init` writes one for a folder of scripts; or list the file under `include` in yours.",
        ),
      );
    }
    for (const file of users) findings.push(...judge(join(root, file), file));
  }
  return findings;
}

interface Tsconfig {
  readonly include?: unknown;
  readonly files?: unknown;
  readonly compilerOptions?: { readonly lib?: unknown; readonly types?: unknown };
}

function judge(path: string, file: string): readonly Finding[] {
  const options = readTsconfig(path)?.compilerOptions ?? {};
  const lib = Array.isArray(options.lib) ? options.lib.map((name) => String(name).toLowerCase()) : null;
  const problems: Finding[] = [];
  if (lib === null || lib.some((name) => name.startsWith("dom") || name.startsWith("webworker"))) {
    problems.push(
      warning(
        "scripts",
        `${file} gives scripts the browser's globals, which no sandbox has.`,
        `Write "lib": ["es2023"] in its compilerOptions.`,
      ),
    );
  }
  if (!Array.isArray(options.types)) {
    problems.push(
      warning(
        "scripts",
        `${file} may give scripts the types of Node and of test runners (TypeScript 5 and 6 load every @types package).`,
        `Write "types": ["isobind/script"] in its compilerOptions.`,
      ),
    );
  }
  return problems.length > 0
    ? problems
    : [ok("scripts", `${file} shows scripts what the sandbox has, and nothing more.`)];
}

function includes(path: string, declaration: string): boolean {
  const tsconfig = readTsconfig(path);
  const named = [tsconfig?.include, tsconfig?.files].flatMap((list) => (Array.isArray(list) ? list : []));
  return named.some((entry) => {
    if (typeof entry !== "string") return false;
    const target = resolve(dirname(path), entry);
    return target === declaration || target === dirname(declaration);
  });
}

/** tsconfig.json is JSON with comments and trailing commas; what cannot be read is not ours to judge. */
function readTsconfig(path: string): Tsconfig | null {
  try {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const plain = text
      .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? "")
      .replace(/,(\s*[}\]])/g, "$1");
    return JSON.parse(plain) as Tsconfig;
  } catch {
    return null;
  }
}
