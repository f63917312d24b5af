/** Checks the project's own state: a config that can be used, a definition within the rules, output that is current. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { counted } from "../../model/counted.ts";
import { relativePath } from "../../files/relative-path.ts";
import { error, ok, warning, type Finding, type Patient } from "./finding.ts";

export async function checkOutput({ io, root, config }: Patient): Promise<readonly Finding[]> {
  if (config === null) return [];
  const { check } = await import("../../generator/generate.ts");
  const result = await check(config.file ?? undefined, { cwd: io.cwd });
  const findings: Finding[] = [];
  const rules = result.diagnostics.filter(
    ({ code, severity }) => severity === "error" && !code.startsWith("output-"),
  );
  findings.push(
    rules.length === 0
      ? ok("definition", "the definition keeps every rule.")
      : error(
          "definition",
          `the definition breaks ${counted(rules.length, "rule")}: ${[...new Set(rules.map(({ code }) => code))].join(", ")}.`,
          "`isobind check` shows where.",
        ),
  );
  const old = result.files.filter(({ status }) => status === "stale" || status === "missing");
  if (old.length > 0) {
    const list = old
      .map(({ path, status }) => `${relativePath(io.cwd, resolve(result.root, path))} is ${status}`)
      .join(", ");
    findings.push(error("output", `${list}.`, "`isobind generate`"));
  } else if (rules.length === 0) {
    findings.push(ok("output", "the generated files are current."));
  }
  for (const { outDir } of config.contracts) {
    if (await isIgnored(root, outDir)) {
      findings.push(
        warning(
          "output in git",
          `${relativePath(io.cwd, outDir)} is ignored by git, so reviewers do not see which powers a change grants.`,
          "Take it out of .gitignore and commit the generated files.",
        ),
      );
    }
  }
  return findings;
}

async function isIgnored(root: string, folder: string): Promise<boolean> {
  try {
    await promisify(execFile)("git", ["check-ignore", "-q", folder], { cwd: root });
    return true;
  } catch {
    // 1: not ignored; 128 or ENOENT: no repository, no git. All the same here.
    return false;
  }
}
