/** Checks the tsconfig that scripts are written under: that an editor shows what the sandbox has, and nothing more. */
import { join, relative } from "node:path";
import { glob } from "tinyglobby";
import { ok, warning, type Finding, type Patient } from "./finding.ts";
import type { Tsconfig } from "../../scripts/typecheck/tsconfig.ts";

export async function checkScripts({ root, config }: Patient): Promise<readonly Finding[]> {
  if (config === null) return [];
  const { readTsconfig } = await import("../../scripts/typecheck/tsconfig.ts");
  const files = await glob("**/tsconfig*.json", { cwd: root, ignore: ["**/node_modules/**"], deep: 6 });
  const read = files.flatMap((file) => {
    const tsconfig = readTsconfig(join(root, file));
    return tsconfig === null ? [] : [{ file, tsconfig }];
  });
  const findings: Finding[] = [];
  for (const { outDir } of config.contracts) {
    const declaration = join(outDir, "secure-exec.d.ts");
    const users = read.filter(({ tsconfig }) => tsconfig.names(declaration) || tsconfig.covers(declaration));
    if (users.length === 0) {
      findings.push(
        warning(
          "scripts",
          `no tsconfig.json includes ${relative(root, declaration)}, so editors do not complete SecureExec.bindings.`,
          "`isobind init` writes one for a folder of scripts; or list the file under `include` in yours.",
        ),
      );
    }
    // A tsconfig that has the host's side as well by a pattern is that of the project, with whatever its code needs.
    const registry = join(outDir, "registry.ts");
    const ofScripts = users.filter(
      ({ tsconfig }) => tsconfig.names(declaration) || !tsconfig.covers(registry),
    );
    for (const { file, tsconfig } of ofScripts) findings.push(...judge(tsconfig, file));
    const [first] = users;
    if (first !== undefined && ofScripts.length === 0) {
      findings.push(
        ok(
          "scripts",
          `${first.file} includes the declaration together with your own code; one for scripts alone would show them only what the sandbox has.`,
        ),
      );
    }
  }
  return findings;
}

function judge({ lib, types }: Tsconfig, file: string): readonly Finding[] {
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
  if (types === null) {
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
