/** Checks the tsconfig that scripts are written under: that an editor shows what the sandbox has, and nothing more. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { glob } from "tinyglobby";
import { type EngineName, engineWords } from "../../config/engines.ts";
import {
  kindInputName,
  kindOfOutput,
  kindTsconfigName,
  libraryName,
  tsconfigName,
} from "../../library/names.ts";
import { ok, warning, type Finding, type Patient } from "./finding.ts";
import { checkAround, type ScriptsTsconfig } from "./kinds.ts";
import type { Tsconfig } from "../../scripts/typecheck/tsconfig.ts";

export async function checkScripts({ root, config }: Patient): Promise<readonly Finding[]> {
  if (config === null) return [];
  const { readTsconfig } = await import("../../scripts/typecheck/tsconfig.ts");
  const found = await glob("**/tsconfig*.json", { cwd: root, ignore: ["**/node_modules/**"], deep: 6 });
  // The generated ones are there to be extended.
  const files = found.filter(
    (file) => basename(file) !== tsconfigName && kindOfOutput(basename(file)) === null,
  );
  const read = files.flatMap((file) => {
    const tsconfig = readTsconfig(join(root, file));
    return tsconfig === null ? [] : [{ file, tsconfig }];
  });
  const findings: Finding[] = [];
  for (const { outDir, engine } of config.contracts) {
    findings.push(...judgeEngine(engine));
    const declaration = join(outDir, "secure-exec.d.ts");
    // Without it a tsconfig that extends it shows nothing either.
    const base = join(outDir, tsconfigName);
    const users = read.filter(({ tsconfig }) => tsconfig.names(declaration) || tsconfig.covers(declaration));
    if (users.length === 0) {
      findings.push(
        warning(
          "scripts",
          `no tsconfig.json includes ${relative(root, declaration)}, so editors do not complete SecureExec.bindings.`,
          existsSync(base)
            ? `\`isobind init\` writes one for a folder of scripts; or extend ${relative(root, base)} in yours.`
            : `\`isobind generate\` writes ${relative(root, base)}, which the tsconfig.json of your scripts extends; \`isobind init\` writes that one.`,
        ),
      );
    }
    // A tsconfig that has the host's side as well by a pattern is that of the project, with whatever its code needs.
    const registry = join(outDir, "registry.ts");
    const ofScripts = users.filter(
      ({ tsconfig }) => tsconfig.names(declaration) || !tsconfig.covers(registry),
    );
    const asked = ofScripts.map(({ file, tsconfig }) => ({
      path: join(root, file),
      tsconfig,
      kind: kindOf(tsconfig, outDir),
    }));
    for (const one of asked) findings.push(...judge(one, outDir, root));
    findings.push(...checkAround(asked, outDir, root));
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

function judge({ path, tsconfig, kind }: ScriptsTsconfig, outDir: string, root: string): readonly Finding[] {
  const { lib, types } = tsconfig;
  const file = slashes(relative(root, path));
  const base = slashes(relative(dirname(path), join(outDir, tsconfigName)));
  const help = `Write "extends": ${JSON.stringify(base.startsWith(".") ? base : `./${base}`)} in it, and leave "lib" and "types" out.`;
  const problems: Finding[] = [];
  if (lib === null || lib.some((name) => name.startsWith("dom") || name.startsWith("webworker"))) {
    problems.push(
      warning("scripts", `${file} gives scripts the browser's globals, which no sandbox has.`, help),
    );
  }
  if (types === null) {
    problems.push(
      warning(
        "scripts",
        `${file} may give scripts the types of Node and of test runners (TypeScript 5 and 6 load every @types package).`,
        help,
      ),
    );
  }
  if (problems.length > 0) return problems;
  // A profile's declaration is in a folder of its own, inside that of the library.
  const hasLibrary = [outDir, dirname(outDir)].some((folder) => tsconfig.names(join(folder, libraryName)));
  return [
    ok(
      "scripts",
      hasLibrary
        ? `${file} shows scripts what the sandbox has, and nothing more.${aboutKind(kind, path, outDir)}`
        : `${file} shows scripts the declaration, and its own "lib" instead of what their engine has. ${help}`,
    ),
  ];
}

/** Which `input` scripts have there, where the definition has several kinds of script. */
function aboutKind(kind: string | null, path: string, outDir: string): string {
  if (kinds(outDir).length === 0) return "";
  if (kind !== null) return ` Their \`input\` is that of the kind \`${kind}\`.`;
  const base = slashes(relative(dirname(path), join(outDir, kindTsconfigName("<kind>"))));
  return ` Their \`input\` is that of every kind together; a folder of one kind extends ${base}.`;
}

const kindOf = (tsconfig: Tsconfig, outDir: string): string | null =>
  kinds(outDir).find((one) => tsconfig.names(join(outDir, kindInputName(one)))) ?? null;

/** Those that have files of their own. */
const kinds = (outDir: string): readonly string[] =>
  existsSync(outDir)
    ? readdirSync(outDir).flatMap((name) => (/\.ts$/u.test(name) && kindOfOutput(name)) || [])
    : [];

/** Scripts that are written for a newer engine than this one may use what it lacks. */
export function judgeEngine(engine: EngineName, node: string = process.versions.node): readonly Finding[] {
  if (Number(node.split(".")[0]) >= Number(engine.slice("node".length))) return [];
  return [
    warning(
      "engines",
      `scripts are written for ${engineWords(engine)}, and this is Node ${node}, which lacks a part of what they may use.`,
      `Run sandboxes on ${engineWords(engine)}, or name an older one in \`engines\` of the config.`,
    ),
  ];
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
